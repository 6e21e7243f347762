"""Which windows a customer could be offered, where the caller names none: of two hours, or halves of days."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final, Literal

from optimizer.domain.job import Job
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline, Window
from optimizer.rules.break_ import RULE as BREAK
from optimizer.rules.hours import rostered_hours
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT

SlotKind = Literal["two hours", "half day"]
"""How long the windows are."""

HOUR_S: Final = 3600
LEAST_S: Final = 1800
"""What is left of a window must be this long to be offered."""


def slots_of(scenario: Scenario, job: Job, kind: SlotKind = "two hours") -> tuple[Window, ...]:
    """Return the windows that come into question for a job on the days that are still ahead.

    On each day they begin with the first shift and end with the last one's regular hours. Windows of two hours follow
    one another from the full hour; the halves of a day meet where the midday rest may begin. What is past is cut off,
    and where the customer has said when it suits, so is everything else.

    Parameters
    ----------
    scenario : the question
    job : the new job; its own windows are what suits the customer, none: any time
    kind : how long the windows are
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    now_s = timeline.seconds(scenario.now) if scenario.now is not None else 0
    end_s = timeline.end_of(scenario.horizon.dates()[-1])
    wished = [(timeline.seconds(one.start), timeline.seconds(one.end)) for one in job.windows]
    found = []
    for opens, closes in _spans(scenario, timeline, kind):
        for first, last in wished or [(opens, closes)]:
            start, end = max(opens, first, now_s), min(closes, last)
            if end - start >= LEAST_S and start < end_s:
                found.append(Window(start=timeline.moment(start), end=timeline.moment(end)))
    return tuple(found)


def _spans(scenario: Scenario, timeline: Timeline, kind: SlotKind) -> Iterator[tuple[int, int]]:
    rest = params_of(BREAK, scenario.policy).window()
    for day, opens, closes in _days(scenario):
        if kind == "half day":
            noon = timeline.at(day, rest.start)
            yield from ((opens, noon), (noon, closes)) if opens < noon < closes else ((opens, closes),)
            continue
        midnight = timeline.at(day, datetime.min.time())
        start = opens
        while start < closes:
            full = midnight + (start - midnight) // HOUR_S * HOUR_S
            yield start, min(full + 2 * HOUR_S, closes)
            start = full + 2 * HOUR_S


def _days(scenario: Scenario) -> Sequence[tuple[date, int, int]]:
    """Return the days on which anybody works, with the first and the last second of regular hours."""
    hours = rostered_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)
    found: dict[date, tuple[int, int]] = {}
    for key in (one.key for one in roster(scenario)):
        opens, closes = found.get(key.day, (hours[key].start_s, hours[key].end_s))
        found[key.day] = min(opens, hours[key].start_s), max(closes, hours[key].end_s)
    return [(day, *found[day]) for day in sorted(found)]
