"""NO_SHOW."""

from datetime import datetime, time, timedelta

import pytest
from pydantic import ValidationError

from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, Shift, Technician
from optimizer.rules.no_show import RULE, NoShowParams, late_clock_ins
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    near_and_far,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = NoShowParams()
DONE = [shift_plan([stop("J1", at("12:30"), at("13:30"))])]


def present(clocked_in: datetime | None = None, *, start: time = time(9)) -> Technician:
    """Return a technician with one shift and a record of that day."""
    record = Attendance(day=DAY, clocked_in_at=clocked_in)
    return technician(attendance=(record,), shifts=(Shift(day=DAY, start=start),))


def absent(of: Scenario) -> bool:
    """Tell whether the shift of T1 gets no work, the same for search and check."""
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    found = list(RULE.check(of, PARAMS, plan(of, DONE)))
    assert bool(found) == (draft.forbidden == {("J1", ShiftKey("T1", DAY))})
    return bool(found)


@pytest.mark.parametrize(
    ("start", "now", "expected"),
    [
        (time(9), at("09:59:59"), False),  # nothing yet
        (time(9), at("10:00"), True),
        (time(9, 59), at("10:00"), True),
        (time(10), at("10:59:59"), False),  # a shift from 10:00 on has an hour from its start
        (time(10), at("11:00"), True),
        (time(13), at("13:59"), False),
        (time(13), at("14:00"), True),
        (time(9), at("15:00") - timedelta(days=1), False),
        (time(9), at("08:00", NEXT_DAY), True),
        (time(9), None, False),
    ],
)
def test_absent_from_the_limit_on(start: time, now: datetime | None, expected: bool) -> None:
    assert absent(scenario([present(start=start)], now=now)) == expected


def test_without_a_record_of_that_day_nothing_is_known() -> None:
    assert not absent(scenario([technician()], now=at("12:00")))
    tomorrow = technician(attendance=(Attendance(day=NEXT_DAY),))
    assert not absent(scenario([tomorrow], now=at("12:00")))


@pytest.mark.parametrize("clock", ["08:50", "09:40", "11:30"])
def test_who_came_is_not_absent(clock: str) -> None:
    assert not absent(scenario([present(at(clock))], now=at("12:00")))


def test_two_jobs_of_somebody_absent() -> None:
    of = scenario([present()], [job(), job(job_id="J2")], now=at("12:00"))
    made = plan(
        of, [shift_plan([stop("J1", at("12:30"), at("13:30")), stop("J2", at("14:00"), at("15:00"))])]
    )
    (finding,) = RULE.check(of, PARAMS, made)
    assert (finding.code, finding.technician_id, finding.day) == ("NO_SHOW", "T1", DAY)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 0, 2, "jobs")
    assert finding.sentence == "T1 has not clocked in by 2026-07-15 10:00 but has 2 jobs."
    assert "T1" in RULE.advise(finding)


def test_only_the_day_of_the_record_is_lost() -> None:
    of = scenario([technician(attendance=(Attendance(day=DAY),))], days=2, now=at("10:00"))
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.forbidden == {("J1", ShiftKey("T1", DAY))}


def test_a_night_shift_has_an_hour_from_its_start() -> None:
    night = technician(
        attendance=(Attendance(day=DAY),), shifts=(Shift(day=DAY, start=time(22), end=time(6)),)
    )
    assert not absent(scenario([night], now=at("22:59")))
    assert absent(scenario([night], now=at("23:00")))


@pytest.mark.parametrize(
    ("start", "clock", "late"),
    [
        (time(9), "08:50", False),
        (time(9), "09:00", False),
        (time(9), "09:00:01", True),
        (time(9), "11:30", True),
        (time(8), "08:40", False),  # not late before 09:00
        (time(10, 30), "10:30", False),
        (time(10, 30), "10:45", True),
    ],
)
def test_late_clock_ins(start: time, clock: str, late: bool) -> None:
    of = scenario([present(at(clock), start=start)])
    seconds = round((at(clock) - at("00:00")).total_seconds())
    assert late_clock_ins(of) == ({ShiftKey("T1", DAY): seconds} if late else {})


def test_switched_off_nobody_is_late() -> None:
    of = scenario([present(at("11:00"))], rules={"NO_SHOW": {"active": False}})
    assert late_clock_ins(of) == {}


def test_clock_ins_of_another_day_are_a_mistake() -> None:
    for clocked_in, wrong in (
        (at("00:30", NEXT_DAY), False),  # a night shift
        (at("23:50", DAY - timedelta(days=1)), False),
        (at("09:00", DAY + timedelta(days=2)), True),
    ):
        issues = list(RULE.validate(scenario([present(clocked_in)]), PARAMS))
        assert [(one.code, one.path) for one in issues] == (
            [("clocked-in-another-day", "technicians[0].attendance[0].clocked_in_at")] if wrong else []
        )


def test_limits_in_order() -> None:
    with pytest.raises(ValidationError, match="absent_from is not after late_from"):
        NoShowParams(late_from=time(10), absent_from=time(10))


def test_solve_honours_it() -> None:
    near = technician(attendance=(Attendance(day=DAY),))
    far = technician(technician_id="T2", branch_id="B2")
    of = near_and_far(near, far, [job()])
    for clock, who in (("09:59", "T1"), ("10:00", "T2")):
        assert who_does(solved(of.model_copy(update={"now": at(clock)}))) == {"J1": who}


def test_solve_starts_after_a_late_clock_in() -> None:
    made = solved(scenario([present(at("09:25"))]))
    assert made.shifts[0].departure == at("09:25")
