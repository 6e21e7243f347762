"""The roster: who has a shift on which planned day."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.kept import Kept
from optimizer.domain.place import Place
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Shift, Technician
from optimizer.domain.time import Horizon


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


class _Frame(NamedTuple):
    """What a technician's roster hangs on besides the technician."""

    horizon: Horizon
    calendar: HolidayCalendar
    time_zone: str


class _Worked(NamedTuple):
    """A shift with its regular hours as moments; it does not name its technician, who could not go otherwise."""

    shift: Shift
    start: datetime
    end: datetime


_ROSTERS: Final = Kept[tuple[RosterShift, ...]]()
_WORKED: Final = Kept[list[tuple[_Frame, tuple[_Worked, ...]]]]()
# The parts of a scenario have the same technicians: so what is said of a technician is kept too, for the last frame.


def roster(scenario: Scenario) -> tuple[RosterShift, ...]:
    """Return all shifts of the horizon, by technician in file order, then by day.

    Parameters
    ----------
    scenario : the question
    """
    return _ROSTERS.of(scenario, lambda: _roster(scenario))


def _roster(scenario: Scenario) -> tuple[RosterShift, ...]:
    frame = _Frame(scenario.horizon, scenario.calendar, scenario.time_zone)
    working: list[Shift] | None = None
    found: list[RosterShift] = []
    for technician in scenario.technicians:
        kept = _WORKED.of(technician, list)
        if not kept or kept[0][0] != frame:
            if working is None:
                worked = WorkingDays(frame.calendar)
                working = [Shift(day=day) for day in frame.horizon.dates() if day in worked]
            kept[:] = [(frame, tuple(_worked(technician, frame, working)))]
        found.extend(
            RosterShift(ShiftKey(technician.technician_id, one.shift.day), technician, *one)
            for one in kept[0][1]
        )
    return tuple(found)


def _worked(technician: Technician, frame: _Frame, working: Sequence[Shift]) -> Iterator[_Worked]:
    """Yield the shifts of one technician; the usual ones are on working days."""
    days, zone = frame.horizon.dates(), ZoneInfo(frame.time_zone)
    shifts = list(technician.shifts or ())
    if technician.shifts is None or technician.usual_otherwise:
        own = {shift.day for shift in shifts}
        shifts.extend(shift for shift in working if shift.day not in own)
    for shift in sorted(shifts, key=_day_of):
        if shift.day not in days:
            continue
        last = shift.day if shift.end > shift.start else shift.day + timedelta(days=1)
        yield _Worked(
            shift,
            datetime.combine(shift.day, shift.start, tzinfo=zone),
            datetime.combine(last, shift.end, tzinfo=zone),
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


def site_book(scenario: Scenario) -> dict[str, Hashable]:
    """Return a mark for every place of the scenario by its name; who goes between places of one mark stays on site.

    Places with the same coordinates are one site, unless somebody starts from there who has nothing set up yet.

    Parameters
    ----------
    scenario : the question
    """
    to_set_up = {
        start_place(technician, shift)
        for technician in scenario.technicians
        for shift in technician.shifts or ()
        if shift.so_far is not None and shift.so_far.to_set_up
    }
    places = place_book(scenario).items()
    return {name: name if name in to_set_up else (place.lat, place.lon) for name, place in places}
