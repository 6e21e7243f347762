"""REPLY_FAR."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline, Window
from optimizer.rules.reply_far import RULE, ReplyFarParams
from tests.unit.rules.build import DAY, ZONE, at, job, north, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = ReplyFarParams()
TIMELINE = Timeline(DAY, ZONE)


def far(reported: datetime, now: datetime | None = None, **given: Any) -> Scenario:
    return scenario(jobs=[job(intake_at=reported, supplier_needed=True, **given)], now=now)


def said(of: Scenario) -> tuple[dict[str, list[tuple[int, int]]], int]:
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    return draft.unserved, draft.charged


def owed(of: Scenario, *, served: bool) -> int:
    made = plan(of, [shift_plan([stop("J1", at("16:00"), at("17:00"))])] if served else [])
    return sum(line.cents for line in RULE.bill(of, PARAMS, made))


def state(of: Scenario, *, served: bool) -> tuple[str, datetime, datetime | None]:
    made = plan(of, [shift_plan([stop("J1", at("16:00"), at("17:00"))])] if served else [])
    (found,) = RULE.clocks(of, PARAMS, made)
    assert (found.code, found.event) == ("REPLY_FAR", "answering")
    return found.state, found.due, found.at


def test_a_place_in_the_plan_is_the_answer() -> None:
    of = far(at("08:00"), now=at("09:00"))  # due 20:00
    assert said(of) == ({"J1": [(0, 5000)]}, 0)
    assert (owed(of, served=True), owed(of, served=False)) == (0, 5000)
    assert state(of, served=True) == ("met", at("20:00"), at("09:00"))
    assert state(of, served=False) == ("missed", at("20:00"), None)


def test_published_at_the_due_time_is_just_in_time() -> None:
    of = far(at("21:00", BEFORE), now=at("09:00"))
    assert said(of) == ({"J1": [(0, 5000)]}, 0)
    assert owed(of, served=True) == 0
    assert state(of, served=True)[0] == "at_risk"


def test_overdue_is_owed_served_or_not() -> None:
    of = far(at("20:59", BEFORE), now=at("09:00"))
    assert said(of) == ({}, 5000)
    assert (owed(of, served=True), owed(of, served=False)) == (5000, 5000)
    assert state(of, served=True)[0] == "missed"


def test_published_at_the_horizons_start_unless_a_present_time_is_given() -> None:
    of = far(at("11:00", BEFORE))  # due 23:00 of the day before, published at midnight
    assert state(of, served=True) == ("missed", at("23:00", BEFORE), at("00:00"))
    assert owed(of, served=True) == 5000


def test_due_after_the_horizon_owes_nothing_yet() -> None:
    of = far(at("13:00"), now=at("13:30"))  # due 01:00 of the next day
    assert said(of) == ({}, 0)
    assert (owed(of, served=True), owed(of, served=False)) == (0, 0)
    assert state(of, served=False)[0] == "open"


def told(**given: Any) -> Promise:
    window = Window(start=at("10:00"), end=at("11:00"))
    return Promise(job_id="J1", technician_id="T1", window=window, start=at("10:00"), **given)


def answered_yesterday(*promises: Promise) -> Scenario:
    """Return J1, reported at 08:00 of the day before and due at 20:00 then; now it is 08:00."""
    of = far(at("08:00", BEFORE), now=at("08:00"))
    return of.model_copy(update={"promises": promises})


def test_who_was_told_a_time_has_the_answer_and_owes_nothing() -> None:
    of = answered_yesterday(told(told_at=at("08:20", BEFORE)))
    assert said(of) == ({}, 0)
    assert (owed(of, served=True), owed(of, served=False)) == (0, 0)
    assert state(of, served=False) == ("met", at("20:00", BEFORE), at("08:20", BEFORE))
    assert list(RULE.calls(of, PARAMS, TIMELINE)) == []


def test_told_nobody_knows_when_leaves_no_clock() -> None:
    of = answered_yesterday(told())
    assert said(of) == ({}, 0)
    assert (owed(of, served=True), owed(of, served=False)) == (0, 0)
    assert list(RULE.clocks(of, PARAMS, plan(of, []))) == []
    assert list(RULE.calls(of, PARAMS, TIMELINE)) == []


def test_told_too_late_is_a_clock_missed_but_owes_nothing_more() -> None:
    of = answered_yesterday(told(told_at=at("20:00:01", BEFORE)))
    assert said(of) == ({}, 0)
    assert owed(of, served=True) == 0
    assert state(of, served=True)[0] == "missed"


def test_the_first_time_the_customer_was_told_counts() -> None:
    times = (None, at("19:00", BEFORE), at("23:00", BEFORE), None)
    of = answered_yesterday(*(told(told_at=one) for one in times))
    assert state(of, served=True) == ("met", at("20:00", BEFORE), at("19:00", BEFORE))


def test_an_internal_promise_is_no_answer() -> None:
    of = answered_yesterday(told(told=False, told_at=at("08:20", BEFORE)))
    assert said(of) == ({}, 5000)
    assert len(list(RULE.calls(of, PARAMS, TIMELINE))) == 1


def test_published_counts_as_told_before_the_desk_calls() -> None:
    # published at 19:00, due at 20:00; the desk is closed and calls the next morning
    of = far(at("08:00"), now=at("19:00"))
    assert state(of, served=True) == ("met", at("20:00"), at("19:00"))
    assert owed(of, served=True) == 0
    (call,) = RULE.calls(of, PARAMS, TIMELINE)
    assert TIMELINE.moment(call.release_s) == at("19:00")


def test_line_in_words() -> None:
    of = far(at("08:00"), now=at("09:00"))
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert (line.kind, line.job_id, line.quantity, line.unit) == ("service", "J1", 1, "job")
    assert line.sentence == "J1 is left out, the answer is due 2026-07-15 20:00: ¥50.00."
    overdue = far(at("20:00", BEFORE), now=at("09:00"))
    (line,) = RULE.bill(overdue, PARAMS, plan(overdue, [shift_plan([stop("J1", at("16:00"), at("17:00"))])]))
    assert line.sentence == "J1 has its answer only 2026-07-15 09:00, due 2026-07-15 08:00: ¥50.00."


@pytest.mark.parametrize(
    ("given", "rules", "expected"),
    [
        ({"place": north(100.01)}, {}, True),
        ({"place": north(99.99)}, {}, False),
        ({"place": north(99.99)}, {"service_radius_km": 99}, True),  # one radius for both clocks
        ({"supplier_needed": True}, {}, True),
        ({"supplier_needed": True, "drive_line": True}, {}, False),
        ({"supplier_needed": True, "type": "installation"}, {}, False),
        ({"supplier_needed": True}, {"products": ("bus",)}, False),
    ],
)
def test_whom_it_concerns(given: dict[str, Any], rules: dict[str, Any], expected: bool) -> None:
    of = scenario(jobs=[job(intake_at=at("08:00"), **given)], rules={"ARRIVE_NEAR": rules})
    assert bool(list(RULE.clocks(of, PARAMS, plan(of, [])))) is expected
    assert bool(said(of)[0]) is expected


def test_solve_honours_it() -> None:
    # two jobs alike and room for one: the one that waits for an answer is kept
    jobs = [job(), job(job_id="J2", intake_at=at("08:00"), supplier_needed=True)]
    of = scenario(jobs=jobs, now=at("09:00"), rules={"WORKLOAD_CAP": {"jobs_per_day": 1}})
    made = solved(of)
    assert made.unserved == ("J1",)
    assert list(RULE.bill(of, PARAMS, made)) == []
