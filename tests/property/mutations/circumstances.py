"""Mutations of the rules about parts, sites, attendance, refusals and promises: a fact turns against the plan."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from optimizer.domain.job import Customer, SiteFacts
from optimizer.domain.parts import loading_branches
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.promise import Promise, asked_jobs
from optimizer.domain.requirements import kind, owed_by_installer
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance
from optimizer.domain.time import Timeline, Window
from tests.property.mutations.base import (
    Mutant,
    Sound,
    any_stop,
    mutant,
    shift_of,
    the_job,
    the_technician,
    with_job,
    with_rule,
    with_shift_plan,
    with_technician,
)

PART = "unheard-of part"


def part_lacking(sound: Sound, rng: Random) -> Mutant | None:
    """Let a job take more of a part than its technician's van has."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    who = the_technician(sound.scenario, shift_plan.technician_id)
    on_van, over = rng.randint(0, 3), rng.randint(1, 5)
    scenario = with_technician(sound.scenario, who.technician_id, parts={**who.parts, PART: on_van})
    job = the_job(scenario, stop.job_id)
    scenario = with_job(scenario, stop.job_id, parts={**job.parts, PART: on_van + over})
    return mutant(scenario, sound.plan, "PART", over)


def part_not_in_stock(sound: Sound, rng: Random) -> Mutant | None:
    """Load more of what a job takes than the branch has, or load it where no branch is."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    scenario, stock, over = sound.scenario, 0, rng.randint(1, 5)
    if (branch_id := _loads_at(scenario, shift_plan)) is not None:
        stock = rng.randint(0, 3)
        scenario = _with_stock(scenario, branch_id, stock)
    job = the_job(scenario, stop.job_id)
    scenario = with_job(scenario, stop.job_id, parts={**job.parts, PART: stock + over})
    return mutant(scenario, _loading(sound.plan, shift_plan, stock + over), "PART", over)


def customer_refuses(sound: Sound, rng: Random) -> Mutant | None:
    """Let the customer refuse the technician who comes, and others."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    job = the_job(sound.scenario, stop.job_id)
    if owed_by_installer(job, sound.scenario.horizon.first_day):
        return None
    others = tuple(one.technician_id for one in sound.scenario.technicians if rng.random() < 0.3)
    customer = (job.customer or Customer(customer_id="somebody")).model_copy(
        update={"refused_technicians": tuple(dict.fromkeys((*others, shift_plan.technician_id)))}
    )
    scenario = with_job(sound.scenario, job.job_id, customer=customer)
    return mutant(with_rule(scenario, "CUSTOMER_EXCLUSION", active=True), sound.plan, "CUSTOMER_EXCLUSION", 1)


def site_not_ready(sound: Sound, rng: Random) -> Mutant | None:
    """Take one to three facts from the site of a planned installation."""
    jobs = [the_job(sound.scenario, stop.job_id) for one in sound.plan.shifts for stop in one.stops]
    installations = [job for job in jobs if kind(job, sound.scenario.policy) == "installation"]
    if not installations:
        return None
    job = rng.choice(installations)
    missing = rng.sample(("power_supply_fit", "property_consent", "confirmations_signed"), rng.randint(1, 3))
    site: SiteFacts = job.site.model_copy(update=dict.fromkeys(missing, False))
    return mutant(with_job(sound.scenario, job.job_id, site=site), sound.plan, "SITE_READY", len(missing))


def not_clocked_in(sound: Sound, rng: Random) -> Mutant | None:
    """Let the technician of a planned day not have appeared, an hour after the shift began or at ten."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, _ = found
    who = the_technician(sound.scenario, shift_plan.technician_id)
    zone = ZoneInfo(sound.scenario.time_zone)
    begins = datetime.combine(shift_plan.day, shift_of(sound.scenario, shift_plan).start, tzinfo=zone)
    limit = datetime.combine(shift_plan.day, time(10), tzinfo=zone)
    timeline = Timeline(sound.scenario.horizon.first_day, sound.scenario.time_zone)
    absent_s = timeline.seconds(limit)
    if timeline.seconds(begins) >= absent_s:
        absent_s = timeline.seconds(begins) + 3600
    now_s = absent_s + rng.choice((0, 0, 1, 1800))
    if sound.scenario.now is not None:
        now_s = max(now_s, timeline.seconds(sound.scenario.now))
    attendance = (
        *(one for one in who.attendance if one.day != shift_plan.day),
        Attendance(day=shift_plan.day),
    )
    scenario = with_technician(sound.scenario, who.technician_id, attendance=attendance)
    scenario = scenario.model_copy(update={"now": timeline.moment(now_s)})
    # The plan was made earlier: what it has before the new present time is found as well.
    return mutant(scenario, sound.plan, "NO_SHOW", len(shift_plan.stops), alone=False)


def promised_otherwise(sound: Sound, rng: Random) -> Mutant | None:
    """Tell the customer another time: a window that closes before the planned start, or a later start."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    if stop.job_id in asked_jobs(sound.scenario.promises):
        return None  # told anew, its agreed windows bind again
    over, length = timedelta(minutes=rng.randint(1, 90)), timedelta(minutes=rng.randint(0, 120))
    way = rng.choice(("closed", "opens later", "start later"))
    first = Timeline(sound.scenario.horizon.first_day, sound.scenario.time_zone).moment(0)
    now = first if sound.scenario.now is None else max(first, sound.scenario.now, key=datetime.timestamp)
    if way == "closed":
        window = Window(start=stop.start - over - length, end=stop.start - over)
        start = window.start
        if window.end < now:
            return None  # such a promise has passed
    elif way == "opens later":
        window = Window(start=stop.start + over, end=stop.start + over + length)
        start = window.start - timedelta(minutes=rng.randint(0, 30))
    else:
        window = Window(start=stop.start - length, end=stop.start + over + length)
        start = stop.start + over
    promise = Promise(job_id=stop.job_id, technician_id=shift_plan.technician_id, window=window, start=start)
    scenario = sound.scenario.model_copy(update={"promises": (*sound.scenario.promises, promise)})
    return mutant(scenario, sound.plan, "PROMISE", over.total_seconds() / 60)


def _loads_at(scenario: Scenario, shift_plan: ShiftPlan) -> str | None:
    return loading_branches(scenario, roster(scenario)).get(shift_plan.key)


def _with_stock(scenario: Scenario, branch_id: str, pieces: int) -> Scenario:
    branches = tuple(
        one.model_copy(update={"stock": {**one.stock, PART: pieces}}) if one.branch_id == branch_id else one
        for one in scenario.branches
    )
    return scenario.model_copy(update={"branches": branches})


def _loading(plan: Plan, shift_plan: ShiftPlan, pieces: int) -> Plan:
    return with_shift_plan(plan, shift_plan, picked_up={**shift_plan.picked_up, PART: pieces})
