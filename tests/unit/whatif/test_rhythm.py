"""Working days beyond the planned ones."""

from datetime import date, time, timedelta

from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import DaySpan
from optimizer.whatif.rhythm import with_shifts_on
from tests.unit.rules.build import DAY, scenario, technician

THREE_WEEKS = [DAY + timedelta(days=number) for number in range(21)]


def worked(made: Scenario) -> list[date]:
    return [one.day for one in made.technicians[0].shifts or ()]


def test_who_works_as_usual_needs_nothing_written() -> None:
    assert with_shifts_on(scenario(), THREE_WEEKS) == scenario()


def test_a_planned_week_repeats_itself() -> None:
    week = tuple(Shift(day=DAY + timedelta(days=number), start=time(8)) for number in (0, 2, 4))
    made = with_shifts_on(scenario([technician(shifts=week)], days=7), THREE_WEEKS)
    assert worked(made) == [
        DAY + timedelta(days=7 * turn + number) for turn in range(3) for number in (0, 2, 4)
    ]


def test_of_one_day_every_working_day_is_made() -> None:
    away = Shift(day=DAY, start=time(8), absences=(DaySpan(start=time(14), end=time(15)),))
    calendar = HolidayCalendar(free_weekdays=(6, 7))
    known = scenario([technician(shifts=(away,))]).model_copy(update={"calendar": calendar})
    made = with_shifts_on(known, THREE_WEEKS)
    assert worked(made) == [day for day in THREE_WEEKS if day.isoweekday() < 6]
    first, second, *_ = made.technicians[0].shifts or ()
    assert (first, second) == (away, Shift(day=THREE_WEEKS[1], start=time(8)))


def test_shifts_that_are_written_stay() -> None:
    later = Shift(day=THREE_WEEKS[3], start=time(12), end=time(20))
    made = with_shifts_on(scenario([technician(shifts=(Shift(day=DAY), later))]), THREE_WEEKS[:5])
    assert worked(made) == THREE_WEEKS[:5]
    assert (made.technicians[0].shifts or ())[3] == later


def test_who_does_not_work_goes_on_not_to() -> None:
    assert worked(with_shifts_on(scenario([technician(shifts=())]), THREE_WEEKS)) == []
