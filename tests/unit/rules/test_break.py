"""BREAK."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from optimizer.domain.plan import Plan, Rest, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import BreakRule, Shift, Technician
from optimizer.domain.time import DaySpan
from optimizer.rules.break_ import RULE, BreakParams
from optimizer.rules.draft import RestSpan
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
)
from tests.unit.rules.recording import Recording

T1 = ShiftKey("T1", DAY)


def away(start: str, end: str) -> DaySpan:
    return DaySpan(start=time.fromisoformat(start), end=time.fromisoformat(end))


def worker(**given: Any) -> Technician:
    return technician(shifts=(Shift(day=DAY, **given),))


def said(of: Scenario) -> list[RestSpan]:
    draft = Recording(of)
    RULE.compile(of, BreakParams(), draft)
    assert len(draft.calls) == len(draft.breaks) <= 1
    return draft.breaks.get(T1, [])


def midday(opens: str, closes: str, minutes: int = 40) -> RestSpan:
    return RestSpan("break", at(opens), at(closes), 60 * minutes)


def absence(start: str, minutes: int) -> RestSpan:
    return RestSpan("absence", at(start), at(start), 60 * minutes)


def rest(start: str, end: str, kind: Any = "break") -> Rest:
    return Rest(kind=kind, start=at(start), end=at(end))


def morning(*rests: Rest) -> ShiftPlan:
    """Return a day that is over at 10:20, with rests after it."""
    return shift_plan([stop("J1", at("09:10"), at("10:10"))], rests=rests)


def test_compile_says_the_midday_break() -> None:
    assert said(scenario()) == [midday("12:00", "13:30")]


def test_own_break_or_none() -> None:
    own = BreakRule(minutes=20, begins=away("11:00", "11:30"))
    assert said(scenario([worker(rest=own)])) == [midday("11:00", "11:30", 20)]
    assert said(scenario([worker(rest="none")])) == []


@pytest.mark.parametrize(
    ("start", "end", "now", "expected"),
    [
        ("09:00", "12:39", None, []),  # 12:00 + 40 min is beyond the end
        ("09:00", "12:40", None, [midday("12:00", "12:00")]),  # just fits
        ("09:00", "13:30", None, [midday("12:00", "12:50")]),  # ends by the regular end
        ("12:30", "18:00", None, [midday("12:30", "13:30")]),
        ("13:31", "18:00", None, []),
        ("09:00", "18:00", "13:10", [midday("13:10", "13:30")]),
        ("09:00", "18:00", "13:31", []),  # the window is over
    ],
)
def test_break_lies_in_what_is_left_of_the_shift(
    start: str, end: str, now: str | None, expected: list[RestSpan]
) -> None:
    who = worker(start=time.fromisoformat(start), end=time.fromisoformat(end))
    assert said(scenario([who], now=at(now) if now else None)) == expected


@pytest.mark.parametrize(
    ("absences", "expected"),
    [
        # not in the way
        ([("15:00", "16:00")], [midday("12:00", "13:30"), absence("15:00", 60)]),
        # before: 12:00 to 12:50 − 40 min = 10 min; after: 13:00 to 13:30 = 30 min
        ([("12:50", "13:00")], [absence("12:50", 10), midday("13:00", "13:30")]),
        # before: 12:00 to 13:20 − 40 min = 40 min; after: 13:25 to 13:30 = 5 min
        ([("13:20", "13:25")], [midday("12:00", "12:40"), absence("13:20", 5)]),
        # only 30 min before, and nothing of the window after: no break is due
        ([("12:30", "14:00")], [absence("12:30", 90)]),
        # between two absences: 12:20 to 13:10 − 40 min = 10 min; after: 13:28 to 13:30 = 2 min
        (
            [("11:00", "12:20"), ("13:10", "13:28")],
            [absence("11:00", 80), midday("12:20", "12:30"), absence("13:10", 18)],
        ),
        # cut at the shift's start, at its latest end (20:00), and dropped beyond
        (
            [("08:00", "09:30"), ("19:00", "21:00")],
            [absence("09:00", 30), midday("12:00", "13:30"), absence("19:00", 60)],
        ),
        ([("06:00", "08:00"), ("20:00", "21:00")], [midday("12:00", "13:30")]),
    ],
)
def test_absences(absences: list[tuple[str, str]], expected: list[RestSpan]) -> None:
    who = worker(absences=tuple(away(*one) for one in absences))
    assert said(scenario([who])) == expected


def test_now_inside_an_absence() -> None:
    who = worker(absences=(away("10:00", "11:00"),))
    assert said(scenario([who], now=at("10:45"))) == [absence("10:45", 15), midday("12:00", "13:30")]


def test_night_shift_rests_after_midnight() -> None:
    own = BreakRule(minutes=30, begins=away("01:00", "02:00"))
    who = worker(start=time(22), end=time(6), rest=own, absences=(away("03:00", "03:30"),))
    assert said(scenario([who])) == [
        RestSpan("break", at("01:00", NEXT_DAY), at("02:00", NEXT_DAY), 1800),
        RestSpan("absence", at("03:00", NEXT_DAY), at("03:00", NEXT_DAY), 1800),
    ]


def test_kept() -> None:
    of = scenario([worker(absences=(away("15:00", "16:00"),))])
    made = plan(of, [morning(rest("13:30", "14:10"), rest("15:00", "16:00", "absence"))])
    assert list(RULE.check(of, BreakParams(), made)) == []


def finding_of(of: Scenario, made: Plan) -> tuple[float, float, float]:
    (finding,) = RULE.check(of, BreakParams(), made)
    assert (finding.code, finding.technician_id, finding.day, finding.unit) == ("BREAK", "T1", DAY, "min")
    assert RULE.advise(finding).endswith(".")
    return finding.measured, finding.limit, finding.over


def test_no_break() -> None:
    of = scenario()
    assert finding_of(of, plan(of, [morning()])) == (0, 40, 40)


def test_break_too_short() -> None:
    of = scenario()
    assert finding_of(of, plan(of, [morning(rest("12:00", "12:25"))])) == (25, 40, 15)


def test_break_outside_its_window() -> None:
    of = scenario()
    # minutes from midnight: begins 13:37 = 817, the window closes 13:30 = 810
    assert finding_of(of, plan(of, [morning(rest("13:37", "14:17"))])) == (817, 810, 7)
    assert finding_of(of, plan(of, [morning(rest("11:55", "12:35"))])) == (715, 720, 5)


def test_work_during_the_break() -> None:
    of = scenario()
    busy = shift_plan([stop("J1", at("12:20"), at("13:20"))], rests=[rest("12:25", "13:05")])
    assert finding_of(of, plan(of, [busy])) == (40, 0, 40)
    driving = shift_plan([stop("J1", at("12:20"), at("13:20"))], rests=[rest("13:27", "14:07")])
    # the drive home takes 13:20 to 13:30: 3 min of the break
    assert finding_of(of, plan(of, [driving])) == (3, 0, 3)


def test_absence_not_kept_in_full() -> None:
    of = scenario([worker(rest="none", absences=(away("15:00", "16:00"),))])
    assert finding_of(of, plan(of, [morning()])) == (0, 60, 60)
    assert finding_of(of, plan(of, [morning(rest("15:00", "15:50", "absence"))])) == (50, 60, 10)
    assert finding_of(of, plan(of, [morning(rest("15:10", "16:10", "absence"))])) == (0, 60, 60)


def test_no_break_due_no_finding() -> None:
    of = scenario([worker(end=time(12, 30))])
    assert list(RULE.check(of, BreakParams(), plan(of, [morning()]))) == []
    of = scenario([worker(absences=(away("12:30", "14:00"),))])
    made = plan(of, [morning(rest("12:30", "14:00", "absence"))])
    assert list(RULE.check(of, BreakParams(), made)) == []


def served_and_rests(of: Scenario) -> tuple[int, list[tuple[str, datetime, timedelta]]]:
    made = solved(of)
    (day,) = made.shifts
    return len(day.stops), [(one.kind, one.start, one.end - one.start) for one in day.rests]


def test_solve_honours_it() -> None:
    # 09:00–13:00: 10 min there, 3 × 60 min at one place, 10 min back: 200 min + 40 min of break = 240 min
    jobs = [job(job_id=f"J{i}") for i in range(3)]
    short = {"overtime_limit_min": 0}
    served, rests = served_and_rests(scenario([worker(end=time(13))], jobs, rules={"SHIFT": short}))
    assert served == 3
    # the break begins between 12:00 and 13:00 − 40 min = 12:20; the last job is done at 12:10
    assert [(kind, length) for kind, _, length in rests] == [("break", timedelta(minutes=40))]
    assert at("12:00") <= rests[0][1] <= at("12:20")
    served, _ = served_and_rests(scenario([worker(end=time(12, 55))], jobs, rules={"SHIFT": short}))
    assert served == 2


def test_solve_honours_an_absence() -> None:
    # 09:00–13:00 without break; away 10:30–11:30: before it 60 min of work fit, after it 60 min
    who = worker(end=time(13), rest="none", absences=(away("10:30", "11:30"),))
    jobs = [job(job_id=f"J{i}") for i in range(3)]
    served, rests = served_and_rests(scenario([who], jobs, rules={"SHIFT": {"overtime_limit_min": 0}}))
    assert served == 2
    assert rests == [("absence", at("10:30"), timedelta(minutes=60))]
