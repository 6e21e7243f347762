"""Working days beyond the planned ones."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.study import Variant
from optimizer.domain.technician import Shift
from optimizer.domain.time import DaySpan
from optimizer.whatif.rhythm import with_shifts_on
from optimizer.whatif.variants.apply import variant_scenario
from tests.unit.rules.build import DAY, scenario, technician

THREE_WEEKS = [DAY + timedelta(days=number) for number in range(21)]


def worked(made: Scenario) -> list[date]:
    return [one.day for one in made.technicians[0].shifts or ()]


def test_who_works_as_usual_does_so_on_every_working_day() -> None:
    calendar = HolidayCalendar(free_weekdays=(6, 7))
    off, late = Shift(day=THREE_WEEKS[0], start=time(9)), Shift(day=THREE_WEEKS[2], start=time(12))
    usual = technician(shifts=None)
    but_two = technician(shifts=(off, late)).model_copy(update={"usual_otherwise": True})
    for one, own in ((usual, {}), (but_two, {off.day: off, late.day: late})):
        known = scenario([one]).model_copy(update={"calendar": calendar})
        made = with_shifts_on(known, THREE_WEEKS)
        assert worked(made) == [day for day in THREE_WEEKS if day.isoweekday() < 6]
        assert list(made.technicians[0].shifts or ()) == [
            own.get(day, Shift(day=day)) for day in worked(made)
        ]


CHANGES: list[dict[str, Any]] = [
    {"kind": "overtime_limit", "minutes": 180},
    {"kind": "shift_times", "start": "07:00", "end": "15:00"},
    {"kind": "part_time", "who": {}, "hours": {"start": "09:00", "end": "13:00"}},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: str(one["kind"]))
@pytest.mark.parametrize("shifts", [None, (Shift(day=DAY),)], ids=["usual", "written"])
def test_a_change_of_shifts_is_one_of_all_days(
    change: dict[str, Any], shifts: tuple[Shift, ...] | None
) -> None:
    base = with_shifts_on(scenario([technician(shifts=shifts)]), THREE_WEEKS)
    (patch,) = Variant.model_validate({"name": "v", "changes": [change]}).changes
    changed = variant_scenario(base, (patch,))
    assert worked(changed) == worked(base) == THREE_WEEKS
    first, *others = (one.model_copy(update={"day": DAY}) for one in changed.technicians[0].shifts or ())
    assert first != Shift(day=DAY)
    assert all(one == first for one in others)


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
