"""Ways from where people are: how long they take, and given travel times that know those places."""

from collections.abc import Mapping
from datetime import timedelta

from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.replan.progress import DaySoFar, Drive
from optimizer.travel.base import TravelTable


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
