"""Mutations of a plan with a halt at a branch: parts loaded late, not at all, in haste, or that are not there."""

from datetime import timedelta
from random import Random

from optimizer.domain.plan import Plan, Restock
from tests.property.mutations.base import Mutant, Sound, mutant, with_rule, with_shift_plan, with_technician
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


def loaded_in_haste(sound: Sound, rng: Random) -> Mutant | None:
    """Leave the branch earlier, and wait at the customer."""
    minutes = rng.randint(1, 9)
    early = with_halt(sound.plan, end=_halt(sound.plan).end - timedelta(minutes=minutes))
    return mutant(sound.scenario, early, "PART", minutes)


def loading_takes_longer(sound: Sound, rng: Random) -> Mutant | None:
    """Let loading take longer than the plan has for it."""
    minutes = rng.randint(1, 110)
    return mutant(with_rule(sound.scenario, "PART", load_min=10 + minutes), sound.plan, "PART", minutes)


def shelf_too_empty(sound: Sound, rng: Random) -> Mutant | None:
    """Have fewer pieces on the shelf than are loaded in the morning and on the way together."""
    there, lacking = sound.scenario.branches[1], rng.randint(1, 3)
    stocked = there.model_copy(update={"stock": {FAN: there.stock[FAN] - lacking}})
    branches = (sound.scenario.branches[0], stocked)
    return mutant(sound.scenario.model_copy(update={"branches": branches}), sound.plan, "PART", lacking)


def van_emptier(sound: Sound, rng: Random) -> Mutant | None:
    """Have nothing on the van for the job before the branch."""
    return mutant(with_technician(sound.scenario, "T1", parts={}), sound.plan, "PART", 1)


def branch_unknown(sound: Sound, rng: Random) -> Mutant | None:
    """Call at a branch that nobody knows."""
    leg = _halt(sound.plan).leg.model_copy(update={"to_place": "branch:B9"})
    plan = with_halt(sound.plan, branch_id="B9", leg=leg)
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def behind_no_stop(sound: Sound, rng: Random) -> Mutant | None:
    """Let the halt stand behind more stops than there are."""
    beyond = rng.randint(1, 5)
    before = len(sound.plan.shifts[0].stops) + beyond
    return mutant(sound.scenario, with_halt(sound.plan, before=before), "PLAN", beyond, alone=False)


def way_past_the_branch(sound: Sound, rng: Random) -> Mutant | None:
    """Drive on from the customer, not from the branch."""
    first = sound.plan.shifts[0]
    one, two = first.stops
    astray = two.model_copy(update={"leg": two.leg.model_copy(update={"from_place": "job:J1"})})
    plan = with_shift_plan(sound.plan, first, stops=(one, astray))
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def loads_before_arrival(sound: Sound, rng: Random) -> Mutant | None:
    """Begin to load while still on the way."""
    minutes = rng.randint(1, 60)
    early = with_halt(sound.plan, start=_halt(sound.plan).start - timedelta(minutes=minutes))
    return mutant(sound.scenario, early, "PLAN", minutes)


def leaves_before_loaded(sound: Sound, rng: Random) -> Mutant | None:
    """Load until after leaving."""
    minutes = rng.randint(1, 60)
    late = with_halt(sound.plan, end=_halt(sound.plan).end + timedelta(minutes=minutes))
    return mutant(sound.scenario, late, "PLAN", minutes)


def drives_too_fast_to_the_branch(sound: Sound, rng: Random) -> Mutant | None:
    """Reach the branch sooner than the travel data says."""
    leg, seconds = _halt(sound.plan).leg, rng.randint(1, 200)
    sooner = {"travel_s": leg.travel_s - seconds, "arrival": leg.arrival - timedelta(seconds=seconds)}
    fast = with_halt(sound.plan, leg=leg.model_copy(update=sooner))
    return mutant(sound.scenario, fast, "TRAVEL", seconds)


def loading_is_work(sound: Sound, rng: Random) -> Mutant | None:
    """Allow fewer hours a day than driving, service and loading take together."""
    over_s = rng.randint(1, 9_000)
    # 400 + 200 + 200 + 800 s of driving, two hours of service and ten minutes of loading
    cap_h = (1_600 + 7_200 + 600 - over_s) / 3600
    scenario = with_rule(sound.scenario, "WORKLOAD_CAP", hours_per_day=cap_h)
    return mutant(scenario, sound.plan, "WORKLOAD_CAP", over_s / 3600)


def _halt(plan: Plan) -> Restock:
    (halt,) = plan.shifts[0].restocks
    return halt
