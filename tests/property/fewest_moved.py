"""The smallest number of customers that must be told something, found by trying everything."""

from datetime import timedelta
from itertools import combinations

from optimizer.compile import compile_scenario
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.replan.told import binding_promises
from tests.oracle.brute_force import MOST_JOBS, MOST_ROWS, optimum

TELLING_CENTS = 100_000_000
"""More than everything else on a small day together."""
FAR = timedelta(days=10)
"""So far ahead, a promise has no price."""


def is_small(scenario: Scenario) -> bool:
    """Tell whether everything can be tried."""
    problem = compile_scenario(scenario).problem
    return (
        len(scenario.jobs) <= MOST_JOBS
        and len(problem.place) <= MOST_ROWS
        and len(problem.profile) <= 4
        and not len(problem.link_from)
    )


def fewest_by_weight(question: Scenario) -> dict[int, int]:
    """Return the smallest number of customers to be told for each unserved weight that asking some of them reaches.

    Parameters
    ----------
    question : what is left to be planned
    """
    promised = sorted(binding_promises(question))
    found: dict[int, int] = {}
    for size in range(len(promised) + 1):
        for chosen in combinations(promised, size):
            weight, cents = optimum(compile_scenario(_asking(question, frozenset(chosen))).problem)
            told = size + cents // TELLING_CENTS
            found[weight] = min(found.get(weight, told), told)
    return found


def _asking(question: Scenario, chosen: frozenset[str]) -> Scenario:
    """Return the question in which these customers may get any time from anybody, and all others cost if told."""
    promises = (_free(one) if one.told and one.job_id in chosen else one for one in question.promises)
    prices = {
        "technician_cents": TELLING_CENTS,
        "day_cents": 0,
        "moved_cents": 0,
        "far_cents": 0,
        "ask_cents": 0,
        "internal_percent": 0,
        "near_h": 5 * 24,
        "near_percent": 100,
        "far_h": 5 * 24,
        "far_percent": 0,
    }
    rules = {**question.policy.rules, "CHANGE": prices}
    policy = question.policy.model_copy(update={"rules": rules})
    return question.model_copy(update={"promises": tuple(promises), "policy": policy})


def _free(promise: Promise) -> Promise:
    window = promise.window.model_copy(
        update={"start": promise.window.start + FAR, "end": promise.window.end + FAR}
    )
    return promise.model_copy(update={"asked": True, "start": promise.start + FAR, "window": window})
