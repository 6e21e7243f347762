"""The course of one technician's day: leaving, drives, waits, visits, loading, rests and coming back, in order of time.

On a trip the day begins with the morning after a night away, and ends with a night instead of coming back; a day
between two nights at one place is a stay. A ride through the night ends the day where it begins.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from optimizer.domain.plan import Leg, Rest, Restock, ShiftPlan, Stop
from optimizer.domain.roster import RosterShift
from optimizer.domain.time import seconds_between
from optimizer.domain.trips import morning_at, only_back, stays

PartKind = Literal[
    "leave", "morning", "stay", "drive", "wait", "visit", "load", "break", "absence", "back", "night"
]
"""What happens; a day's begin and end and a stay are moments, the others last for a while."""

SHORTEST_WAIT_S = 60
"""Shorter waits are only rounding."""


class Part(NamedTuple):
    """A stretch or a moment of a day."""

    kind: PartKind
    """What is done."""
    start: datetime
    """Begin."""
    end: datetime
    """End."""
    leg: Leg | None = None
    """The drive; of the day's begin the first one, of its end the last one, of a visit or of loading the one to it."""
    stop: Stop | None = None
    """The visit, or the visit that is driven to."""
    number: int = 0
    """Which stop of the day, from 1; 0: none."""
    restock: Restock | None = None
    """The halt at a branch where parts are loaded."""


def course(shift: ShiftPlan) -> tuple[Part, ...]:
    """Return a day's parts in order of time; a rest may lie before leaving or after coming back.

    Parameters
    ----------
    shift : the day as planned
    """
    # By timestamps: moments of one time zone are compared by the wall clock, wrong when the clocks change.
    return tuple(sorted(_parts(shift), key=lambda part: part.start.timestamp()))


def overtime_s(shift: ShiftPlan, rostered: RosterShift | None) -> int:
    """Return the seconds after the regular end at which somebody is back.

    Parameters
    ----------
    shift : the day as planned
    rostered : the shift as on the roster; none: not known, so nothing is overtime
    """
    return 0 if rostered is None else max(0, seconds_between(rostered.end, shift.work_ends))


def waited_s(halt: Stop | Restock, rests: Sequence[Rest]) -> int:
    """Return how many seconds a technician waits between arriving and beginning; rests are no waiting.

    Parameters
    ----------
    halt : a stop, or a halt to load parts
    rests : the day's rests
    """
    begin, end = halt.leg.arrival.timestamp(), halt.start.timestamp()
    rested = sum(
        max(0.0, min(end, rest.end.timestamp()) - max(begin, rest.start.timestamp())) for rest in rests
    )
    return round(end - begin - rested)


def _parts(shift: ShiftPlan) -> Iterator[Part]:
    home, leaving = shift.last_leg, shift.departure
    if stays(shift):
        yield Part("stay", leaving, leaving, leg=home)
        yield from _rests(shift)
        return
    if not only_back(shift):
        kind: PartKind = "leave" if morning_at(shift) is None else "morning"
        yield Part(kind, leaving, leaving, leg=shift.first_leg)
    number = 0
    for halt in shift.halts:
        yield from _idle(leaving, halt.leg.departure, shift.rests)
        if isinstance(halt, Stop):
            number += 1
            yield from _drive(halt.leg, halt, number)
            done = Part("visit", halt.start, halt.end, leg=halt.leg, stop=halt, number=number)
        else:
            yield from _drive(halt.leg, None, 0)
            done = Part("load", halt.start, halt.end, leg=halt.leg, restock=halt)
        yield from _idle(halt.leg.arrival, halt.start, shift.rests)
        yield done
        leaving = halt.end
    yield from _idle(leaving, home.departure, shift.rests)
    if shift.night != "transit":  # a ride through the night belongs to no day
        yield from _drive(home, None, 0)
    yield Part("back" if shift.night is None else "night", shift.work_ends, shift.work_ends, leg=home)
    yield from _rests(shift)


def _rests(shift: ShiftPlan) -> Iterator[Part]:
    for rest in shift.rests:
        yield Part(rest.kind, rest.start, rest.end)


def _drive(leg: Leg, stop: Stop | None, number: int) -> Iterator[Part]:
    if leg.travel_s or leg.distance_m:
        yield Part("drive", leg.departure, leg.arrival, leg=leg, stop=stop, number=number)


def _idle(begin: datetime, end: datetime, rests: Sequence[Rest]) -> Iterator[Part]:
    """Yield the waits between two moments that are not rests."""
    for rest in sorted(rests, key=lambda one: one.start.timestamp()):
        if seconds_between(begin, rest.start) >= 0 and seconds_between(rest.end, end) >= 0:
            yield from _wait(begin, rest.start)
            begin = rest.end
    yield from _wait(begin, end)


def _wait(begin: datetime, end: datetime) -> Iterator[Part]:
    if seconds_between(begin, end) >= SHORTEST_WAIT_S:
        yield Part("wait", begin, end)
