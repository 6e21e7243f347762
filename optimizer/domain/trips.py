"""Trips in a plan: days of one technician in a row, with the nights between them away."""

from typing import NamedTuple

from optimizer.domain.place import Place
from optimizer.domain.plan import Night, Plan, ShiftPlan
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.scenario import Scenario


class TripPlan(NamedTuple):
    """One trip: the days from leaving home to being back."""

    days: tuple[ShiftPlan, ...]
    """The days in order; all but the last end with a night away."""

    @property
    def technician_id(self) -> str:
        """Who travels."""
        return self.days[0].technician_id

    @property
    def nights(self) -> int:
        """Nights away."""
        return len(self.days) - 1


def trips(plan: Plan) -> tuple[TripPlan, ...]:
    """Return the trips of a plan, by technician in the plan's order, then by day.

    Parameters
    ----------
    plan : days of one technician stand in it one after another

    Returns
    -------
    A night after which the technician's next day is not the next one in the plan ends its trip.
    """
    return tuple(TripPlan(days) for days in outings(plan) if len(days) > 1 or days[0].night is not None)


def outings(plan: Plan) -> tuple[tuple[ShiftPlan, ...], ...]:
    """Return the days of a plan from leaving home to being back: trips whole, every other day alone.

    Parameters
    ----------
    plan : days of one technician stand in it one after another
    """
    found: list[list[ShiftPlan]] = []
    for day in plan.shifts:
        before = found[-1][-1] if found else None
        if before is not None and before.night and before.technician_id == day.technician_id:
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(map(tuple, found))


def evening_at(day: ShiftPlan) -> str | None:
    """Return the job near which the night after a day is spent, or the branch where parts are loaded on the way.

    None: back in the evening.

    Parameters
    ----------
    day : as planned
    """
    return day.last_leg.to_place.partition(":")[2] if day.night is not None else None


def ridden_to(day: ShiftPlan) -> str | None:
    """Return the job to which somebody rides through the night after a day; none: back, or nobody rides.

    Parameters
    ----------
    day : as planned
    """
    return _job(day.last_leg.to_place) if day.night == "transit" else None


def morning_at(day: ShiftPlan) -> str | None:
    """Return the job near which the night before a day was spent; none: the day starts as usual, or from a branch.

    Parameters
    ----------
    day : as planned
    """
    return _job(day.first_leg.from_place)


def only_back(day: ShiftPlan) -> bool:
    """Tell whether a day has nothing but the arrival in the morning after a ride home through the night.

    Parameters
    ----------
    day : as planned
    """
    home = day.last_leg
    still = not day.halts and day.night is None and home.from_place == home.to_place
    return still and morning_at(day) is None


def stays(day: ShiftPlan) -> bool:
    """Tell whether a day lies between two nights at one place, with nothing to do.

    Parameters
    ----------
    day : as planned
    """
    home = day.last_leg
    return not day.halts and day.night is not None and home.from_place == home.to_place


def _job(place: str) -> str | None:
    """Return the job at a place; no usual day starts or ends at one."""
    kind, _, job_id = place.partition(":")
    return job_id if kind == "job" else None


def night_at(scenario: Scenario, place: Place, housing_km: float) -> Night:
    """Return how a night at a place is spent: in the beds of a branch near by, or in a hotel.

    Parameters
    ----------
    scenario : its branches
    place : where the technician is
    housing_km : great-circle km up to which a branch's beds are near
    """
    beds = (branch.place for branch in scenario.branches if branch.housing)
    near = any(great_circle_m(place, one) <= 1000 * housing_km for one in beds)
    return "housing" if near else "lodging"
