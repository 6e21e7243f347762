"""DISPATCH."""

from datetime import datetime, timedelta
from typing import Any

from optimizer.domain.assessment import ClockState
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.rules.dispatch import RULE, DispatchParams
from tests.unit.rules.build import DAY, at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = DispatchParams()
PRICED = DispatchParams(missed_target_cents=300)


def reported(intake: datetime, now: datetime | None = None, **given: Any) -> Scenario:
    return scenario(jobs=[job(intake_at=intake, **given)], now=now)


def states(of: Scenario, *, served: bool, params: DispatchParams = PARAMS) -> list[ClockState]:
    made = plan(of, [shift_plan([stop("J1", at("16:00"), at("17:00"))])] if served else [])
    return list(RULE.clocks(of, params, made))


def owed(of: Scenario, *, served: bool, params: DispatchParams = PARAMS) -> int:
    made = plan(of, [shift_plan([stop("J1", at("16:00"), at("17:00"))])] if served else [])
    return sum(line.cents for line in RULE.bill(of, params, made))


def said(of: Scenario, params: DispatchParams = PARAMS) -> tuple[list[tuple[int, int]], int]:
    draft = Recording(of)
    RULE.compile(of, params, draft)
    assert set(draft.calls) <= {"price_unserved", "charge"}
    return draft.unserved.get("J1", []), draft.charged


def test_a_published_plan_is_the_dispatch_order() -> None:
    # reported at 09:10, planned at 09:35: the target ends at 09:40, the limit at 09:10 tomorrow
    of = reported(at("09:10"), now=at("09:35"))
    target, limit = states(of, served=True)
    assert (target.code, target.label, target.event) == ("DISPATCH", "target", "dispatching")
    assert (target.due, target.at, target.state, target.slack_s) == (at("09:40"), at("09:35"), "at_risk", 300)
    assert (limit.label, limit.state, limit.slack_s) == ("limit", "met", 23 * 3600 + 35 * 60)
    assert owed(of, served=True, params=PRICED) == 0


def test_left_out_there_is_no_order() -> None:
    of = reported(at("09:10"), now=at("09:35"))
    assert [(one.state, one.at) for one in states(of, served=False)] == [("missed", None), ("open", None)]
    assert said(of) == ([], 0)  # the limit runs out after the horizon's end
    assert said(of, PRICED) == ([(0, 300)], 0)
    assert (owed(of, served=False), owed(of, served=False, params=PRICED)) == (0, 300)


def test_limit_inside_the_horizon_is_owed_by_who_is_left_out() -> None:
    of = reported(at("09:10", BEFORE), now=at("08:00"))
    assert said(of) == ([(0, 2000)], 0)
    assert (owed(of, served=True), owed(of, served=False)) == (0, 2000)
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert (line.kind, line.job_id, line.quantity, line.unit) == ("service", "J1", 1, "job")
    assert line.sentence == "J1 is left out, the dispatch order is due 2026-07-15 09:10: ¥20.00."


def test_overdue_is_owed_whatever_the_plan() -> None:
    of = reported(at("07:59:59", BEFORE), now=at("08:00"))
    assert said(of) == ([], 2000)
    assert (owed(of, served=True), owed(of, served=False)) == (2000, 2000)
    exactly = reported(at("08:00", BEFORE), now=at("08:00"))
    assert said(exactly) == ([(0, 2000)], 0)
    assert owed(exactly, served=True) == 0


def test_what_has_happened_owes_nothing_and_is_never_at_risk() -> None:
    # written 29 min 59 s of desk time after the report: met; a day and a second after it: missed, and history
    for served in (True, False):
        of = reported(at("09:00", BEFORE), dispatched_at=at("09:29:59", BEFORE))
        assert [one.state for one in states(of, served=served)] == ["met", "met"]
        assert [one.at for one in states(of, served=served)] == [at("09:29:59", BEFORE)] * 2
        late = reported(at("09:00", BEFORE), dispatched_at=at("09:00:01"))
        assert [one.state for one in states(late, served=served)] == ["missed", "missed"]
        assert owed(late, served=served, params=PRICED) == 0
        assert said(late, PRICED) == ([], 0)


def test_the_target_runs_in_desk_hours() -> None:
    # reported at 17:50: ten minutes until the desk closes at 18:00, twenty more from 09:00
    of = reported(at("17:50", BEFORE), now=at("09:20"))
    target, _ = states(of, served=True)
    assert (target.due, target.state, target.slack_s) == (at("09:20"), "at_risk", 0)


def test_behind_the_limit_the_target_is_no_clock() -> None:
    # the desk is free for two days: its half hour ends at 09:30 on the 17th, the 24 h on the 16th
    of = reported(at("09:00"))
    of = of.model_copy(
        update={"calendar": HolidayCalendar(extra_free_days=(DAY, DAY + timedelta(days=1)))},
    )
    assert [one.label for one in states(of, served=True)] == ["limit"]


def test_without_a_report_no_clock_runs() -> None:
    of = scenario(jobs=[job(dispatched_at=at("09:00"))])
    assert states(of, served=True) == []
    assert said(of, PRICED) == ([], 0)


def test_solve_honours_it() -> None:
    # two jobs alike and room for one: the one whose day runs out at 14:00 is kept
    jobs = [job(intake_at=at("08:00")), job(job_id="J2", intake_at=at("14:00", BEFORE))]
    rules: dict[str, dict[str, Any]] = {
        "WORKLOAD_CAP": {"jobs_per_day": 1},
        "ARRIVE_NEAR": {"active": False},
        "LATE": {"active": False},
    }
    of = scenario(jobs=jobs, now=at("09:00"), rules=rules)
    made = solved(of)
    assert made.unserved == ("J1",)
    assert list(RULE.bill(of, PARAMS, made)) == []


def test_no_order_is_written_before_the_report() -> None:
    # a whole day planned at once, without a present time: the order for the report of 15:00 comes at 15:00
    of = reported(at("15:00"))
    target, limit = states(of, served=True)
    assert (target.at, target.state, target.slack_s) == (at("15:00"), "met", 1800)
    assert (limit.at, limit.state) == (at("15:00"), "met")
    assert owed(of, served=True, params=PRICED) == 0
