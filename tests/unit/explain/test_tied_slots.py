"""What stops a tied job in a slot, where the plan's own times, its days or its prices could mislead.

Everything is 6 km north of the branch, 10 minutes away, unless said; jobs take an hour.
"""

from datetime import datetime, time, timedelta
from typing import Any

from optimizer.compile import compile_scenario
from optimizer.domain.job import Customer
from optimizer.domain.reasons import UnservedReason
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.ties import Seat
from optimizer.domain.time import Window
from optimizer.explain import Explainer
from optimizer.problem import Routes
from tests.unit.explain.left import PLAIN
from tests.unit.explain.test_tied import until, window
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, scenario, technician

TWO_DAYS = 600
"""Minutes that are two days' work of five hours."""


def first_reason(
    of: Scenario, stops: tuple[tuple[int, ...], ...] = (), agreed: dict[int, datetime] | None = None
) -> UnservedReason:
    """Return why J1 is left out of a plan in which tied visits start as agreed, where that is said."""
    compiled = compile_scenario(of)
    left = tuple(row for row in range(len(of.jobs)) if not any(row in route for route in stops))
    seconds = compiled.timeline.seconds
    starts = tuple((row, seconds(moment)) for row, moment in sorted((agreed or {}).items()))
    empty = ((),) * (len(compiled.problem.profile) - len(stops))
    return Explainer(compiled, Routes((*stops, *empty), left, starts)).reasons[0]


def blocks(reason: UnservedReason) -> dict[str, tuple[int, int]]:
    """Return how often each code stops it, alone and with others."""
    return {one.code: (one.alone, one.jointly) for one in reason.blocks}


def one_customer(job_id: str, **facts: Any) -> Any:
    """Return a job of the one customer to whom nobody goes twice at once."""
    return job(job_id=job_id, customer=Customer(customer_id="C"), **facts)


def test_a_crew_that_agreed_on_a_later_start_than_it_needs_can_begin_earlier() -> None:
    crew = job(job_id="J2", seats=2, mates=(Seat(),))
    of = scenario(
        [until("T1", "12:00"), until("T2", "12:00")],
        [job(windows=window("10:10", "10:20")), crew],
        rules=PLAIN,
    )
    # J2 from 09:10, J1 from 10:10; with J2 from 10:30, as agreed, neither order would be done by 11:50.
    assert first_reason(of, ((1,), (2,)), {1: at("10:30")}).free == 2


def test_two_that_keep_apart_may_change_their_order() -> None:
    of = scenario(
        [until("T1", "12:00"), until("T2", "11:30")],
        [job(windows=window("09:10", "09:10")), one_customer("J2"), one_customer("J3")],
        rules=PLAIN,
    )
    # T1: J1 from 09:10 and J2 from 10:10, if T2 does J3 before it; T2: J1 from 09:10 and J3 from 10:10 as it is.
    assert first_reason(of, ((1,), (2,)), {1: at("09:10"), 2: at("10:10")}).free == 2


def test_a_night_is_one_shift_though_the_next_day_begins_in_it() -> None:
    nights = tuple(
        Shift(day=day, start=time(22), end=time(8), overtime_limit_min=0, rest="none")
        for day in (DAY, NEXT_DAY)
    )
    reason = first_reason(scenario([technician(shifts=nights)], [job(duration_min=660)], rules=PLAIN, days=3))
    # Eleven hours are two nights' work: it begins in the first one; after the second one no night follows.
    assert (reason.slots, reason.free, blocks(reason)) == (2, 1, {"PRECEDENCE": (1, 0)})


def test_later_days_of_a_job_may_lie_in_another_week() -> None:
    monday = DAY + timedelta(days=5)
    shifts = tuple(Shift(day=day) for day in (DAY, NEXT_DAY, monday))
    six_hours = {**PLAIN, "WORKLOAD_CAP": {"hours_per_week": 6}}
    reason = first_reason(
        scenario([technician(shifts=shifts)], [job(duration_min=TWO_DAYS)], rules=six_hours, days=6)
    )
    # Wednesday or Thursday and then Monday; from Monday on no day is left.
    assert (reason.slots, reason.free, blocks(reason)) == (3, 2, {"PRECEDENCE": (1, 0)})


def test_what_costs_more_than_leaving_it_out_may_be_impossible_besides() -> None:
    shifts = tuple(Shift(day=day) for day in (DAY, NEXT_DAY))
    rules = {
        **PLAIN,
        "WORKLOAD_CAP": {"hours_per_week": 6},
        "UNSERVED": {"normal_weight": 0, "normal_cents": 100},
    }
    reason = first_reason(
        scenario([technician(shifts=shifts)], [job(duration_min=TWO_DAYS)], rules=rules, days=2)
    )
    # Twice five hours are more than a week's six.
    assert (reason.slots, blocks(reason)) == (2, {"PRECEDENCE": (0, 2), "UNSERVED": (0, 2)})


def test_one_agreed_window_does_not_stand_for_another() -> None:
    early, late = Window(start=at("09:10"), end=at("09:30")), Window(start=at("15:00"), end=at("15:10"))
    people = [technician(technician_id="T1"), until("T2", "11:25")]
    jobs = [one_customer("J1", windows=(early, late), setup_min=10), one_customer("J2")]
    reason = first_reason(scenario(people, jobs, rules=PLAIN), ((), (1,)))
    # J2 begins by 10:15, which is before J1 and its set-up end at 10:20; after J2 only the afternoon is left to T1.
    assert (reason.slots, reason.free) == (3, 1)
