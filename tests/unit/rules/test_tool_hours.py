"""When shared tools are out."""

from datetime import datetime, time
from typing import Any

from optimizer.domain.technician import Shift
from optimizer.rules.tool_hours import tool_hours
from tests.unit.rules.build import DAY, NEXT_DAY, at, scenario, technician

HOUR = 3600


def hours(*shifts: Shift, before_min: int = 60, after_min: int = 30, **facts: Any) -> dict[Any, Any]:
    people = [technician(technician_id=f"T{i}", shifts=(one,)) for i, one in enumerate(shifts)]
    of = scenario(people, [], days=2, **facts)
    return tool_hours(of, before_min=before_min, after_min=after_min)


def test_around_the_first_and_the_last_of_a_day() -> None:
    early = Shift(day=DAY, start=time(7), end=time(15))
    late = Shift(day=DAY, start=time(12), end=time(20), overtime_limit_min=0)
    # 07:00 − 1 h; 20:00 + 30 min, which is later than 15:00 + 2 h of overtime
    assert hours(early, late) == {DAY: (6 * HOUR, 20 * HOUR + 1800)}
    usual = Shift(day=DAY, start=time(12), end=time(20))
    assert hours(early, usual) == {DAY: (6 * HOUR, 22 * HOUR + 1800)}


def test_not_before_midnight_of_the_first_day() -> None:
    first = Shift(day=DAY, start=time(0, 30), end=time(8), overtime_limit_min=0)
    assert hours(first) == {DAY: (0, 8 * HOUR + 1800)}


def test_a_night_ends_before_the_next_day_begins() -> None:
    night = Shift(day=DAY, start=time(22), end=time(7), overtime_limit_min=120)
    day = Shift(day=NEXT_DAY, overtime_limit_min=0)
    # the night would reach 09:30 on the next day, whose tools leave at 08:00
    assert hours(night, day) == {DAY: (21 * HOUR, 32 * HOUR), NEXT_DAY: (32 * HOUR, 42 * HOUR + 1800)}


def test_nothing_leaves_before_the_present_time() -> None:
    shifts = [Shift(day=DAY, overtime_limit_min=0), Shift(day=NEXT_DAY, overtime_limit_min=0)]
    next_day = (32 * HOUR, 42 * HOUR + 1800)

    def known(now: datetime) -> dict[Any, Any]:
        return hours(*shifts, now=now)

    assert known(at("11:00")) == {DAY: (11 * HOUR, 18 * HOUR + 1800), NEXT_DAY: next_day}
    assert known(at("18:30")) == {NEXT_DAY: next_day}


def test_nobody_works() -> None:
    assert hours() == {}
