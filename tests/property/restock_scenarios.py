"""Random scenarios in which parts lie on shelves rather than on vans, so that some are fetched on the way.

`restock_scenario(seed)` is a random scenario, every third time one with nights away, every sixth one with ties. Most
jobs take parts, vans have few, and branches have some, at least one more than anybody starts from. What is drawn here
comes from dice of its own, so the other scenarios stay what their seeds make them.
"""

from random import Random
from typing import Final

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from tests.property.random_scenarios import random_scenario
from tests.property.setting import chance
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import moved, trip_scenario

PARTS: Final = ("fan motor", "control board", "gas")


def restock_scenario(seed: int, *, max_jobs: int = 8, max_technicians: int = 3) -> Scenario:
    """Return the scenario of a seed.

    Parameters
    ----------
    seed : any whole number
    max_jobs : jobs at most
    max_technicians : technicians at most, at least 2
    """
    rng = Random(f"restocks {seed}")
    drawn = trip_scenario if seed % 3 == 1 else tied_scenario if seed % 6 == 2 else random_scenario
    scenario = drawn(seed, max_jobs=max_jobs, max_technicians=max_technicians)
    travel = scenario.travel
    branches = tuple(_branch(rng, one) for one in scenario.branches)
    if not travel.matrices:  # a given table knows the places there are
        near = [*(one.place for one in scenario.jobs), branches[0].place]
        nearer = moved(rng.choice(near), rng.uniform(-3, 3))
        more = Branch(branch_id="B-parts", place=nearer, stock=_pieces(rng, 0.9, 5))
        branches = (*branches, more)
    return scenario.model_copy(
        update={
            "branches": branches,
            "technicians": tuple(_technician(rng, one) for one in scenario.technicians),
            "jobs": tuple(_job(rng, one) for one in scenario.jobs),
            "policy": _policy(rng, scenario.policy),
        }
    )


def _pieces(rng: Random, share: float, most: int) -> dict[str, int]:
    return {part: rng.randint(1, most) for part in PARTS if chance(rng, share)}


def _branch(rng: Random, branch: Branch) -> Branch:
    return branch.model_copy(update={"stock": _pieces(rng, 0.5, 4)})


def _technician(rng: Random, one: Technician) -> Technician:
    at_home = one.home is not None and chance(rng, 0.7)
    return one.model_copy(
        update={
            "parts": _pieces(rng, 0.3, 1),
            "starts_from": "home" if at_home else one.starts_from,
        }
    )


def _job(rng: Random, job: Job) -> Job:
    return job.model_copy(update={"parts": _pieces(rng, 0.4, 2)})


def _policy(rng: Random, policy: Policy) -> Policy:
    said = {"load_min": rng.choice((0, 10, 10, 25)), "branches": rng.choice((1, 2, 3, 3))}
    return policy.model_copy(update={"rules": {**policy.rules, "PART": said}})


def nothing_fetched(of: Scenario) -> Scenario:
    """Return a scenario in which parts are loaded in the morning only."""
    rules = of.policy.rules | {"PART": of.policy.rules.get("PART", {}) | {"branches": 0}}
    return of.model_copy(update={"policy": of.policy.model_copy(update={"rules": rules})})
