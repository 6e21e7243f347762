"""When visits of a day may start, said by the clock: a trip is one shift of several days."""

from collections.abc import Sequence
from datetime import date, datetime, time

from optimizer.domain.roster import RosterShift
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline

Span = tuple[datetime, datetime]
"""First and last moment."""


def day_spans(scenario: Scenario, shifts: Sequence[RosterShift]) -> dict[date, Span]:
    """Return from when to when visits of each day may start: the whole day, and the night of a shift that begins on it.

    Parameters
    ----------
    scenario : the question
    shifts : all shifts; one that ends on the next day belongs to the day on which it begins
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    last_s = {day: timeline.end_of(day) - 1 for day in scenario.horizon.dates()}
    for one in shifts:
        last_s[one.key.day] = max(last_s[one.key.day], timeline.seconds(one.end))
    return {
        day: (timeline.moment(timeline.at(day, time())), timeline.moment(end)) for day, end in last_s.items()
    }


def joined(spans: Sequence[Span]) -> list[Span]:
    """Return the spans with those that overlap made one.

    Parameters
    ----------
    spans : in order of their begin
    """
    found: list[Span] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
