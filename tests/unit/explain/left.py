"""Small plans with one job left out, for the tests of reasons."""

from typing import Any

from optimizer.compile import compile_scenario
from optimizer.domain.reasons import Obstacle, UnservedReason
from optimizer.domain.scenario import Scenario
from optimizer.explain import Explainer
from optimizer.problem import Routes

PLAIN: dict[str, dict[str, Any]] = {
    code: {"active": False}
    for code in ("EMPTY_VISIT", "OVERQUALIFIED", "FAIRNESS", "BROKEN_APPOINTMENT", "PIECE_BONUS", "DEDICATED")
}
"""Nothing but travel, overtime, lateness and what is left out has a price."""


def explainer(of: Scenario, *stops: tuple[int, ...]) -> Explainer:
    """Return the explainer of a plan given by visit rows, a tuple for each shift; all other jobs are left out.

    Shifts at the end that are not given, such as those of shared tools, have no stops.
    """
    served = {row for route in stops for row in route}
    left = tuple(row for row in range(len(of.jobs)) if row not in served)
    compiled = compile_scenario(of)
    empty = ((),) * (len(compiled.problem.profile) - len(stops))
    return Explainer(compiled, Routes((*stops, *empty), left))


def why(of: Scenario, *stops: tuple[int, ...]) -> UnservedReason:
    """Return why the only job without a stop is left out."""
    (found,) = explainer(of, *stops).reasons
    return found


def the_only(reason: UnservedReason) -> Obstacle:
    """Return the only obstacle."""
    (obstacle,) = reason.obstacles
    return obstacle
