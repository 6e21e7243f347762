"""The roster: who has a shift on which planned day."""

import weakref
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician


class ShiftKey(NamedTuple):
    """One technician's working day; a technician has at most one shift a day."""

    technician_id: str
    day: date

    def __str__(self) -> str:
        return f"{self.technician_id} on {self.day.isoformat()}"


class RosterShift(NamedTuple):
    """A shift of the horizon with its technician and real moments."""

    key: ShiftKey
    technician: Technician
    shift: Shift
    start: datetime
    """Earliest leaving."""
    end: datetime
    """Regular end."""


_KEPT: Final[dict[int, tuple[RosterShift, ...]]] = {}
# Every rule asks for the roster of the same scenario, some several times. Scenarios never change, but cannot be
# hashed: so they are known by identity, and what is kept goes when they go.


def roster(scenario: Scenario) -> tuple[RosterShift, ...]:
    """Return all shifts of the horizon, by technician in file order, then by day; it is kept as long as the scenario.

    Parameters
    ----------
    scenario : the question
    """
    found = _KEPT.get(id(scenario))
    if found is None:
        found = _KEPT[id(scenario)] = tuple(_roster(scenario))
        weakref.finalize(scenario, _KEPT.pop, id(scenario), None).atexit = False
    return found


def _roster(scenario: Scenario) -> Iterator[RosterShift]:
    days, zone = scenario.horizon.dates(), ZoneInfo(scenario.time_zone)
    planned = frozenset(days)
    working: tuple[Shift, ...] | None = None
    for technician in scenario.technicians:
        shifts = technician.shifts
        if shifts is None:
            if working is None:
                worked = WorkingDays(scenario.calendar)
                working = tuple(Shift(day=day) for day in days if day in worked)
            shifts = working
        for shift in sorted(shifts, key=_day_of):
            if shift.day not in planned:
                continue
            last = shift.day if shift.end > shift.start else shift.day + timedelta(days=1)
            yield RosterShift(
                key=ShiftKey(technician.technician_id, shift.day),
                technician=technician,
                shift=shift,
                start=datetime.combine(shift.day, shift.start, tzinfo=zone),
                end=datetime.combine(last, shift.end, tzinfo=zone),
            )


def _day_of(shift: Shift) -> date:
    return shift.day


def start_place(technician: Technician, shift: Shift) -> str:
    """Return the name of the place a shift starts from, e.g. ``branch:B1`` (see `place_book`)."""
    if shift.start_at is not None:
        return f"start:{technician.technician_id}:{shift.day.isoformat()}"
    return _usual(technician, technician.starts_from)


def end_place(technician: Technician, shift: Shift) -> str:
    """Return the name of the place a shift ends at."""
    if shift.end_at is not None:
        return f"end:{technician.technician_id}:{shift.day.isoformat()}"
    return _usual(technician, technician.ends_at)


def _usual(technician: Technician, where: str) -> str:
    return f"home:{technician.technician_id}" if where == "home" else f"branch:{technician.branch_id}"


def place_book(scenario: Scenario) -> dict[str, Place]:
    """Return every place of the scenario by its name.

    Names are ``branch:ID``, ``home:TECHNICIAN``, ``job:ID``, and ``start:TECHNICIAN:DAY`` or
    ``end:TECHNICIAN:DAY`` for shifts with places of their own.
    """
    book = {f"branch:{branch.branch_id}": branch.place for branch in scenario.branches}
    for technician in scenario.technicians:
        if technician.home is not None:
            book[f"home:{technician.technician_id}"] = technician.home
        for shift in technician.shifts or ():
            if shift.start_at is not None:
                book[start_place(technician, shift)] = shift.start_at
            if shift.end_at is not None:
                book[end_place(technician, shift)] = shift.end_at
    for job in scenario.jobs:
        book[f"job:{job.job_id}"] = job.place
    return book
