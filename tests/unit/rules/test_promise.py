"""PROMISE."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from optimizer.domain.job import Customer
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.rules.promise import RULE, PromiseParams, told_promises
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
)
from tests.unit.rules.recording import Recording

PARAMS = PromiseParams()
BEFORE = DAY - timedelta(days=1)


def promised(
    opens: str, closes: str, start: str | None = None, *, day: date = DAY, told: bool = True
) -> Promise:
    """Return a promise for J1; its start is the window's unless said."""
    window = Window(start=at(opens, day), end=at(closes, day))
    return Promise(job_id="J1", technician_id="T1", window=window, start=at(start or opens, day), told=told)


def breaches(of: Scenario, start: str, day: date = DAY) -> list[tuple[float, str]]:
    """Return what is found when J1 starts then: minutes and sentence."""
    made = plan(of, [shift_plan([stop("J1", at(start, day), at("17:00", day))], day=day)])
    return [(finding.over, finding.sentence) for finding in RULE.check(of, PARAMS, made)]


def narrowed(of: Scenario) -> list[tuple[tuple[datetime, datetime], ...]]:
    """Return what J1 is narrowed to."""
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    return draft.narrowed.get("J1", [])


@pytest.mark.parametrize("start", ["10:00", "10:30", "11:00"])
def test_kept_with_both_ends(start: str) -> None:
    assert breaches(scenario(promises=[promised("10:00", "11:00")]), start) == []


@pytest.mark.parametrize(
    ("start", "over", "words"),
    [
        ("09:40", 35, "35 min before the promised start"),  # the start behind the window is 10:15
        ("10:05", 10, "10 min before the promised start"),
        ("11:20", 20, "20 min after the promised window"),
    ],
)
def test_broken_by_minutes(start: str, over: float, words: str) -> None:
    of = scenario(promises=[promised("10:00", "11:00", "10:15")])
    assert breaches(of, start) == [(over, f"J1 starts 2026-07-15 {start}, {words}.")]


def test_the_finding_names_all() -> None:
    of = scenario(promises=[promised("10:00", "11:00")])
    made = plan(of, [shift_plan([stop("J1", at("11:20"), at("12:00"))])])
    (finding,) = RULE.check(of, PARAMS, made)
    assert (finding.code, finding.job_id, finding.technician_id, finding.day) == ("PROMISE", "J1", "T1", DAY)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (680, 660, 20, "min")
    assert "J1" in RULE.advise(finding)


def test_compile_narrows_to_window_and_start() -> None:
    assert narrowed(scenario(promises=[promised("10:00", "11:00", "10:15")])) == [
        ((at("10:15"), at("11:00")),)
    ]
    # a start before the window changes nothing
    early = promised("10:00", "11:00", "09:30")
    assert narrowed(scenario(promises=[early])) == [((at("10:00"), at("11:00")),)]


def test_internal_promises_bind_nobody() -> None:
    of = scenario(promises=[promised("10:00", "11:00", told=False)])
    assert narrowed(of) == []
    assert breaches(of, "15:00") == []


def test_a_promise_that_the_customer_is_asked_to_move_binds_nobody() -> None:
    asked = promised("10:00", "11:00").model_copy(update={"asked": True})
    of = scenario(promises=[asked])
    assert told_promises(of) == {"J1": asked}  # it was told, all the same
    assert narrowed(of) == []
    assert breaches(of, "15:00") == breaches(of, "09:10") == []
    again = scenario(promises=[asked, promised("14:00", "15:00")])
    assert narrowed(again) == [((at("14:00"), at("15:00")),)]
    assert breaches(again, "15:10")[0][0] == 10


def test_asked_stays_out_of_a_file_where_it_is_unset() -> None:
    one = promised("10:00", "11:00")
    assert "asked" not in one.model_dump()
    assert one.model_copy(update={"asked": True}).model_dump()["asked"] is True


