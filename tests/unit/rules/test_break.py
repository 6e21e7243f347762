"""BREAK."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from optimizer.domain.plan import Plan, Rest, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import BreakRule, Shift, Technician
from optimizer.domain.time import DaySpan, Window
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
    # inside 12:00–13:30: begins by 13:30 − 40 min = 12:50
    assert said(scenario()) == [midday("12:00", "12:50")]


def test_own_break_or_none() -> None:
    # inside 11:00–11:30: begins by 11:30 − 20 min = 11:10
    own = BreakRule(minutes=20, inside=away("11:00", "11:30"))
    assert said(scenario([worker(rest=own)])) == [midday("11:00", "11:10", 20)]
    assert said(scenario([worker(rest="none")])) == []


def test_own_break_fits_its_span() -> None:
    exact = BreakRule(minutes=30, inside=away("11:00", "11:30"))
    assert said(scenario([worker(rest=exact)])) == [midday("11:00", "11:00", 30)]
    with pytest.raises(ValidationError, match="the rest is longer than the span"):
        BreakRule(minutes=31, inside=away("11:00", "11:30"))


@pytest.mark.parametrize(
    ("start", "end", "now", "expected"),
    [
        ("09:00", "12:39", None, []),  # 12:00 + 40 min is beyond the end
        ("09:00", "12:40", None, [midday("12:00", "12:00")]),  # just fits
        ("09:00", "13:15", None, [midday("12:00", "12:35")]),  # ends by the regular end
        ("09:00", "13:30", None, [midday("12:00", "12:50")]),  # ends by the end of both
        ("12:30", "18:00", None, [midday("12:30", "12:50")]),
        ("12:51", "18:00", None, []),  # 12:51 + 40 min is beyond 13:30
        ("09:00", "18:00", "12:50", [midday("12:50", "12:50")]),
        ("09:00", "18:00", "12:51", []),  # too late for the window
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
        ([("15:00", "16:00")], [midday("12:00", "12:50"), absence("15:00", 60)]),
        # before: 12:00 + 40 min > 12:10; after: it begins from 12:30 to 12:50
        ([("12:10", "12:30")], [absence("12:10", 20), midday("12:30", "12:50")]),
        # before: it begins from 12:00 to 13:00 − 40 min = 12:20; after: 13:05 + 40 min > 13:30
        ([("13:00", "13:05")], [midday("12:00", "12:20"), absence("13:00", 5)]),
        # 10 min fit before and 35 min after: no break is due
        ([("12:10", "12:55")], [absence("12:10", 45)]),
        # between two absences: it begins from 12:20 to 13:10 − 40 min = 12:30
        (
            [("11:00", "12:20"), ("13:10", "13:28")],
            [absence("11:00", 80), midday("12:20", "12:30"), absence("13:10", 18)],
        ),
        # cut at the shift's start, at its latest end (20:00), and dropped beyond
        (
            [("08:00", "09:30"), ("19:00", "21:00")],
            [absence("09:00", 30), midday("12:00", "12:50"), absence("19:00", 60)],
        ),
        ([("06:00", "08:00"), ("20:00", "21:00")], [midday("12:00", "12:50")]),
    ],
)
def test_absences(absences: list[tuple[str, str]], expected: list[RestSpan]) -> None:
    who = worker(absences=tuple(away(*one) for one in absences))
    assert said(scenario([who])) == expected


def test_an_absence_that_leaves_room_on_both_sides() -> None:
    # own window 11:30–14:00, 30 min; before: it begins from 11:30 to 12:10 − 30 min = 11:40, 10 min of choice;
    # after: from 12:40 to 14:00 − 30 min = 13:30, 50 min of choice
    own = BreakRule(minutes=30, inside=away("11:30", "14:00"))
    who = worker(rest=own, absences=(away("12:10", "12:40"),))
    assert said(scenario([who])) == [absence("12:10", 30), midday("12:40", "13:30", 30)]


def test_now_inside_an_absence() -> None:
    who = worker(absences=(away("10:00", "11:00"),))
    assert said(scenario([who], now=at("10:45"))) == [absence("10:45", 15), midday("12:00", "12:50")]


def test_night_shift_rests_after_midnight() -> None:
    # after midnight inside 01:00–02:00: begins by 02:00 − 30 min = 01:30
    own = BreakRule(minutes=30, inside=away("01:00", "02:00"))
    who = worker(start=time(22), end=time(6), rest=own, absences=(away("03:00", "03:30"),))
    assert said(scenario([who])) == [
        RestSpan("break", at("01:00", NEXT_DAY), at("01:30", NEXT_DAY), 1800),
        RestSpan("absence", at("03:00", NEXT_DAY), at("03:00", NEXT_DAY), 1800),
    ]


def test_kept() -> None:
    of = scenario([worker(absences=(away("15:00", "16:00"),))])
    for midday_rest in (rest("12:00", "12:40"), rest("12:50", "13:30"), rest("12:00", "13:30")):
        made = plan(of, [morning(midday_rest, rest("15:00", "16:00", "absence"))])
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
    # minutes from midnight: ends 13:37 = 817, the window closes 13:30 = 810
    assert finding_of(of, plan(of, [morning(rest("12:57", "13:37"))])) == (817, 810, 7)
    # all of it after the window: ends 14:10 = 850, 40 min late
    assert finding_of(of, plan(of, [morning(rest("13:30", "14:10"))])) == (850, 810, 40)
    # begins 11:55 = 715, the window opens 12:00 = 720
    assert finding_of(of, plan(of, [morning(rest("11:55", "12:35"))])) == (715, 720, 5)


def test_break_longer_than_its_window() -> None:
    of = scenario()
    early, late = RULE.check(of, BreakParams(), plan(of, [morning(rest("11:50", "13:45"))]))
    # begins 11:50 = 710, 10 min before 12:00 = 720; ends 13:45 = 825, 15 min after 13:30 = 810
    assert (early.measured, early.limit, early.over) == (710, 720, 10)
    assert (late.measured, late.limit, late.over) == (825, 810, 15)


def test_night_break_is_measured_by_the_window_after_midnight() -> None:
    own = BreakRule(minutes=30, inside=away("01:00", "02:00"))
    of = scenario([worker(start=time(22), end=time(6), rest=own)])
    late = Rest(kind="break", start=at("01:36", NEXT_DAY), end=at("02:06", NEXT_DAY))
    # minutes from the first midnight: 24 h + 2 h 06 = 1566, the window closes at 24 h + 2 h = 1560
    night = shift_plan([stop("J1", at("22:10"), at("23:10"))], rests=[late])
    assert finding_of(of, plan(of, [night])) == (1566, 1560, 6)


def test_work_during_the_break() -> None:
    of = scenario()
    busy = shift_plan([stop("J1", at("12:20"), at("13:20"))], rests=[rest("12:25", "13:05")])
    assert finding_of(of, plan(of, [busy])) == (40, 0, 40)
    driving = shift_plan([stop("J1", at("11:40"), at("12:40"))], rests=[rest("12:47", "13:27")])
    # the drive home takes 12:40 to 12:50: 3 min of the break
    assert finding_of(of, plan(of, [driving])) == (3, 0, 3)


def test_absence_not_kept_in_full() -> None:
    of = scenario([worker(rest="none", absences=(away("15:00", "16:00"),))])
    assert finding_of(of, plan(of, [morning()])) == (0, 60, 60)
    assert finding_of(of, plan(of, [morning(rest("15:00", "15:50", "absence"))])) == (50, 60, 10)
    assert finding_of(of, plan(of, [morning(rest("15:10", "16:10", "absence"))])) == (0, 60, 60)


def test_no_break_due_no_finding() -> None:
    of = scenario([worker(end=time(12, 30))])
    assert list(RULE.check(of, BreakParams(), plan(of, [morning()]))) == []
    # 12:10 leaves 10 min before, 12:55 leaves 35 min after
    of = scenario([worker(absences=(away("12:10", "12:55"),))])
    made = plan(of, [morning(rest("12:10", "12:55", "absence"))])
    assert list(RULE.check(of, BreakParams(), made)) == []
    # 12:50 leaves exactly 40 min after
    of = scenario([worker(absences=(away("12:10", "12:50"),))])
    made = plan(of, [morning(rest("12:10", "12:50", "absence"))])
    assert finding_of(of, made) == (0, 40, 40)


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


def test_solve_ends_the_break_inside_its_window() -> None:
    # 09:00–18:00: 10 min there, then 160 min twice at one place. After the first, 11:50, the second would run to
    # 14:30, beyond the window: the break comes between them, from 12:00 to 12:40, and the second is done at 15:20.
    jobs = [job(job_id=f"J{i}", duration_min=160) for i in range(2)]
    made = solved(scenario(jobs=jobs))
    (day,) = made.shifts
    assert [(one.start, one.end) for one in day.rests] == [(at("12:00"), at("12:40"))]
    assert [one.end for one in day.stops] == [at("11:50"), at("15:20")]


def test_solve_leaves_out_what_would_push_the_break_out_of_its_window() -> None:
    # a job of 200 min from 09:30 ends at 12:50, just in time for 40 min by 13:30; from 09:31 it ends too late
    for clock, served in (("09:30", 1), ("09:31", 0)):
        window = Window(start=at(clock), end=at(clock))
        made = solved(scenario(jobs=[job(duration_min=200, windows=(window,))]))
        assert sum(len(day.stops) for day in made.shifts) == served


def test_solve_honours_an_absence() -> None:
    # 09:00–13:00 without break; away 10:30–11:30: before it 60 min of work fit, after it 60 min
    who = worker(end=time(13), rest="none", absences=(away("10:30", "11:30"),))
    jobs = [job(job_id=f"J{i}") for i in range(3)]
    served, rests = served_and_rests(scenario([who], jobs, rules={"SHIFT": {"overtime_limit_min": 0}}))
    assert served == 2
    assert rests == [("absence", at("10:30"), timedelta(minutes=60))]
