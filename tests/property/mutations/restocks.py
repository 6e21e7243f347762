"""Mutations of plans with halts at branches: parts loaded late, not at all, in haste, or that are not there.

Some know what the jobs of the day written by hand take (`tests.unit.restock_day`); the others change any plan.
"""

from datetime import timedelta
from random import Random
from typing import Any

from optimizer.domain.parts import loading_branches
from optimizer.domain.plan import Plan, Restock, ShiftPlan
from optimizer.domain.roster import roster
from tests.property.mutations.base import (
    Mutant,
    Sound,
    minutes_between,
    mutant,
    with_rule,
    with_shift_plan,
    with_technician,
)
from tests.unit import restock_day
from tests.unit.restock_day import FAN, with_halt

_SHORT = 2
"""Pieces that lack at J2 where nothing is loaded before it."""


def loaded_after_the_job(sound: Sound, rng: Random) -> Mutant | None:
    """Call at the branch on the way home, behind the job that takes the parts."""
    late = restock_day.answer(sound.scenario, "J1", "J2", "B2")
    return mutant(sound.scenario, late, "PART", _SHORT)


def restock_dropped(sound: Sound, rng: Random) -> Mutant | None:
    """Go from one job to the next without calling at the branch."""
    return mutant(sound.scenario, restock_day.answer(sound.scenario, "J1", "J2"), "PART", _SHORT)


def too_few_loaded(sound: Sound, rng: Random) -> Mutant | None:
    """Load one piece less than the job takes."""
    return mutant(sound.scenario, with_halt(sound.plan, picked_up={FAN: 1}), "PART", 1)


def any_halt(sound: Sound, rng: Random) -> tuple[ShiftPlan, Restock] | None:
    """Return a random halt at a branch with its day."""
    found = [(day, halt) for day in sound.plan.shifts for halt in day.restocks]
    return rng.choice(found) if found else None


def with_other(plan: Plan, day: ShiftPlan, old: Restock, **facts: Any) -> Plan:
    """Return the plan with one halt changed."""
    changed = tuple(one.model_copy(update=facts) if one is old else one for one in day.restocks)
    return with_shift_plan(plan, day, restocks=changed)


def loaded_in_haste(sound: Sound, rng: Random) -> Mutant | None:
    """Leave the branch earlier, and wait at the next place."""
    if (found := any_halt(sound, rng)) is None:
        return None
    day, halt = found
    minutes = minutes_between(halt.start, halt.end)
    if not minutes or not halt.leg.distance_m:
        return None  # nothing is due where nobody comes from elsewhere
    less = rng.randint(1, int(minutes))
    early = with_other(sound.plan, day, halt, end=halt.end - timedelta(minutes=less))
    return mutant(sound.scenario, early, "PART", less)


def loading_takes_longer(sound: Sound, rng: Random) -> Mutant | None:
    """Let loading take longer than the plan has for it."""
    minutes = rng.randint(1, 110)
    return mutant(with_rule(sound.scenario, "PART", load_min=10 + minutes), sound.plan, "PART", minutes)


def shelf_too_empty(sound: Sound, rng: Random) -> Mutant | None:
    """Have fewer pieces on the shelf than are loaded in the morning and on the way together."""
    if (found := any_halt(sound, rng)) is None:
        return None
    _, halt = found
    part = rng.choice(sorted(halt.picked_up))
    starts = loading_branches(sound.scenario, roster(sound.scenario))
    given = sum(
        loaded.get(part, 0)
        for day in sound.plan.shifts
        for branch_id, loaded in (
            (starts.get(day.key), day.picked_up),
            *((one.branch_id, one.picked_up) for one in day.restocks),
        )
        if branch_id == halt.branch_id
    )
    lacking = rng.randint(1, given)
    branches = tuple(
        one.model_copy(update={"stock": {**one.stock, part: given - lacking}})
        if one.branch_id == halt.branch_id
        else one
        for one in sound.scenario.branches
    )
    return mutant(sound.scenario.model_copy(update={"branches": branches}), sound.plan, "PART", lacking)


def van_emptier(sound: Sound, rng: Random) -> Mutant | None:
    """Have nothing on the van for the job before the branch."""
    return mutant(with_technician(sound.scenario, "T1", parts={}), sound.plan, "PART", 1)


def branch_unknown(sound: Sound, rng: Random) -> Mutant | None:
    """Call at a branch that nobody knows."""
    if (found := any_halt(sound, rng)) is None:
        return None
    day, halt = found
    leg = halt.leg.model_copy(update={"to_place": "branch:B9"})
    return mutant(
        sound.scenario, with_other(sound.plan, day, halt, branch_id="B9", leg=leg), "PLAN", 1, alone=False
    )


def behind_no_stop(sound: Sound, rng: Random) -> Mutant | None:
    """Let the halt stand behind more stops than there are."""
    if (found := any_halt(sound, rng)) is None:
        return None
    day, halt = found
    beyond = rng.randint(1, 5)
    plan = with_other(sound.plan, day, halt, before=len(day.stops) + beyond)
    return mutant(sound.scenario, plan, "PLAN", beyond, alone=False)


def way_past_the_branch(sound: Sound, rng: Random) -> Mutant | None:
    """Drive on from the customer, not from the branch."""
    first = sound.plan.shifts[0]
    one, two = first.stops
    astray = two.model_copy(update={"leg": two.leg.model_copy(update={"from_place": "job:J1"})})
    plan = with_shift_plan(sound.plan, first, stops=(one, astray))
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def loads_before_arrival(sound: Sound, rng: Random) -> Mutant | None:
    """Begin to load while still on the way."""
    if (found := any_halt(sound, rng)) is None:
        return None
    day, halt = found
    minutes = rng.randint(1, 60)
    before = halt.leg.arrival - timedelta(minutes=minutes)
    return mutant(
        sound.scenario, with_other(sound.plan, day, halt, start=before), "PLAN", minutes, alone=False
    )


def leaves_before_loaded(sound: Sound, rng: Random) -> Mutant | None:
    """Load until after leaving."""
    if (found := any_halt(sound, rng)) is None:
        return None
    day, halt = found
    minutes = rng.randint(1, 60)
    leaving = day.legs[day.halts.index(halt) + 1].departure
    late = with_other(sound.plan, day, halt, end=leaving + timedelta(minutes=minutes))
    return mutant(sound.scenario, late, "PLAN", minutes, alone=False)


def drives_too_fast_to_the_branch(sound: Sound, rng: Random) -> Mutant | None:
    """Reach the branch sooner than the travel data says."""
    if (found := any_halt(sound, rng)) is None:
        return None
    day, halt = found
    if not halt.leg.travel_s:
        return None
    seconds = rng.randint(1, halt.leg.travel_s)
    sooner = {
        "travel_s": halt.leg.travel_s - seconds,
        "arrival": halt.leg.arrival - timedelta(seconds=seconds),
    }
    fast = with_other(sound.plan, day, halt, leg=halt.leg.model_copy(update=sooner))
    return mutant(sound.scenario, fast, "TRAVEL", seconds)


def loading_is_work(sound: Sound, rng: Random) -> Mutant | None:
    """Allow fewer hours a day than driving, service and loading take together."""
    over_s = rng.randint(1, 9_000)
    # 400 + 200 + 200 + 800 s of driving, two hours of service and ten minutes of loading
    cap_h = (1_600 + 7_200 + 600 - over_s) / 3600
    scenario = with_rule(sound.scenario, "WORKLOAD_CAP", hours_per_day=cap_h)
    return mutant(scenario, sound.plan, "WORKLOAD_CAP", over_s / 3600)
