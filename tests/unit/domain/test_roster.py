"""Who has a shift on which day."""

import gc
from datetime import time, timedelta

from optimizer.domain.roster import _WORKED, roster
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Shift, Technician
from tests.unit.rules.build import DAY, NEXT_DAY, scenario, technician

FREE = DAY + timedelta(days=2)
"""A Friday that is no working day."""


def shifts(one: Technician) -> list[tuple[int, time]]:
    """Return the days of the month and the starts of somebody's shifts on three days."""
    of: Scenario = scenario([one], days=3)
    free = of.model_copy(update={"calendar": HolidayCalendar(extra_free_days=(FREE,))})
    return [(shift.key.day.day, shift.shift.start) for shift in roster(free)]


def test_nothing_written_means_the_usual_shift_on_working_days() -> None:
    assert shifts(technician()) == [(15, time(9)), (16, time(9))]


def test_written_shifts_are_all_there_are() -> None:
    assert shifts(technician(shifts=(Shift(day=NEXT_DAY, start=time(7)),))) == [(16, time(7))]
    assert shifts(technician(shifts=())) == []


def test_or_they_stand_beside_the_usual_ones() -> None:
    early = Shift(day=NEXT_DAY, start=time(7))
    assert shifts(technician(shifts=(early,), usual_otherwise=True)) == [(15, time(9)), (16, time(7))]
    friday = Shift(day=FREE, start=time(10))
    assert shifts(technician(shifts=(friday,), usual_otherwise=True)) == [
        (15, time(9)),
        (16, time(9)),
        (17, time(10)),
    ]


def test_what_is_kept_of_people_goes_when_they_go() -> None:
    gc.collect()
    before = len(_WORKED)
    of = scenario([technician(), technician(technician_id="T2")])
    assert len(roster(of)) == 2
    assert len(_WORKED) == before + 2
    del of
    gc.collect()
    assert len(_WORKED) == before
