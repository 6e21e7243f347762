"""A shift's real bounds: what is left of it now, its overtime, and the rest before the next shift."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Final, NamedTuple

from optimizer.domain.kept import Kept
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.no_show import late_clock_ins

DAY_S: Final = 86_400


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

    A shift of which something is done goes on when its technician can be sent on, or from when the work goes on that
    has begun; where only that is finished, it has a day's time.

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
    rostered = rostered_hours(scenario, overtime_limit_min)
    found = {
        key: hours._replace(start_s=max(hours.start_s, now_s, clocked_in.get(key, now_s)))
        for key, hours in rostered.items()
    }
    at_work = shifts_at_work(scenario)
    for one in roster(scenario):
        so_far = one.shift.so_far
        if so_far is not None:
            free_s = timeline.seconds(so_far.free_at)
            start_s = free_s if one.key in at_work else max(free_s, now_s)
            latest_s = start_s + DAY_S if so_far.only_finish else rostered[one.key].latest_end_s
            found[one.key] = found[one.key]._replace(start_s=start_s, latest_end_s=latest_s)
    return found


def shifts_at_work(scenario: Scenario) -> frozenset[ShiftKey]:
    """Return the shifts in which somebody is at work on a job at present.

    Parameters
    ----------
    scenario : the question
    """
    return frozenset(
        ShiftKey(who, job.under_way.day)
        for job in scenario.jobs
        if job.under_way is not None and job.has_started
        for who in job.under_way.technicians
    )


def shifts_worn_out(scenario: Scenario) -> frozenset[ShiftKey]:
    """Return the shifts in which only what has begun is finished, see `SoFar.only_finish`.

    Parameters
    ----------
    scenario : the question
    """
    return frozenset(
        one.key for one in roster(scenario) if one.shift.so_far is not None and one.shift.so_far.only_finish
    )


def hours_so_far(scenario: Scenario) -> dict[str, float]:
    """Return the hours worked in shifts of the horizon already, by technician; who has none is not in it.

    Parameters
    ----------
    scenario : the question
    """
    found: dict[str, float] = {}
    for technician in scenario.technicians:
        done = [one.so_far.hours for one in technician.shifts or () if one.so_far is not None]
        if done:
            found[technician.technician_id] = sum(done)
    return found


_ROSTERED: Final = Kept[dict[int, dict[ShiftKey, Hours]]]()
"""Of a scenario, by overtime limit."""


def rostered_hours(scenario: Scenario, overtime_limit_min: int) -> Mapping[ShiftKey, Hours]:
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
    kept = _ROSTERED.of(scenario, dict)
    if overtime_limit_min not in kept:
        kept[overtime_limit_min] = _rostered_hours(scenario, overtime_limit_min)
    return kept[overtime_limit_min]


def _rostered_hours(scenario: Scenario, overtime_limit_min: int) -> dict[ShiftKey, Hours]:
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