def test_of_several_told_the_last_counts() -> None:
    first, second = promised("10:00", "11:00"), promised("14:00", "15:00")
    of = scenario(promises=[first, second, promised("16:00", "17:00", told=False)])
    assert told_promises(of) == {"J1": second}
    assert narrowed(of) == [((at("14:00"), at("15:00")),)]
    assert breaches(of, "14:30") == []
    assert breaches(of, "10:30")[0][0] == 210


@pytest.mark.parametrize(
    ("promise", "now", "free"),
    [
        (promised("10:00", "11:00"), at("11:00"), False),  # to the last moment
        (promised("10:00", "11:00"), at("11:00:01"), True),
        (promised("10:00", "11:00", day=BEFORE), None, True),  # before the planned days
        (promised("10:00", "11:00", day=BEFORE), at("08:00", BEFORE), True),
        (promised("10:00", "11:00", day=NEXT_DAY), None, False),  # still to come
    ],
)
def test_a_promise_that_has_passed_sets_the_job_free(
    promise: Promise, now: datetime | None, free: bool
) -> None:
    of = scenario(promises=[promise], now=now)
    assert (narrowed(of) == []) == free
    assert (breaches(of, "15:00") == []) == free


def issues(promises: Sequence[Promise], *windows: Window, **facts: Any) -> list[tuple[str, str]]:
    """Return code and path of what is wrong with promises for J1."""
    of = scenario(jobs=[job(windows=windows)], promises=promises, **facts)
    found = list(RULE.validate(of, PARAMS))
    assert all(issue.cause.endswith(".") and issue.action.endswith(".") for issue in found)
    return [(issue.code, issue.path) for issue in found]


def test_a_promise_outside_all_agreed_windows() -> None:
    morning, evening = Window(start=at("09:00"), end=at("10:00")), Window(start=at("16:00"), end=at("18:00"))
    outside = [("promise-outside-appointment", "promises[1].window")]
    old = promised("12:00", "13:00")  # the last one counts
    assert issues([old, promised("10:01", "15:59")], morning, evening) == outside
    assert issues([old, promised("10:00", "15:59")], morning, evening) == []  # windows include their ends
    assert (
        issues([old, promised("09:30", "15:00", "10:30")], morning, evening) == outside
    )  # its start is later
    assert issues([old, promised("10:01", "15:59")]) == []
    assert issues([promised("09:30", "10:30"), old], morning, now=at("14:00")) == []  # passed
    assert issues([old], morning, rules={"APPOINTMENT": {"active": False}}) == []
    assert issues([old.model_copy(update={"asked": True})], morning) == []


def test_a_start_after_its_own_window() -> None:
    assert issues([promised("10:00", "11:00", "11:01")]) == [("promise-outside-window", "promises[0].start")]


def test_solve_keeps_the_promise() -> None:
    of = scenario(promises=[promised("14:00", "16:00", "14:30")])
    (shift,) = solved(of).shifts
    assert shift.stops[0].start == at("14:30")
    internal = scenario(promises=[promised("14:00", "16:00", "14:30", told=False)])
    (shift,) = solved(internal).shifts
    assert shift.stops[0].start == at("09:10")  # 10 min after the shift starts


def test_solve_waits_for_a_promised_day_to_come() -> None:
    later = promised("10:00", "11:00", day=NEXT_DAY)
    assert solved(scenario(promises=[later])).unserved == ("J1",)
    (shift,) = solved(scenario(promises=[later], days=2)).shifts
    assert shift.stops[0].start == at("10:00", NEXT_DAY)


def test_solve_serves_a_promised_job_rather_than_another() -> None:
    # one job a day, at ten; without the promise the key customer's job goes first
    windows = (Window(start=at("10:00"), end=at("10:10")),)
    jobs = [
        job(windows=windows),
        job(job_id="J2", windows=windows, priority="contract"),
        job(job_id="J3", windows=windows, customer=Customer(customer_id="C3")),
    ]
    of = scenario(jobs=jobs, promises=[promised("10:00", "10:10")])
    assert solved(of).unserved == ("J2", "J3")
    untold = scenario(jobs=jobs, promises=[promised("10:00", "10:10", told=False)])
    assert solved(untold).unserved == ("J1", "J3")
