"""People's working days beyond the planned ones: a study simulates more days than one scenario plans."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician

_WEEK: Final = 7


def with_shifts_on(scenario: Scenario, days: Sequence[date]) -> Scenario:
    """Return the question in which everybody's shifts on further days are written.

    A whole planned week repeats itself: somebody works on a later day as on the planned day of the same weekday, or not
    at all. Of a shorter horizon nothing is known of the other weekdays: somebody works on them, where they are working
    days, as on the first planned day that was worked. What is said of single days (absences, other places to start
    from, work done) is not repeated, and shifts that are written stay. Who works the policy's usual shift works it on
    every working day that nothing else is written for.

    A study's base is made so before its changes: then a change of shifts is one of all simulated days. So usual shifts
    are written, too.

    Parameters
    ----------
    scenario : a valid scenario
    days : local dates, in order
    """
    worked = WorkingDays(scenario.calendar)
    planned = scenario.horizon.dates()
    new = [day for day in days if day not in planned and day in worked]
    usual = [Shift(day=day) for day in (*planned, *new) if day in worked]
    people = tuple(_written(scenario, one, new, usual) for one in scenario.technicians)
    return scenario.model_copy(update={"technicians": people})


def _written(scenario: Scenario, one: Technician, days: Sequence[date], usual: Sequence[Shift]) -> Technician:
    if one.lent_for is not None:
        return one
    own = one.shifts or ()
    written = {shift.day for shift in own}
    if one.shifts is None or one.usual_otherwise:
        more = [shift for shift in usual if shift.day not in written]
    else:
        alone = scenario.model_copy(update={"technicians": (one,)})
        known = {found.key.day: found.shift for found in roster(alone)}
        more = list(_shifts(scenario, known, [day for day in days if day not in written]))
    shifts = sorted((*own, *more), key=lambda shift: shift.day)
    return one.model_copy(update={"shifts": tuple(shifts), "usual_otherwise": False})


def _shifts(scenario: Scenario, known: dict[date, Shift], days: Sequence[date]) -> Iterator[Shift]:
    planned = scenario.horizon.dates()
    usual: dict[str, Any] = {"absences": (), "start_at": None, "end_at": None, "so_far": None}
    of_weekday = {day.isoweekday(): day for day in reversed(planned)}
    first = next((known[day] for day in planned if day in known), None)
    for day in days:
        like = known.get(of_weekday[day.isoweekday()]) if len(planned) >= _WEEK else first
        if like is not None:
            yield like.model_copy(update={**usual, "day": day})
