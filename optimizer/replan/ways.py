"""Ways from where people are: how long they take, and given travel times that know those places."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from optimizer.checker.drives import travel_seconds
from optimizer.domain.plan import Plan, ShiftPlan, TravelLeg
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_places import slow_places
from optimizer.replan.progress import DaySoFar, Drive
from optimizer.travel.base import TravelTable

Traffic = Callable[[ShiftPlan, str, str, datetime], int]
"""Seconds from one place to another by a shift's means, for who leaves at a moment."""


def drive_of(plan: Plan, table: TravelTable) -> Drive:
    """Return how long a way takes: as in the plan where it is driven there, else without congestion.

    Parameters
    ----------
    plan : the plan
    table : the travel data of its question
    """
    planned = {
        (shift.means, leg.from_place, leg.to_place): leg.travel_s
        for shift in plan.shifts
        for leg in shift.legs
    }
    row = {name: number for number, name in enumerate(table.places)}

    def drive(shift: ShiftPlan, start: str, end: str) -> int:
        known = planned.get((shift.means, start, end))
        return int(table.legs[shift.means].base_s[row[start], row[end]]) if known is None else known

    return drive


def traffic_of(scenario: Scenario, table: TravelTable) -> Traffic:
    """Return how long a way takes for who leaves at a moment, congestion and slow areas included.

    Parameters
    ----------
    scenario : the question, with what is slow now
    table : travel data of the same places; what it says of slow areas is not used
    """
    row = {name: number for number, name in enumerate(table.places)}
    areas, zone = scenario.travel.slow_areas, ZoneInfo(scenario.time_zone)
    lies_in = slow_places(scenario) if areas else {}

    def drive(shift: ShiftPlan, start: str, end: str, leaves: datetime) -> int:
        legs, a, b = table.legs[shift.means], row[start], row[end]
        slow = sorted(lies_in[start] | lies_in[end]) if areas and not legs.rides(a, b) else ()
        way = TravelLeg(
            from_place=start,
            to_place=end,
            means=shift.means,
            base_s=int(legs.base_s[a, b]),
            distance_m=int(legs.metres[a, b]),
            hour_percent=legs.speeds(a, b),
            slow_hours=tuple(areas[one].hours for one in slow),
        )
        return travel_seconds(way, leaves, zone)

    return drive


def with_ways(scenario: Scenario, days: Mapping[ShiftKey, DaySoFar]) -> Scenario:
    """Return the question whose given travel times know the places from which people go on.

    Parameters
    ----------
    scenario : the question
    days : where everybody is, this day and on the morning after a night away
    """
    names = {
        f"start:{key.technician_id}:{morning.isoformat()}": day.place
        for key, day in days.items()
        for morning in (key.day, key.day + timedelta(days=1))
    }
    matrices = {means: matrix.widened(names) for means, matrix in scenario.travel.matrices.items()}
    return scenario.model_copy(update={"travel": scenario.travel.model_copy(update={"matrices": matrices})})
