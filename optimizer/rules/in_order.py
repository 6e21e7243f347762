"""Reads from a plan whether jobs that are tied to each other follow in order, by the people asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from itertools import pairwise, product

from optimizer.domain.assessment import Finding
from optimizer.domain.calendar import WorkingDays
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After, JobGroup
from optimizer.domain.time import Timeline
from optimizer.rules.visits import Visit, led, visits
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time, listed

_Led = Mapping[str, tuple[Visit, ...]]


def in_order(scenario: Scenario, plan: Plan, one_at_a_time: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield what is not in order, in the order of the scenario's jobs, then groups, then jobs at one place.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    one_at_a_time : pairs of jobs that are not under way at the same time
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    seen = led(scenario, plan)
    for job in scenario.jobs:
        for tie in job.after if job.job_id in seen else ():
            yield from _after(scenario, seen, job.job_id, tie, timeline)
    yield from _day_after_day(scenario, plan, timeline)
    for group in scenario.groups:
        yield from _same(group, seen) if group.who == "same" else _each_another(group, seen)
    for one, other in one_at_a_time:
        yield from _apart(seen.get(one, ()), seen.get(other, ()), timeline)


def _after(scenario: Scenario, seen: _Led, job_id: str, tie: After, timeline: Timeline) -> Iterator[Finding]:
    here = seen[job_id][0]
    if tie.job_id not in seen:
        sentence = f"{job_id} comes after {tie.job_id}, which is left out."
        yield _finding(here, measured=0, limit=1, over=1, unit="jobs", sentence=sentence)
        return
    on_end = tie.gap_from == "end"
    first = seen[tie.job_id][-1 if on_end else 0]
    from_s = timeline.seconds(first.stop.end if on_end else first.stop.start)
    start_s = timeline.seconds(here.stop.start)
    words = f"the {tie.gap_from} of {tie.job_id}"
    least_s = from_s + 60 * tie.min_gap_min
    if tie.next_working_day:
        least_s = max(least_s, _next_working_day_s(scenario, first.shift.day, timeline))
    if start_s < least_s:
        earliest = exact_moment(timeline.moment(least_s))
        gap = f"starts {exact_time(least_s - start_s)} before {earliest}, the earliest after {words}"
        yield _off(here, timeline, start_s, least_s, gap)
    if tie.max_gap_min is not None and start_s > from_s + 60 * tie.max_gap_min:
        most_s = from_s + 60 * tie.max_gap_min
        latest = exact_moment(timeline.moment(most_s))
        gap = f"starts {exact_time(start_s - most_s)} after {latest}, the latest after {words}"
        yield _off(here, timeline, start_s, most_s, gap)
    same = first.technician.technician_id == here.technician.technician_id
    if tie.who == "same" and not same:
        yield _people(here, 2, 1, f"goes to another one than {tie.job_id}, to {_who(here)}")
    if tie.who == "another" and same:
        yield _people(here, 1, 2, f"and {tie.job_id} both go to {_who(here)}")


def _day_after_day(scenario: Scenario, plan: Plan, timeline: Timeline) -> Iterator[Finding]:
    """Yield the parts of long jobs that come too early, or whose people were others the day before."""
    seats: defaultdict[tuple[str, int], list[Visit]] = defaultdict(list)
    for visit in visits(scenario, plan):
        seats[visit.job.job_id, visit.stop.seat].append(visit)
    for (job_id, seat), made in seats.items():
        for before, following in pairwise(sorted(made, key=lambda visit: visit.stop.part)):
            day = f"day {following.stop.part + 1} of {job_id}"
            if before.stop.part == following.stop.part:
                continue  # named twice: the structure of the plan is wrong
            start_s = timeline.seconds(following.stop.start)
            least_s = max(
                timeline.seconds(before.stop.end),
                _next_working_day_s(scenario, before.shift.day, timeline),
            )
            if seat == 0 and start_s < least_s:
                gap = f"begins day {following.stop.part + 1} {exact_time(least_s - start_s)} too early"
                yield _off(following, timeline, start_s, least_s, gap)
            if _who(before) != _who(following):
                sentence = f"{day} goes to {_who(following)}, the day before it to {_who(before)}."
                yield _finding(following, measured=2, limit=1, over=1, unit="people", sentence=sentence)


def _same(group: JobGroup, seen: _Led) -> Iterator[Finding]:
    made = [seen[job_id][0] for job_id in group.jobs if job_id in seen]
    people = list(dict.fromkeys(_who(visit) for visit in made))
    if len(people) > 1:
        jobs = listed([visit.job.job_id for visit in made])
        sentence = f"{jobs} are to have the same technician and go to {listed(people)}."
        yield _finding(
            made[0], measured=len(people), limit=1, over=len(people) - 1, unit="people", sentence=sentence
        )


def _each_another(group: JobGroup, seen: _Led) -> Iterator[Finding]:
    made = [seen[job_id][0] for job_id in group.jobs if job_id in seen]
    for who, times in Counter(_who(visit) for visit in made).items():
        if times > 1:
            mine = [visit for visit in made if _who(visit) == who]
            jobs = listed([visit.job.job_id for visit in mine])
            sentence = f"{jobs} are each to have another technician, and {who} does {times} of them."
            yield _finding(mine[0], measured=1, limit=times, over=times - 1, unit="people", sentence=sentence)


def _apart(one: tuple[Visit, ...], other: tuple[Visit, ...], timeline: Timeline) -> Iterator[Finding]:
    for a, b in product(one, other):
        begins_s = max(timeline.seconds(a.stop.start), timeline.seconds(b.stop.start))
        both_s = min(timeline.seconds(a.stop.end), timeline.seconds(b.stop.end)) - begins_s
        if both_s > 0:
            sentence = f"{a.job.job_id} and {b.job.job_id} at one customer are both under way for {exact_time(both_s)}."
            yield _finding(b, measured=both_s / 60, limit=0, over=both_s / 60, unit="min", sentence=sentence)


def _next_working_day_s(scenario: Scenario, day: date, timeline: Timeline) -> int:
    """Return when the working day after a day begins: at local midnight; after the last planned day there is none."""
    worked = WorkingDays(scenario.calendar)
    following, last = day + timedelta(days=1), scenario.horizon.dates()[-1]
    while following <= last and following not in worked:
        following += timedelta(days=1)
    return timeline.at(following, time())


def _who(visit: Visit) -> str:
    return visit.technician.technician_id


def _people(visit: Visit, measured: int, limit: int, words: str) -> Finding:
    sentence = f"{visit.job.job_id} {words}."
    return _finding(visit, measured=measured, limit=limit, over=1, unit="people", sentence=sentence)


def _off(visit: Visit, timeline: Timeline, measured_s: int, limit_s: int, words: str) -> Finding:
    return _finding(
        visit,
        measured=measured_s / 60,
        limit=limit_s / 60,
        over=abs(measured_s - limit_s) / 60,
        unit="min",
        sentence=f"{visit.job.job_id} {words}.",
    )


def _finding(
    visit: Visit, *, measured: float, limit: float, over: float, unit: str, sentence: str
) -> Finding:
    return Finding(
        code="PRECEDENCE",
        job_id=visit.job.job_id,
        technician_id=_who(visit),
        day=visit.shift.day,
        measured=measured,
        limit=limit,
        over=over,
        unit=unit,
        sentence=sentence,
    )
