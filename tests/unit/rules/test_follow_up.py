"""FOLLOW_UP."""

from datetime import datetime, timedelta
from typing import Any

from optimizer.control import Iterations
from optimizer.domain.branch import BenchBatch
from optimizer.domain.scenario import Scenario
from optimizer.rules.follow_up import RULE, FollowUpParams
from tests.unit.rules.build import DAY, at, branch, job, plan, scenario, shift_plan, stop
from tests.unit.rules.recording import Recording

PARAMS = FollowUpParams()


def before(days: int) -> Any:
    return DAY - timedelta(days=days)


def returned(back: datetime | None, called: datetime | None = None, **given: Any) -> Scenario:
    batch = BenchBatch(
        batch_id="P1",
        customer_id="C1",
        units=4,
        received_on=before(9),
        repaired=4,
        handed_back_at=back,
        followed_up_at=called,
    )
    return scenario(branches=[branch(bench=(batch,))], **given)


def charged(of: Scenario) -> int:
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.charged == sum(line.cents for line in RULE.bill(of, PARAMS, plan(of, [])))
    return draft.charged


def states(of: Scenario) -> list[tuple[str, str, datetime, datetime | None]]:
    return [(one.state, one.subject, one.due, one.at) for one in RULE.clocks(of, PARAMS, plan(of, []))]


def test_called_back_on_the_third_day() -> None:
    of = returned(at("16:00", before(3)))
    assert states(of) == [("met", "P1", at("16:00"), at("09:00"))]
    assert charged(of) == 0
    (task,) = RULE.tasks(of, PARAMS, plan(of, []))
    assert (task.owner, task.batch_id, task.job_id, task.customer_id) == ("desk", "P1", None, "C1")
    assert task.sentence == "Ask C1 whether the repaired units of batch P1 work."


def test_late_by_an_hour() -> None:
    of = returned(at("08:00", before(3)))
    assert states(of) == [("missed", "P1", at("08:00"), at("09:00"))]
    assert charged(of) == 1_000
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert (line.batch_id, line.job_id, line.customer_id) == ("P1", None, None)
    assert line.sentence == "batch P1: the call back comes 2026-07-15 09:00, 1 h 00 min late: ¥10.00."


def test_margin() -> None:
    assert states(returned(at("13:00", before(3))))[0][0] == "met"
    assert states(returned(at("12:59", before(3))))[0][0] == "at_risk"
    assert states(returned(at("09:00", before(3))))[0][0] == "at_risk"
    assert states(returned(at("08:59", before(3))))[0][0] == "missed"


def test_handed_back_today() -> None:
    of = returned(at("11:00"))
    assert states(of) == [("met", "P1", at("11:00", before(-3)), at("11:00"))]
    # handed back after the desk has closed: called on a later day, after the horizon
    of = returned(at("18:30"))
    assert states(of) == [("open", "P1", at("18:30", before(-3)), None)]
    assert charged(of) == 0


def test_whom_it_concerns() -> None:
    assert states(returned(None)) == []
    of = returned(at("08:00", before(9)), called=at("10:00", before(6)))
    assert states(of) == [("missed", "P1", at("08:00", before(6)), at("10:00", before(6)))]
    assert charged(of) == 0
    assert list(RULE.tasks(of, PARAMS, plan(of, []))) == []


def test_other_jobs_only_if_the_policy_names_them() -> None:
    shifts = [shift_plan([stop("J1", at("14:00"), at("15:00"))])]
    of = scenario()
    assert list(RULE.tasks(of, PARAMS, plan(of, shifts))) == []
    of = scenario(rules={"FOLLOW_UP": {"kinds": ["repair"]}}, days=2)
    made = plan(of, shifts)
    (task,) = RULE.tasks(of, PARAMS, made)
    assert (task.job_id, task.release, task.due, task.start) == (
        "J1",
        at("15:00"),
        at("15:00", before(-3)),
        at("15:00"),
    )
    assert task.sentence == "Ask the customer of J1 whether all is well after the visit."
    assert charged(of) == 0
    assert list(RULE.tasks(of, PARAMS, plan(of, []))) == []  # left out: no visit to ask about


def test_calls_after_visits_owe_nothing_even_late() -> None:
    # the visit ends after the desk has closed, and there is no other day: no time, nothing owed
    of = scenario(rules={"FOLLOW_UP": {"kinds": ["repair"]}})
    made = plan(of, [shift_plan([stop("J1", at("18:00"), at("19:00"))])])
    assert list(RULE.bill(of, PARAMS, made)) == []
    assert [one.state for one in RULE.clocks(of, PARAMS, made)] == ["open"]


def test_solve_honours_it() -> None:
    from optimizer.planning import plan_with_steps

    of = returned(at("08:00", before(3)), jobs=[job(), job(job_id="J2")])
    planned = plan_with_steps(of, stop=Iterations(200))
    bill = planned.document.assessment.bill
    assert [line.cents for line in bill.lines if line.code == "FOLLOW_UP"] == [1_000]
    assert planned.solution.cents == bill.total_cents
