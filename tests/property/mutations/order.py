"""Mutations of the order of jobs: facts turn against a plan so that jobs come too early, too late, or together."""

from datetime import datetime, time, timedelta
from math import floor
from random import Random
from zoneinfo import ZoneInfo

from optimizer.domain.job import Customer
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After, JobGroup
from tests.property.mutations.base import Mutant, Sound, minutes_between, mutant, the_job, with_job, with_stop

Led = tuple[ShiftPlan, Stop]


def too_early(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for a longer gap after a job than the plan leaves, or for one before it."""
    if (pair := _pair(sound, rng)) is None:
        return None
    (_, first), (_, second) = pair
    gap = minutes_between(first.end, second.start)
    least = max(0, floor(gap)) + rng.randint(1, 60)
    return _tied(sound, second, After(job_id=first.job_id, min_gap_min=least), least - gap)


def too_late(sound: Sound, rng: Random) -> Mutant | None:
    """Allow a shorter gap after a job's start than the plan leaves."""
    if (pair := _pair(sound, rng)) is None:
        return None
    (_, first), (_, second) = pair
    gap = minutes_between(first.start, second.start)
    if gap < 1:
        return None
    most = rng.randint(0, min(floor(gap - 0.01), 10_000))
    tie = After(job_id=first.job_id, gap_from="start", max_gap_min=most)
    return _tied(sound, second, tie, gap - most)


def not_on_a_later_day(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for the next working day after a job of the same day."""
    if (pair := _pair(sound, rng)) is None:
        return None
    (shift_plan, first), (_, second) = pair
    if sound.scenario.calendar.free_weekdays or sound.scenario.calendar.country:
        return None
    next_day = datetime.combine(
        shift_plan.day + timedelta(days=1), time(), tzinfo=ZoneInfo(sound.scenario.time_zone)
    )
    early = minutes_between(second.start, next_day)
    if early <= 0 or minutes_between(first.end, next_day) < 0:
        return None
    return _tied(sound, second, After(job_id=first.job_id, next_working_day=True), early)


def first_left_out(sound: Sound, rng: Random) -> Mutant | None:
    """Let a planned job come after one that is left out."""
    if not sound.plan.unserved or (pair := _pair(sound, rng)) is None:
        return None
    return _tied(sound, pair[1][1], After(job_id=rng.choice(sound.plan.unserved)), 1)


def wrong_person(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for the other person, or for the same one, than the plan has for a job after another."""
    if (pair := _pair(sound, rng)) is None:
        return None
    (mine, first), (theirs, second) = pair
    if minutes_between(first.start, second.start) < 0:
        return None
    same = mine.technician_id == theirs.technician_id
    tie = After(job_id=first.job_id, gap_from="start", who="another" if same else "same")
    return _tied(sound, second, tie, 1)


def group_ignored(sound: Sound, rng: Random) -> Mutant | None:
    """Put jobs into a group that the plan's people do not keep."""
    made = _leads(sound)
    if len(made) < 2:
        return None
    some = rng.sample(made, min(len(made), rng.randint(2, 4)))
    people = [shift_plan.technician_id for shift_plan, _ in some]
    jobs = tuple(stop.job_id for _, stop in some)
    if len(set(people)) > 1:
        over, who = len(set(people)) - 1, "same"
    else:
        over, who = len(people) - 1, "another"
    groups = (JobGroup.model_validate({"jobs": jobs, "who": who}),)
    return mutant(sound.scenario.model_copy(update={"groups": groups}), sound.plan, "PRECEDENCE", over)


def two_visits_at_once(sound: Sound, rng: Random) -> Mutant | None:
    """Let two jobs that are under way at the same time be one customer's, at one place."""
    made = _leads(sound)
    rng.shuffle(made)
    for number, (_, one) in enumerate(made):
        for _, other in made[number + 1 :]:
            begins = max(one.start, other.start, key=datetime.timestamp)
            both = minutes_between(begins, min(one.end, other.end, key=datetime.timestamp))
            if both > 0:
                scenario = _at_one_customer(sound.scenario, one.job_id, other.job_id)
                return mutant(scenario, sound.plan, "PRECEDENCE", both, alone=False)
    return None


def days_swapped(sound: Sound, rng: Random) -> Mutant | None:
    """Let the second day of a job that takes several come first."""
    made = [
        (shift_plan, stop)
        for shift_plan in sound.plan.shifts
        for stop in shift_plan.stops
        if stop.seat == 0 and stop.part == 1
    ]
    if not made:
        return None
    job_id = rng.choice(made)[1].job_id
    plan = sound.plan
    found: dict[int, Led] = {}
    for shift_plan in sound.plan.shifts:
        for stop in shift_plan.stops:
            if stop.job_id == job_id and stop.part < 2:
                now = next(one for one in plan.shifts if one.key == shift_plan.key)
                plan = with_stop(plan, now, stop, part=1 - stop.part)
                if stop.seat == 0:
                    found[stop.part] = shift_plan, stop
    if sound.scenario.calendar.free_weekdays:
        return None
    # the plan's second day is now the first: the other would be due from midnight after it
    zone = ZoneInfo(sound.scenario.time_zone)
    due = datetime.combine(found[1][0].day + timedelta(days=1), time(), tzinfo=zone)
    due = max(due, found[1][1].end, key=datetime.timestamp)
    over = minutes_between(found[0][1].start, due)
    return mutant(sound.scenario, plan, "PRECEDENCE", over, alone=False)


def _leads(sound: Sound) -> list[Led]:
    """Return the stops of who leads each job that takes one day."""
    stops = [(shift_plan, stop) for shift_plan in sound.plan.shifts for stop in shift_plan.stops]
    long = {stop.job_id for _, stop in stops if stop.part}
    return [one for one in stops if one[1].seat == 0 and one[1].job_id not in long]


def _pair(sound: Sound, rng: Random) -> tuple[Led, Led] | None:
    made = _leads(sound)
    if len(made) < 2:
        return None
    first, second = rng.sample(made, 2)
    return first, second


def _tied(sound: Sound, second: Stop, tie: After, over: float) -> Mutant:
    """Return a mutant in which a job comes after another one only."""
    scenario = with_job(sound.scenario, second.job_id, after=(tie,))
    return mutant(scenario, sound.plan, "PRECEDENCE", over)


def _at_one_customer(scenario: Scenario, one: str, other: str) -> Scenario:
    """Return the scenario with one customer who has just these two jobs, at one place."""
    here = the_job(scenario, one).place
    for job_id in (one, other):
        scenario = with_job(scenario, job_id, place=here, customer=Customer(customer_id="C-both"), after=())
    ordinary = tuple(job.model_copy(update={"after": ()}) if job.after else job for job in scenario.jobs)
    return scenario.model_copy(update={"jobs": ordinary})
