"""A shift's real bounds: what is left of it now, its overtime, and the rest before the next shift."""

from itertools import zip_longest
from typing import NamedTuple

from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.no_show import late_clock_ins


class Hours(NamedTuple):
    """The bounds of one shift in whole seconds from the horizon's start."""

    start_s: int
    """Earliest leaving."""
    end_s: int
    """Regular end: overtime counts from here."""
    latest_end_s: int
    """Latest moment of being back and rested; not after `start_s`: nothing is left of the shift."""


def working_hours(scenario: Scenario, overtime_limit_min: int) -> dict[ShiftKey, Hours]:
    """Return what is left of every shift of the horizon: not before the present time or a late clock-in.

    Parameters
    ----------
    scenario : the question
    overtime_limit_min : overtime limit in minutes of shifts without one of their own

    Returns
    -------
    bounds by shift
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    now_s = timeline.seconds(scenario.now) if scenario.now is not None else 0
    clocked_in = late_clock_ins(scenario)
    return {
        key: hours._replace(start_s=max(hours.start_s, now_s, clocked_in.get(key, now_s)))
        for key, hours in rostered_hours(scenario, overtime_limit_min).items()
    }


def rostered_hours(scenario: Scenario, overtime_limit_min: int) -> dict[ShiftKey, Hours]:
    """Return the bounds of every shift of the horizon as it stands in the roster.

    A shift ends at the latest with its overtime limit, and early enough for the technician's minimum rest
    before the rostered start of the next shift of the horizon.

    Parameters
    ----------
    scenario : the question
    overtime_limit_min : overtime limit in minutes of shifts without one of their own

    Returns
    -------
    bounds by shift
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    shifts = roster(scenario)
    found: dict[ShiftKey, Hours] = {}
    for one, following in zip_longest(shifts, shifts[1:]):
        own = one.shift.overtime_limit_min
        end_s = timeline.seconds(one.end)
        latest_s = end_s + 60 * (overtime_limit_min if own is None else own)
        if following is not None and following.key.technician_id == one.key.technician_id:
            rest_s = 60 * one.technician.min_rest_min
            latest_s = min(latest_s, timeline.seconds(following.start) - rest_s)
        found[one.key] = Hours(timeline.seconds(one.start), min(end_s, latest_s), latest_s)
    return found
