"""Jobs that no day can hold, and on how many days each is done.

A day holds what fits before, between or after its rests, from the shift's start to its overtime limit, the way there
not even counted. Days are looked at as rostered: what was split in the morning stays split in the afternoon, or where
somebody comes late; what has begun is done on as many days as it says. The parts of such a job fit into regular hours,
so that overtime is left for the ways.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from optimizer.domain.job import Job
from optimizer.domain.requirements import minutes_on_site, takes_several
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.break_ import RULE as BREAK
from optimizer.rules.break_ import rests_due
from optimizer.rules.draft import RestSpan
from optimizer.rules.duration import RULE as DURATION
from optimizer.rules.hours import Hours, rostered_hours
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT

MOST_DAYS: Final = 14
"""No horizon has more days."""


class LongJobs(NamedTuple):
    """Jobs that no shift of the roster can hold."""

    parts: Mapping[str, int]
    """Job id → on how many days it is done."""
    too_long: Mapping[str, int]
    """Job id → on how many days it would be done, more than there are shifts on; such a job is not split."""


class _Room(NamedTuple):
    """How long a service shifts can hold, in seconds."""

    whole_s: int
    """With overtime."""
    regular_s: int
    """In regular hours."""


class _OnSite(NamedTuple):
    """How long a job takes."""

    job_id: str
    minutes: int
    """Of somebody of level 3, or of a crew."""
    by_level: bool
    """Whether it hangs on the technician's level."""

    @classmethod
    def of(cls, job: Job, scenario: Scenario) -> "_OnSite":
        return cls(job.job_id, minutes_on_site(job, scenario.policy), not takes_several(job, scenario.policy))

    def time_s(self, percent: int) -> int:
        """Return how long it takes somebody of a level, or a crew, in seconds."""
        return 60 * -(-self.minutes * percent // 100) if self.by_level else 60 * self.minutes


def long_jobs(scenario: Scenario, longest_part_min: int) -> LongJobs:
    """Return the jobs that no shift of the roster can hold, with the days each is done on.

    Parameters
    ----------
    scenario : the question
    longest_part_min : minutes on site a day at most for such a job
    """
    begun = {job.job_id: job.under_way.days for job in scenario.jobs if job.has_started and job.under_way}
    parts = {job_id: days for job_id, days in begun.items() if days > 1}
    longest: dict[int, int] = {}
    rooms: dict[int, _Room] = {}
    on_site = [_OnSite.of(job, scenario) for job in scenario.jobs if job.job_id not in begun]
    percent = params_of(DURATION, scenario.policy).level_percent
    for level, room in _rooms(scenario):
        if level not in longest:
            longest[level] = max((one.time_s(percent[level - 1]) for one in on_site), default=0)
        if longest[level] <= room.whole_s:
            return LongJobs(parts, {})
        before = rooms.get(level, room)
        rooms[level] = _Room(*(max(pair) for pair in zip(before, room, strict=True)))
    days = len({one.key.day for one in roster(scenario)})
    too_long: dict[str, int] = {}
    for one in on_site if days > 1 else ():
        times = {level: one.time_s(percent[level - 1]) for level in rooms}
        if all(times[level] > room.whole_s for level, room in rooms.items()):
            number = _parts(times, rooms, 60 * longest_part_min)
            (parts if number <= days else too_long)[one.job_id] = number
    return LongJobs(parts, too_long)


def _parts(times: Mapping[int, int], rooms: Mapping[int, _Room], longest_s: int) -> int:
    """Return the least number of equal parts of which somebody's regular hours hold one."""
    for number in range(2, MOST_DAYS + 1):
        parts = {level: 60 * -(-time_s // (60 * number)) for level, time_s in times.items()}
        if any(part_s <= min(longest_s, rooms[level].regular_s) for level, part_s in parts.items()):
            return number
    return MOST_DAYS + 1


def _rooms(scenario: Scenario) -> Iterator[tuple[int, _Room]]:
    """Yield for each shift its technician's level and how long a service it can hold."""
    policy = scenario.policy
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    rests = params_of(BREAK, policy)
    overtime_limit_min = params_of(SHIFT, policy).overtime_limit_min
    for technician in scenario.technicians:  # one by one: often the first one's room is enough for every job
        alone = scenario.model_copy(update={"technicians": (technician,)})
        hours = rostered_hours(alone, overtime_limit_min)
        for one in roster(alone):
            mine = hours[one.key]
            due = rests_due(one, mine, rests, timeline) if rests.active else []
            whole_s, regular_s = (
                _longest_gap_s(mine, end_s, due, timeline) for end_s in (mine.latest_end_s, mine.end_s)
            )
            yield technician.level, _Room(whole_s, regular_s)


def _longest_gap_s(hours: Hours, end_s: int, rests: list[RestSpan], timeline: Timeline) -> int:
    """Return the longest time between two rests in a row, the one taken early and the other late."""
    begins = [hours.start_s]
    for rest in rests:
        begins.append(max(begins[-1], timeline.seconds(rest.opens)) + rest.seconds)
    ends = [end_s]
    for rest in reversed(rests):
        ends.append(min(ends[-1] - rest.seconds, timeline.seconds(rest.closes)))
    return max(end - begin for begin, end in zip(begins, reversed(ends), strict=True))
