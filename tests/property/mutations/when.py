"""Mutations of the rules about when and how much: a limit moves, or the plan's times do."""

from datetime import datetime, timedelta
from math import ceil
from random import Random
from zoneinfo import ZoneInfo

from optimizer.domain.plan import ShiftPlan
from optimizer.domain.promise import asked_jobs
from optimizer.domain.requirements import kind
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.technician import BreakRule
from optimizer.domain.time import DaySpan, Timeline, Window, seconds_between
from optimizer.rules.book import RuleBook
from optimizer.rules.duration import RULE as DURATION
from optimizer.rules.hours import working_hours
from tests.property.mutations.base import (
    Mutant,
    Sound,
    any_stop,
    minutes_between,
    mutant,
    shift_of,
    the_job,
    the_technician,
    with_job,
    with_rule,
    with_shift,
    with_shift_plan,
    with_technician,
)


def shift_too_short(sound: Sound, rng: Random) -> Mutant | None:
    """Let the shift start after the plan leaves, or end before the plan is over."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, _ = found
    zone = ZoneInfo(sound.scenario.time_zone)
    over = rng.randint(1, 40)
    if rng.random() < 0.5:
        start = (shift_plan.departure + timedelta(minutes=over)).astimezone(zone)
        if start.date() != shift_plan.day or start.time() >= shift_of(sound.scenario, shift_plan).end:
            return None
        scenario = with_shift(sound.scenario, shift_plan, start=start.time())
    else:
        end = (_over_at(shift_plan) - timedelta(minutes=over)).astimezone(zone)
        if end.date() != shift_plan.day or end.time() <= shift_of(sound.scenario, shift_plan).start:
            return None
        scenario = with_shift(sound.scenario, shift_plan, end=end.time(), overtime_limit_min=0)
    # A shorter shift also leaves its midday break less room.
    return mutant(scenario, sound.plan, "SHIFT", over, alone=False)


def rest_between_shifts_too_short(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for more rest before the technician's next shift than the plan leaves."""
    starts = {one.key: one.start for one in roster(sound.scenario)}
    pairs = []
    for shift_plan in sound.plan.shifts:
        next_key = ShiftKey(shift_plan.technician_id, shift_plan.day + timedelta(days=1))
        if next_key in starts:
            pairs.append((shift_plan, minutes_between(_over_at(shift_plan), starts[next_key])))
    if not pairs:
        return None
    shift_plan, rest_min = rng.choice(pairs)
    least = ceil(rest_min) + rng.randint(1, 90)
    scenario = with_technician(sound.scenario, shift_plan.technician_id, min_rest_min=least)
    # Less working time may also leave the midday break of that day no room.
    return mutant(scenario, sound.plan, "SHIFT", least - rest_min, alone=False)


def break_spoilt(sound: Sound, rng: Random) -> Mutant | None:
    """Take the break away, cut it short, or let its window close before it or open after it."""
    breaks = [(one, rest) for one in sound.plan.shifts for rest in one.rests if rest.kind == "break"]
    if not breaks:
        return None
    shift_plan, rest = rng.choice(breaks)
    length = round(minutes_between(rest.start, rest.end))
    kept = tuple(one for one in shift_plan.rests if one is not rest)
    way = rng.choice(("gone", "short", "early", "late"))
    over = rng.randint(1, length)
    if way == "gone" or over == length:
        return mutant(sound.scenario, with_shift_plan(sound.plan, shift_plan, rests=kept), "BREAK", length)
    if way == "short":
        cut = rest.model_copy(update={"end": rest.end - timedelta(minutes=over)})
        rests = tuple(cut if one is rest else one for one in shift_plan.rests)
        return mutant(sound.scenario, with_shift_plan(sound.plan, shift_plan, rests=rests), "BREAK", over)
    hours = working_hours(sound.scenario, 0)[shift_plan.key]
    zone = ZoneInfo(sound.scenario.time_zone)
    moved, wide = timedelta(minutes=over), timedelta(minutes=length + 20)
    if way == "early":
        opens = rest.start.astimezone(zone) + moved
        closes = opens + wide
    else:
        closes = rest.end.astimezone(zone) - moved
        opens = closes - wide
    timeline = Timeline(sound.scenario.horizon.first_day, sound.scenario.time_zone)
    fits = hours.start_s <= timeline.seconds(opens) and timeline.seconds(closes) <= hours.end_s
    days = {opens.date(), closes.date()}
    if days != {shift_plan.day} or not fits or shift_of(sound.scenario, shift_plan).absences:
        return None  # a break that does not fit its window is not due
    rule = BreakRule(minutes=length, inside=DaySpan(start=opens.time(), end=closes.time()))
    scenario = with_shift(sound.scenario, shift_plan, rest=rule)
    # With another break a job may fit into no day any more, and would be split over several.
    return mutant(scenario, sound.plan, "BREAK", over, alone=sound.scenario.horizon.days == 1)


