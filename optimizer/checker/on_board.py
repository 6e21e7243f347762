"""Are nights in transit spent on a sleeper, from the evening to the morning?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from optimizer.checker.breach import PLAN, breach
from optimizer.domain.assessment import Finding
from optimizer.domain.lines import SLEEP_MIN, Line, Ride
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.hours import working_hours
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.workload_cap import RULE as WORKLOAD_CAP
from optimizer.words.numbers import exact_time


class _Night(NamedTuple):
    """The hours of a night away in seconds."""

    begins_s: int | None
    """It begins no earlier; none: the caps on hours leave that open."""
    ends_s: int


def on_board(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield nights in transit on no sleeper, that begin in working hours or do not end with the next day's start.

    Parameters
    ----------
    scenario : the question
    plan : the plan; that its travel data is the lines', is checked elsewhere
    """
    asleep = [day for day in plan.shifts if day.night == "transit"]
    if not asleep:
        return
    lines = {line.name: line for line in scenario.travel.lines}
    ways, known = plan.travel.by_way(), {day.key: day for day in plan.shifts}
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    for day in asleep:
        way = ways.get((day.means, day.last_leg.from_place, day.last_leg.to_place))
        if way is None or not any(_sleeps(lines, one) for one in way.rides):
            least = f"for {SLEEP_MIN // 60} h or longer"
            sentence = f"{day.technician_id} rides no sleeper {least} in the night after {day.day}."
            yield _wrong(day, sentence, 1, "mismatch")
        following = known.get(_tomorrow(day))
        there_s = timeline.seconds(day.last_leg.arrival)
        if following is not None and (early_s := there_s - timeline.seconds(following.departure)) > 0:
            sentence = f"{following.key} leaves {exact_time(early_s)} before the night in transit is over."
            yield _wrong(following, sentence, early_s / 60, "min")
        yield from _through_the_night(scenario, timeline, day)


def _through_the_night(scenario: Scenario, timeline: Timeline, day: ShiftPlan) -> Iterator[Finding]:
    """Yield where a night in transit begins before the evening, or does not end in the morning."""
    night = _night(scenario, day)
    if night is None:
        return  # that the technician has no shift after it, is said by the rule of trips
    left_s, there_s = timeline.seconds(day.last_leg.departure), timeline.seconds(day.last_leg.arrival)
    if night.begins_s is not None and left_s < night.begins_s:
        early_s = night.begins_s - left_s
        sentence = f"{day.key} boards {exact_time(early_s)} before the day's end for the night in transit."
        yield _wrong(day, sentence, early_s / 60, "min")
    if there_s != night.ends_s:
        off_s = abs(there_s - night.ends_s)
        side = "before" if there_s < night.ends_s else "after"
        sentence = f"The night in transit of {day.key} ends {exact_time(off_s)} {side} the next day's start."
        yield _wrong(day, sentence, off_s / 60, "min")


def _sleeps(lines: dict[str, Line], ride: Ride) -> bool:
    """Tell whether a ride goes in a bed, and for long enough."""
    line = lines.get(ride.line)
    at = {station.name: station.minutes for station in line.stations} if line is not None else {}
    if line is None or not line.sleeper or ride.from_station not in at or ride.to_station not in at:
        return False
    return abs(at[ride.to_station] - at[ride.from_station]) >= SLEEP_MIN


def _night(scenario: Scenario, day: ShiftPlan) -> _Night | None:
    """Return the hours of the night after a day, none where nobody works then or on the day after."""
    hours = working_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)
    if day.key not in hours or _tomorrow(day) not in hours:
        return None
    caps = params_of(WORKLOAD_CAP, scenario.policy)
    begins_s: int | None = hours[day.key].end_s
    if caps.active and caps.hours_per_week is not None:
        begins_s = None
    elif caps.active and caps.hours_per_day is not None:  # who may work no longer, may go to bed
        begins_s = min(hours[day.key].end_s, hours[day.key].start_s + round(3600 * caps.hours_per_day))
    return _Night(begins_s, hours[_tomorrow(day)].start_s)


def _tomorrow(day: ShiftPlan) -> ShiftKey:
    return ShiftKey(day.technician_id, day.day + timedelta(days=1))


def _wrong(day: ShiftPlan, sentence: str, measured: float, unit: str) -> Finding:
    return breach(
        PLAN,
        sentence,
        measured=measured,
        limit=0,
        unit=unit,
        advice="Plan the scenario again; plans are not edited by hand.",
        technician_id=day.technician_id,
        day=day.day,
    )
