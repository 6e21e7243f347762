"""When visits of a day may start, said by the clock: a trip is one shift of several days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from optimizer.domain.roster import RosterShift
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.hours import rostered_hours
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT

Span = tuple[datetime, datetime]
"""First and last moment."""


def day_spans(scenario: Scenario, shifts: Sequence[RosterShift]) -> dict[date, Span]:
    """Return from when to when visits of each day may start: the whole day, and the night of a shift that begins on it.

    Where somebody who may be away overnight works through the night, a day begins when that shift is over.

    Parameters
    ----------
    scenario : the question
    shifts : all shifts; one that ends on the next day belongs to the day on which it begins
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    first_s = {day: timeline.at(day, time()) for day in scenario.horizon.dates()}
    last_s = {day: timeline.end_of(day) - 1 for day in scenario.horizon.dates()}
    hours = rostered_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)
    for one in shifts:
        last_s[one.key.day] = max(last_s[one.key.day], timeline.seconds(one.end))
        next_day = one.key.day + timedelta(days=1)
        if one.technician.nights_away and next_day in first_s:
            first_s[next_day] = max(first_s[next_day], hours[one.key].latest_end_s + 1)
    return {day: (timeline.moment(first_s[day]), timeline.moment(last_s[day])) for day in first_s}


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
