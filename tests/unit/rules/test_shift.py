"""SHIFT."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from optimizer.domain.plan import Rest, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Attendance, Shift
from optimizer.domain.time import Horizon
from optimizer.rules.hours import working_hours
from optimizer.rules.shift import RULE, ShiftParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    leg,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
)
from tests.unit.rules.recording import Bound, Recording

T1 = ShiftKey("T1", DAY)


def until(back: datetime, day: date = DAY) -> ShiftPlan:
    """Return a day with one job at 09:10 whose drive home arrives at `back`."""
    return shift_plan(
        [stop("J1", at("09:10", day), at("10:10", day))], day=day, last_leg=leg("job:J1", "branch:B1", back)
    )


def one_shift(**given: Any) -> Any:
    return technician(shifts=(Shift(day=DAY, **given),))


def test_kept_at_the_limits() -> None:
    of = scenario()
    # leaves 09:00 = the shift's start, back 20:00 = 18:00 + 120 min
    assert list(RULE.check(of, ShiftParams(), plan(of, [until(at("20:00"))]))) == []


def test_fifteen_minutes_beyond_the_overtime_limit() -> None:
    of = scenario()
    (finding,) = RULE.check(of, ShiftParams(), plan(of, [until(at("20:15"))]))
    assert (finding.code, finding.technician_id, finding.day) == ("SHIFT", "T1", DAY)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (135, 120, 15, "min")
    assert (
        finding.sentence == "T1 on 2026-07-15 ends 2 h 15 min after the shift's end; 2 h 00 min are allowed."
    )
    assert RULE.advise(finding).endswith(".")


def test_own_limit_wins_and_a_rest_after_the_last_drive_counts() -> None:
    of = scenario([one_shift(overtime_limit_min=30)])
    home = until(at("18:00"))
    rest = Rest(kind="absence", start=at("18:00"), end=at("18:40"))
    (finding,) = RULE.check(of, ShiftParams(), plan(of, [home.model_copy(update={"rests": (rest,)})]))
    assert (finding.measured, finding.limit, finding.over) == (40, 30, 10)


def test_leaving_five_minutes_early() -> None:
    of = scenario([one_shift(start=time(9, 5))])
    (finding,) = RULE.check(of, ShiftParams(), plan(of, [until(at("12:00"))]))
    assert (finding.over, finding.unit) == (5, "min")
    assert finding.sentence == "T1 on 2026-07-15 leaves 5 min before the shift can start."


def test_leaving_before_the_present_time() -> None:
    of = scenario(now=at("09:20"))
    (finding,) = RULE.check(of, ShiftParams(), plan(of, [until(at("12:00"))]))
    assert (finding.measured, finding.limit, finding.over) == (540, 560, 20)


def test_leaving_before_a_late_clock_in() -> None:
    late = technician(attendance=(Attendance(day=DAY, clocked_in_at=at("09:10")),))
    of = scenario([late])
    (finding,) = RULE.check(of, ShiftParams(), plan(of, [until(at("12:00"))]))
    assert (finding.measured, finding.limit, finding.over) == (540, 550, 10)
    draft = Recording(of)
    RULE.compile(of, ShiftParams(), draft)
    assert draft.bounds[T1].start == at("09:10")


def test_rest_before_the_next_shift() -> None:
    of = scenario([technician(min_rest_min=14 * 60)], days=2)
    # 19:00 to 09:00 are 14 h: kept; 19:30 leaves 13 h 30
    assert list(RULE.check(of, ShiftParams(), plan(of, [until(at("19:00"))]))) == []
    (finding,) = RULE.check(of, ShiftParams(), plan(of, [until(at("19:30"))]))
    assert (finding.measured, finding.limit, finding.over) == (13 * 60 + 30, 14 * 60, 30)
    assert list(RULE.check(of, ShiftParams(), plan(of, [until(at("19:30", NEXT_DAY), NEXT_DAY)]))) == []


def test_compile_bounds_every_shift() -> None:
    of = scenario([technician(min_rest_min=14 * 60)], days=2)
    draft = Recording(of)
    RULE.compile(of, ShiftParams(), draft)
    assert draft.bounds == {
        # 14 h before 09:00 of the next day is 19:00; nothing follows the second day
        T1: Bound(at("09:00"), at("18:00"), at("19:00")),
        ShiftKey("T1", NEXT_DAY): Bound(at("09:00", NEXT_DAY), at("18:00", NEXT_DAY), at("20:00", NEXT_DAY)),
    }
    assert not draft.forbidden


def test_compile_starts_now_and_forbids_what_is_over() -> None:
    of = scenario(days=2, now=at("20:00"))
    draft = Recording(of)
    RULE.compile(of, ShiftParams(), draft)
    assert draft.bounds[T1] == Bound(at("20:00"), at("18:00"), at("20:00"))
    assert draft.forbidden == {("J1", T1)}
    middle = scenario(now=at("11:30"))
    draft = Recording(middle)
    RULE.compile(middle, ShiftParams(overtime_limit_min=0), draft)
    assert draft.bounds[T1] == Bound(at("11:30"), at("18:00"), at("18:00"))


def test_night_shift_ends_on_the_next_day() -> None:
    of = scenario([one_shift(start=time(22), end=time(6))])
    draft = Recording(of)
    RULE.compile(of, ShiftParams(), draft)
    assert draft.bounds[T1] == Bound(at("22:00"), at("06:00", NEXT_DAY), at("08:00", NEXT_DAY))


def test_night_with_a_change_of_clocks_is_an_hour_shorter() -> None:
    # Berlin, 29 March 2026: the clocks go from 02:00 to 03:00
    first = date(2026, 3, 28)
    night = technician(shifts=(Shift(day=first, start=time(22), end=time(6)),))
    berlin = {"time_zone": "Europe/Berlin", "horizon": Horizon(first_day=first)}
    of = scenario([night]).model_copy(update=berlin)
    (hours,) = working_hours(of, 0).values()
    assert (hours.start_s, hours.end_s - hours.start_s) == (22 * 3600, 7 * 3600)


def test_no_shifts_no_verbs() -> None:
    of = scenario([])
    draft = Recording(of)
    RULE.compile(of, ShiftParams(), draft)
    assert draft.calls == []


@pytest.mark.parametrize(("limit_min", "served"), [(0, 1), (60, 2)])
def test_solve_honours_it(limit_min: int, served: int) -> None:
    # 10 min there, two jobs of 60 min at one place, 10 min back: 140 min in a shift of 90 min
    ends = one_shift(end=time(10, 30), rest="none")
    jobs = [job(job_id="J1"), job(job_id="J2")]
    of = scenario([ends], jobs, rules={"SHIFT": {"overtime_limit_min": limit_min}})
    made = solved(of)
    assert sum(len(one.stops) for one in made.shifts) == served
    latest = at("10:30") + timedelta(minutes=limit_min)
    assert made.shifts[0].departure >= at("09:00")
    assert made.shifts[0].last_leg.arrival <= latest
