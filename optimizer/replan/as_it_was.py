"""The plan of a day with its times as they really were, so that rules can price what happened as they price a plan.

Visits that succeeded are its stops. A visit in vain is no stop, but the ways to it and on from it were driven: they are
one way, as long as both. Nobody reports rests and where shared tools are, so a real day has none of either.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from optimizer.domain.plan import Leg, Plan, Restock, ShiftPlan, Stop
from optimizer.domain.time import seconds_between
from optimizer.replan.progress import DaySoFar, Visit
from optimizer.replan.rest_of_day import Days


class Driven(NamedTuple):
    """How long a way is."""

    travel_s: int
    distance_m: int


Way = Callable[[ShiftPlan, str, str], Driven]
"""How long the way from one place to another is by a shift's means."""


def as_it_was(
    plan: Plan, days: Days, until: date, way: Way, *, jobs: Sequence[str], away: Collection[str]
) -> Plan:
    """Return a plan whose days up to one are as they were; later days stay as planned.

    Parameters
    ----------
    plan : the plan that was followed
    days : how each day went, known up to `until`
    until : the last day that is over
    way : how long ways are
    jobs : every job of the question, in its order
    away : who dropped out
    """
    shifts = []
    for shift in plan.shifts:
        if shift.day > until:
            shifts.append(shift)
        elif shift.key in days:
            shifts.append(_Walk(days[shift.key], way).day())
        elif not shift.stops and shift.technician_id not in away:
            shifts.append(shift)  # a day of a trip that is all riding or waiting
    served = {stop.job_id for shift in shifts for stop in shift.stops}
    return plan.model_copy(
        update={
            "shifts": tuple(shifts),
            "tools": tuple(one for one in plan.tools if one.day > until),
            "unserved": tuple(job_id for job_id in jobs if job_id not in served),
        }
    )


class _Walk:
    """Goes one technician's way again."""

    def __init__(self, day: DaySoFar, way: Way) -> None:
        self._day, self._shift, self._way = day, day.shift, way
        self._zone = day.shift.departure.tzinfo
        self._place = day.shift.first_leg.from_place
        self._free_s = day.shift.departure.timestamp()
        self._in_vain: Leg | None = None
        """The way to where nothing was done, and on from there so far."""
        self._stops: list[Stop] = []
        self._restocks: list[Restock] = []

    def day(self) -> ShiftPlan:
        """Return the day as it was."""
        shift = self._shift
        for visit in self._day.visits:
            self._load(shift.stops.index(visit.stop))
            self._go(visit)
        if self._reached():
            self._load(len(shift.stops))
        last = self._last_leg()
        legs = (*(stop.leg for stop in self._stops), *(halt.leg for halt in self._restocks), last)
        return shift.model_copy(
            update={
                "departure": min((leg.departure for leg in legs), key=datetime.timestamp),
                "stops": tuple(self._stops),
                "restocks": tuple(self._restocks),
                "rests": (),
                "last_leg": last,
                "night": shift.night if shift.night is None or self._reached() else "lodging",
            }
        )

    def _load(self, position: int) -> None:
        """Make the halts at branches that the plan has before a stop, or behind the last one."""
        for halt in self._shift.restocks:
            if halt.before != position:
                continue
            leg = self._leg_to(halt.leg, max(self._free_s, halt.leg.departure.timestamp()))
            starts_s = max(leg.arrival.timestamp(), halt.start.timestamp())
            self._free_s = starts_s + seconds_between(halt.start, halt.end)
            made = {
                "before": len(self._stops),
                "leg": leg,
                "start": self._moment(starts_s),
                "end": self._moment(self._free_s),
            }
            self._restocks.append(halt.model_copy(update=made))

    def _go(self, visit: Visit) -> None:
        leg = self._leg_to(visit.stop.leg, visit.left_s, visit.arrived_s)
        self._free_s = visit.ended_s
        if visit.state != "finished":
            self._in_vain = leg
            return
        service_s = round(visit.ended_s) - round(visit.started_s)
        setup_s = min(visit.stop.setup_s, service_s)
        times = {
            "leg": leg,
            "start": self._moment(visit.started_s),
            "end": self._moment(visit.ended_s),
            "setup_s": setup_s,
            "service_s": service_s - setup_s,
        }
        self._stops.append(visit.stop.model_copy(update=times))

    def _last_leg(self) -> Leg:
        """Return the way home, or to where the night is spent: where the last visit was, if the plan's was not made."""
        planned = self._shift.last_leg
        if not self._reached():
            stays = {"to_place": self._place} if self._shift.night is not None else {}
            return self._leg_to(planned.model_copy(update=stays), self._free_s)
        left_s = max(self._free_s, planned.departure.timestamp())
        rides_s = seconds_between(planned.departure, planned.arrival)
        return self._leg_to(planned, left_s, left_s + rides_s if self._shift.night == "transit" else None)

    def _reached(self) -> bool:
        return self._day.visits[-1].stop is self._shift.stops[-1]

    def _leg_to(self, planned: Leg, left_s: float, arrived_s: float | None = None) -> Leg:
        """Return the way to where a planned one leads, with the way in vain before it, and be there."""
        place, before = planned.to_place, self._in_vain
        driven = Driven(planned.travel_s, planned.distance_m)
        if self._place != planned.from_place:
            driven = self._way(self._shift, self._place, place)
        start, departure = self._place, self._moment(left_s)
        arrival_s = left_s + driven.travel_s if arrived_s is None else arrived_s
        if before is not None:
            start, departure = before.from_place, before.departure
            driven = Driven(before.travel_s + driven.travel_s, before.distance_m + driven.distance_m)
        self._place, self._in_vain = place, None
        return Leg(
            from_place=start,
            to_place=place,
            departure=departure,
            arrival=self._moment(arrival_s),
            travel_s=driven.travel_s,
            distance_m=driven.distance_m,
        )

    def _moment(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(round(seconds), tz=self._zone)