def outside_window(sound: Sound, rng: Random) -> Mutant | None:
    """Agree on windows that the planned start misses, with the nearest so many minutes off."""
    if (found := any_stop(sound, rng)) is None:
        return None
    _, stop = found
    if stop.job_id in asked_jobs(sound.scenario.promises):
        return None  # no window binds it
    over, further, length = rng.randint(1, 90), rng.randint(0, 60), timedelta(minutes=rng.randint(0, 60))
    near, far = timedelta(minutes=over), timedelta(minutes=over + further)
    before = Window(start=stop.start - near - length, end=stop.start - near)
    after = Window(start=stop.start + far, end=stop.start + far + length)
    if rng.random() < 0.5:
        before = Window(start=stop.start - far - length, end=stop.start - far)
        after = Window(start=stop.start + near, end=stop.start + near + length)
    windows = rng.choice(((before,), (after,), (before, after)))
    edges = (edge for window in windows for edge in (window.start, window.end))
    over_min = min(abs(minutes_between(edge, stop.start)) for edge in edges)
    scenario = with_job(sound.scenario, stop.job_id, windows=windows)
    return mutant(scenario, sound.plan, "APPOINTMENT", over_min)


def takes_longer(sound: Sound, rng: Random) -> Mutant | None:
    """Let the job, or its set-up, take longer than planned."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    percents = RuleBook.of(sound.scenario.policy).params(DURATION).level_percent
    percent = percents[the_technician(sound.scenario, shift_plan.technician_id).level - 1]
    job = the_job(sound.scenario, stop.job_id)
    if stop.leg.distance_m and rng.random() < 0.3:
        over = rng.randint(1, 30)
        scenario = with_job(sound.scenario, stop.job_id, setup_min=stop.setup_s // 60 + over)
        return mutant(scenario, sound.plan, "DURATION", over)
    minutes = stop.service_s // 60
    longer = next(n for n in range(1, 10_000) if n * percent > 100 * minutes) + rng.randint(0, 60)
    scenario = with_job(sound.scenario, job.job_id, duration_min=longer)
    # What fits into no day any more would be split over several.
    alone = sound.scenario.horizon.days == 1
    return mutant(scenario, sound.plan, "DURATION", ceil(longer * percent / 100) - minutes, alone=alone)


def longer_test_run(sound: Sound, rng: Random) -> Mutant | None:
    """Let the test run of installations take longer than a planned installation."""
    jobs = {job.job_id: job for job in sound.scenario.jobs}
    stops = [stop for one in sound.plan.shifts for stop in one.stops]
    policy = sound.scenario.policy
    installations = [stop for stop in stops if kind(jobs[stop.job_id], policy) == "installation"]
    if not installations:
        return None
    stop = rng.choice(installations)
    over = rng.randint(1, 120)
    scenario = with_rule(sound.scenario, "MIN_DURATION", test_run_min=stop.service_s // 60 + over)
    return mutant(scenario, sound.plan, "MIN_DURATION", over)


def too_much_work(sound: Sound, rng: Random) -> Mutant | None:
    """Lower a cap of jobs or hours, of a day or a week, below what is planned."""
    if not sound.plan.shifts:
        return None
    shift_plan = rng.choice(sound.plan.shifts)
    who = the_technician(sound.scenario, shift_plan.technician_id)
    what = rng.choice(("jobs_per_day", "hours_per_day", "jobs_per_week", "hours_per_week"))
    jobs, work_s = len(shift_plan.stops), _work_s(shift_plan)
    if what.endswith("week"):
        week = shift_plan.day.isocalendar()[:2]
        same = [
            one
            for one in sound.plan.shifts
            if one.technician_id == who.technician_id and one.day.isocalendar()[:2] == week
        ]
        jobs, work_s = sum(len(one.stops) for one in same), sum(_work_s(one) for one in same)
        if week == sound.scenario.horizon.first_day.isocalendar()[:2]:
            jobs, work_s = jobs + who.week_to_date.jobs, work_s + round(3600 * who.week_to_date.hours)
    if what.startswith("jobs"):
        cap: float = rng.randint(0, jobs - 1)
        over = jobs - cap
    else:
        cap_s = rng.randint(0, work_s - 1)
        cap, over = cap_s / 3600, (work_s - cap_s) / 3600
    return mutant(with_rule(sound.scenario, "WORKLOAD_CAP", **{what: cap}), sound.plan, "WORKLOAD_CAP", over)


def _over_at(shift_plan: ShiftPlan) -> datetime:
    return max((shift_plan.last_leg.arrival, *(rest.end for rest in shift_plan.rests)))


def _work_s(shift_plan: ShiftPlan) -> int:
    stops, restocks = shift_plan.stops, shift_plan.restocks
    return (
        sum(stop.leg.travel_s + stop.setup_s + stop.service_s for stop in stops)
        + sum(one.leg.travel_s + seconds_between(one.start, one.end) for one in restocks)
        + shift_plan.last_leg.travel_s
    )
