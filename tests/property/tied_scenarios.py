"""Random scenarios in which jobs and people are tied to each other.

`tied_scenario(seed)` is a random scenario with crews and standing crews, skills asked of mates, scarce tools, chains
with gaps, groups, customers with several jobs at one place, and jobs too long for a day. What is drawn here comes from
dice of its own, so `random_scenario` stays what its seed makes it.
"""

from itertools import combinations
from random import Random
from typing import Any

from optimizer.domain.branch import Branch
from optimizer.domain.job import Customer, Job
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Onboarding, Technician, Territory
from optimizer.domain.ties import After, Crew, JobGroup, Seat
from optimizer.domain.validation import validate_scenario
from optimizer.rules.chain import circles, contradictions
from tests.property.random_scenarios import random_scenario
from tests.property.setting import chance

TOOLS = ("hoist", "nitrogen bottle")


def tied_scenario(seed: int, *, max_jobs: int = 10, max_technicians: int = 5) -> Scenario:
    """Return the tied scenario of a seed.

    Parameters
    ----------
    seed : any whole number
    max_jobs : jobs at most
    max_technicians : technicians at most, at least 2
    """
    rng = Random(f"ties {seed}")
    scenario = random_scenario(
        seed, max_jobs=max_jobs, max_technicians=max_technicians, min_technicians=min(3, max_technicians)
    )
    scenario = scenario.model_copy(update={"technicians": _meeting(rng, scenario)})
    lends = chance(rng, 0.45)
    tied = scenario.model_copy(
        update={
            "branches": tuple(_branch(rng, one, lends=lends) for one in scenario.branches),
            "jobs": _at_one_place(rng, tuple(_job(rng, scenario, one, lends=lends) for one in scenario.jobs)),
            "crews": _crews(rng, scenario),
            "groups": _groups(rng, scenario),
            "policy": _policy(rng, scenario),
        }
    )
    chained = tied.model_copy(update={"jobs": _chained(rng, tied)})
    sound = not (any(circles(chained)) or any(contradictions(chained)) or validate_scenario(chained))
    return chained if sound else tied


def _meeting(rng: Random, scenario: Scenario) -> tuple[Technician, ...]:
    """Let people meet more often: the same hours, no territories, nobody away."""
    free: dict[str, Any] = {"territory": Territory()} if chance(rng, 0.8) else {}
    if chance(rng, 0.7):
        shifts = rng.choice((None, *(one.shifts for one in scenario.technicians)))
        usual = {"start_at": None, "end_at": None}
        free["shifts"] = shifts and tuple(one.model_copy(update=usual) for one in shifts)
    if chance(rng, 0.8):
        free |= {"missing_tools": (), "last_inspection": None}
    if chance(rng, 0.4):
        free |= {"leave": (), "suspended": ()}
    if chance(rng, 0.7):
        free |= {"kits": ("installer", "repairer"), "onboarding": Onboarding()}
    return tuple(one.model_copy(update=free) for one in scenario.technicians)


def _policy(rng: Random, scenario: Scenario) -> Any:
    rules = dict(scenario.policy.rules)
    if chance(rng, 0.3):
        rules["PRECEDENCE"] = rng.choice(
            ({"longest_part_min": 120}, {"one_at_a_time": False}, {"site_from_jobs": 3}, {"active": False})
        )
    if chance(rng, 0.2):
        rules["CREW"] = rng.choice(({"lead_level": 1}, {"lead_level": 4}, {"active": False}))
    if chance(rng, 0.2):
        rules["SHARED_TOOL"] = rng.choice(({"handover_min": 0}, {"handover_min": 60}, {"active": False}))
    return scenario.policy.model_copy(update={"rules": rules})


def _branch(rng: Random, branch: Branch, *, lends: bool) -> Branch:
    pieces = {tool: rng.choice((0, 1, 1, 1, 2)) for tool in TOOLS if chance(rng, 0.8)} if lends else {}
    return branch.model_copy(update={"shared_tools": pieces})


def _job(rng: Random, scenario: Scenario, job: Job, *, lends: bool) -> Job:
    given: dict[str, Any] = {}
    many = rng.choice((2, 2, 2, 3)) if chance(rng, 0.3) else 1
    if lends and chance(rng, 0.3):
        given["shared_tools"] = tuple(rng.sample(TOOLS, rng.choice((1, 1, 2))))
    if scenario.horizon.days > 1 and chance(rng, 0.25):
        # plain and urgent work, so that somebody is there for two or three days
        given |= {"duration_min": rng.choice((480, 660, 720, 900)), "type": "survey", "product": None}
        given |= {"skills": {}, "certificates": (), "parts": {}, "windows": (), "priority": "emergency"}
        many = rng.choice((1, 1, 2))
    if many > 1:
        hands = (Seat(), Seat(skills={"repair": rng.randint(1, 4)}), Seat())
        given |= {"seats": many, "mates": rng.choice((None, hands[:1], hands[1:many]))}
    if given and chance(rng, 0.8):
        given["windows"] = ()
    return job.model_copy(update=given)


def _at_one_place(rng: Random, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """Let some jobs be another's customer's, at the same place."""
    found = list(jobs)
    for row in range(1, len(found)):
        if chance(rng, 0.2):
            other = rng.choice(found[:row])
            customer = other.customer or Customer(customer_id=f"C-{other.job_id}")
            found[row] = found[row].model_copy(update={"customer": customer, "place": other.place})
            found[found.index(other)] = other.model_copy(update={"customer": customer})
    return tuple(found)


def _chained(rng: Random, scenario: Scenario) -> tuple[Job, ...]:
    """Let some jobs come after others; on one file's order or against it."""
    order = list(range(len(scenario.jobs)))
    rng.shuffle(order)
    ties: dict[int, list[After]] = {}
    for before, after in combinations(order, 2):
        if chance(rng, 0.9 / len(order)):
            ties.setdefault(after, []).append(_after(rng, scenario, scenario.jobs[before].job_id))
    return tuple(
        job.model_copy(update={"after": tuple(ties.get(row, ())[:2])})
        for row, job in enumerate(scenario.jobs)
    )


def _after(rng: Random, scenario: Scenario, job_id: str) -> After:
    least = rng.choice((0, 0, 10, 45, 180))
    return After(
        job_id=job_id,
        gap_from=rng.choice(("start", "end", "end")),
        min_gap_min=least,
        max_gap_min=least + rng.choice((0, 30, 240)) if chance(rng, 0.35) else None,
        next_working_day=scenario.horizon.days > 1 and chance(rng, 0.2),
        who=rng.choice(("anyone", "anyone", "same", "another")),
    )


def _crews(rng: Random, scenario: Scenario) -> tuple[Crew, ...]:
    people = [one.technician_id for one in scenario.technicians]
    if len(people) < 2 or not chance(rng, 0.35):
        return ()
    rng.shuffle(people)
    two = (Crew(crew_id="crew 2", members=(people[2], people[3])),) if len(people) > 3 else ()
    return (Crew(crew_id="crew 1", members=(people[0], people[1])), *two)


def _groups(rng: Random, scenario: Scenario) -> tuple[JobGroup, ...]:
    jobs = [job.job_id for job in scenario.jobs]
    if len(jobs) < 2 or not chance(rng, 0.3):
        return ()
    some = tuple(rng.sample(jobs, min(len(jobs), rng.choice((2, 2, 3)))))
    return (JobGroup(jobs=some, who=rng.choice(("same", "another"))),)
