"""The question of the days after a closed one: what is over is gone, what was agreed for later stays."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.job import Job
from optimizer.domain.promise import Pin
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, Shift, Technician
from optimizer.domain.time import Horizon
from optimizer.domain.travel import Matrix, Travel
from optimizer.replan.ledgers import Period, in_period

MOST_FREE_DAYS: Final = 60
"""So many days ahead the next working day is looked for."""

_PERIODS: Final[Mapping[str, Period]] = {
    "month_to_date": lambda day: (day.year, day.month),
    "week_to_date": lambda day: day.isocalendar()[:2],
}
"""The ledgers of a technician, and what days of one month or of one week from Monday on have in common."""


def next_horizon(scenario: Scenario, day: date, days: int | None) -> Horizon:
    """Return the days that are planned after a closed one.

    They begin with the next planned day. Where there is none, with the next day that is worked, by the calendar or by
    somebody's own shift.

    Parameters
    ----------
    scenario : the question that was planned
    day : the day that is closed
    days : how many; none: those planned already that are left, else one
    """
    left = [one for one in scenario.horizon.dates() if one > day]
    if left:
        return Horizon(first_day=left[0], days=days or len(left))
    worked = WorkingDays(scenario.calendar)
    rostered = {shift.day for one in scenario.technicians for shift in one.shifts or ()}
    ahead = [day + timedelta(days=1 + number) for number in range(MOST_FREE_DAYS)]
    first = next((one for one in ahead if one in worked or one in rostered), ahead[0])
    return Horizon(first_day=first, days=days or 1)


def with_same_shifts(scenario: Scenario, horizon: Horizon, day: date) -> Scenario:
    """Return the question in which people work on new days as on the closed one, where nothing else is written.

    Parameters
    ----------
    scenario : the question that was planned
    horizon : the days that are planned next; those that it did not plan are new
    day : the day that is closed
    """
    worked, planned = WorkingDays(scenario.calendar), scenario.horizon.dates()
    new = [one for one in horizon.dates() if one in worked and one not in planned]

    def change(one: Technician) -> Technician:
        written = {shift.day: shift for shift in one.shifts or ()}
        if day not in written or one.usual_otherwise:
            return one
        usual: dict[str, Any] = {"absences": (), "start_at": None, "end_at": None, "so_far": None}
        like = written[day].model_copy(update=usual)
        more = (like.model_copy(update={"day": later}) for later in new if later not in written)
        return one.model_copy(update={"shifts": (*(one.shifts or ()), *more)})

    return scenario.model_copy(update={"technicians": tuple(map(change, scenario.technicians))})


def reaching(scenario: Scenario, horizon: Horizon) -> Scenario:
    """Return the question with as many days as reach the end of later ones.

    Parameters
    ----------
    scenario : the question that was planned
    horizon : days that begin after it, or in it
    """
    first = scenario.horizon.first_day
    last = max(horizon.dates()[-1], scenario.horizon.dates()[-1])
    # not more than a fortnight is planned, but a closed day and the fortnight behind it are read together here
    wide = scenario.horizon.model_copy(update={"days": (last - first).days + 1})
    return scenario.model_copy(update={"horizon": wide})


def next_days(
    left: Scenario, horizon: Horizon, day: date, work: Mapping[ShiftKey, Ledger], visited: Iterable[Job]
) -> Scenario:
    """Return the question of the days after a closed one, jobs that wait for days behind them among it.

    Parameters
    ----------
    left : what is left of the question
    horizon : the days that are planned next
    day : the day that is closed
    work : what was done on the days that are over
    visited : the jobs that are done
    """
    opens = datetime.combine(horizon.first_day, time(), tzinfo=ZoneInfo(left.time_zone))
    seen = {job.customer.customer_id for job in visited if job.customer is not None}
    return left.model_copy(
        update={
            "horizon": horizon,
            "technicians": tuple(
                _technician(one, horizon.first_day, day, work, left.horizon.first_day)
                for one in left.technicians
            ),
            "jobs": tuple(_job(one, opens, day, seen) for one in left.jobs),
            "promises": tuple(
                one for one in left.promises if one.window.end.timestamp() >= opens.timestamp()
            ),
            "pins": tuple(_pins(left.pins, opens)),
            "approvals": tuple(one for one in left.approvals if one.day >= horizon.first_day),
            "travel": _travel(left.travel, day),
        }
    )


def _technician(
    one: Technician, first: date, day: date, work: Mapping[ShiftKey, Ledger], began: date
) -> Technician:
    """Return a technician with the days to come and the ledgers as they are on the first of them."""
    facts: dict[str, Any] = {
        "leave": tuple(span for span in one.leave if span.last_day >= first),
        "suspended": tuple(span for span in one.suspended if span.last_day >= first),
        "attendance": tuple(record for record in one.attendance if record.day > day),
    }
    if one.shifts is not None:
        shifts = tuple(shift for shift in one.shifts if shift.day > day)
        if one.usual_otherwise:
            shifts = tuple(shift for shift in shifts if shift != Shift(day=shift.day))
        written = bool(shifts) or not one.usual_otherwise
        facts["shifts"] = shifts if written else None
        facts["usual_otherwise"] = one.usual_otherwise and written
    for name, period in _PERIODS.items():
        before = getattr(one, name) if period(began) == period(first) else Ledger()
        facts[name] = in_period(before, work, one.technician_id, first, period)
    return one.model_copy(update=facts)


def _job(job: Job, opens: datetime, day: date, seen: set[str]) -> Job:
    """Return a job without appointments that are over; one that has none left may be served at any time."""
    facts: dict[str, Any] = {
        "windows": tuple(one for one in job.windows if one.end.timestamp() >= opens.timestamp())
    }
    if job.customer is not None and job.customer.customer_id in seen:
        facts["customer"] = job.customer.model_copy(update={"last_visit_on": day})
    return job.model_copy(update=facts)


def _pins(pins: Iterable[Pin], opens: datetime) -> Iterator[Pin]:
    """Yield the pins without days and times that are over; who was to come stays."""
    for pin in pins:
        over = (pin.day is not None and pin.day < opens.date()) or (
            pin.start is not None and pin.start.timestamp() < opens.timestamp()
        )
        if not over:
            yield pin
        elif pin.technician_id is not None:
            yield Pin(job_id=pin.job_id, technician_id=pin.technician_id)


def _travel(travel: Travel, day: date) -> Travel:
    """Return travel data without the places at which somebody was on a day that is over."""
    matrices = {means: _without_past(matrix, day) for means, matrix in travel.matrices.items()}
    return travel.model_copy(update={"matrices": matrices})


def _without_past(matrix: Matrix, day: date) -> Matrix:
    rows = [row for row, name in enumerate(matrix.places) if not _is_past(name, day)]
    return matrix.model_copy(
        update={
            "places": tuple(matrix.places[row] for row in rows),
            "seconds": tuple(tuple(matrix.seconds[a][b] for b in rows) for a in rows),
            "metres": tuple(tuple(matrix.metres[a][b] for b in rows) for a in rows),
        }
    )


def _is_past(place: str, day: date) -> bool:
    """Tell whether a place is where a shift of a day that is over began or ended, see `place_book`."""
    kind, _, rest = place.partition(":")
    return kind in ("start", "end") and rest.rpartition(":")[2] <= day.isoformat()
