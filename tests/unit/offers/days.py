"""Small days that a new job comes to; travel as in `tests.unit.rules.build`: 6 km take ten minutes."""

from typing import Any

from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.planning import plan_scenario
from tests.unit.rules.build import at

ONLY_TRAVEL: dict[str, dict[str, Any]] = {
    code: {"active": False}
    for code in (
        "EMPTY_VISIT", "OVERQUALIFIED", "FAIRNESS", "PIECE_BONUS", "DEDICATED", "CONTACT", "PROGRESS_CHECK",
    )
}  # fmt: skip
"""Travel, overtime, changes and what is left out have a price, nothing else."""


def planned(scenario: Scenario) -> PlanDocument:
    """Return a plan; the days are so small that it is the best one."""
    return plan_scenario(scenario, stop=Iterations(50))


def window(start: str, end: str) -> Window:
    """Return a window of the day, such as 10:00 to 12:00."""
    return Window(start=at(start), end=at(end))


def told(job_id: str, start: str, end: str, who: str = "T1") -> Promise:
    """Return what a customer was told: a window that opens at the planned start."""
    return Promise(job_id=job_id, technician_id=who, window=window(start, end), start=at(start))
