"""Two technicians of one branch and what they do, written by hand, 10 m in a second.

- T1: J1 (6 km, 09:10–10:10), J2 (9 km, 10:15–11:15), home at 11:30;
- T2: J3 (3 km, 09:05–10:05), home at 10:10;
- J4 (12 km, 60 minutes) is left out.
"""

from typing import Any

from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.preview import Previewer
from optimizer.retime import retime
from optimizer.rules import RULES
from tests.unit.rules.build import DAY, job, north, scenario, technician

PRICED = ("UNSERVED", "TRAVEL")
"""Only these soft rules are in force."""
PRICES: dict[str, dict[str, Any]] = {
    rule.code: {"active": False} for rule in RULES if not rule.hard and rule.code not in PRICED
}


def question(*, rules: dict[str, dict[str, Any]] | None = None, **facts: Any) -> Scenario:
    """Return the scenario; facts are those of jobs by id."""
    shifts = (Shift(day=DAY, rest="none"),)
    return scenario(
        [technician(technician_id=who, shifts=shifts) for who in ("T1", "T2")],
        [
            job(job_id=job_id, place=north(km), **facts.get(job_id, {}))
            for job_id, km in (("J1", 6), ("J2", 9), ("J3", 3), ("J4", 12))
        ],
        rules=PRICES if rules is None else rules,
    )


def answer(of: Scenario, t1: tuple[str, ...] = ("J1", "J2"), t2: tuple[str, ...] = ("J3",)) -> PlanDocument:
    """Return the plan of these jobs."""
    days = (("T1", t1), ("T2", t2))
    routes = tuple(OrderedDay(technician_id=who, day=DAY, jobs=jobs) for who, jobs in days if jobs)
    return retime(of, Orders(routes=routes))


def loaded(of: Scenario | None = None) -> Previewer:
    """Return the plan, ready for moves."""
    asked = of or question()
    return Previewer(asked, answer(asked))
