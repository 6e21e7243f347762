"""COMPLETE."""

from datetime import datetime, timedelta

from optimizer.domain.assessment import ClockState
from optimizer.domain.job import Job
from optimizer.rules.complete import RULE, CompleteParams
from optimizer.rules.draft import LateStep
from tests.unit.rules.build import NEXT_DAY, at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

PARAMS = CompleteParams()


def clocks(repair: Job, end: datetime | None = None) -> list[ClockState]:
    of = scenario(jobs=[repair], days=2)
    shifts = []
    if end is not None:
        shifts = [shift_plan([stop("J1", end - timedelta(hours=1), end)], day=end.date())]
    return list(RULE.clocks(of, PARAMS, plan(of, shifts)))


def dues(dispatched: datetime) -> list[datetime]:
    return [one.due for one in clocks(job(dispatched_at=dispatched))]


def test_morning_orders_are_due_the_same_day() -> None:
    assert dues(at("08:30")) == [at("18:00"), at("08:30", NEXT_DAY)]
    assert dues(at("11:59:59")) == [at("18:00"), at("11:59:59", NEXT_DAY)]


def test_afternoon_orders_are_due_by_the_next_noon() -> None:
    assert dues(at("15:00")) == [at("12:00", NEXT_DAY), at("15:00", NEXT_DAY)]
    assert dues(at("12:00")) == [at("12:00", NEXT_DAY)]  # target and limit are one


def test_target_and_limit_are_told_apart() -> None:
    assert [one.label for one in clocks(job(dispatched_at=at("08:30")))] == ["target", "limit"]
    assert [one.label for one in clocks(job(dispatched_at=at("12:00")))] == ["limit"]  # one clock, and priced


def test_states() -> None:
    repair = job(dispatched_at=at("08:30"))
    target, limit = clocks(repair, at("17:00"))
    assert (target.code, target.event, target.state, target.slack_s) == ("COMPLETE", "finishing", "met", 3600)
    assert (limit.state, limit.slack_s) == ("met", 15 * 3600 + 1800)
    assert [one.state for one in clocks(repair, at("17:01"))] == ["at_risk", "met"]
    assert [one.state for one in clocks(repair, at("18:00"))] == ["at_risk", "met"]
    assert [one.state for one in clocks(repair, at("18:01"))] == ["missed", "met"]
    assert [one.state for one in clocks(repair, at("10:00", NEXT_DAY))] == ["missed", "missed"]
    assert [(one.state, one.at) for one in clocks(repair)] == [("missed", None), ("missed", None)]
    # left out and due at 08:30 of the day after the two planned ones: not missed yet
    assert [one.state for one in clocks(job(dispatched_at=at("08:30", NEXT_DAY)))] == ["missed", "open"]


def test_who_has_no_clock() -> None:
    assert clocks(job()) == []  # neither dispatch nor intake known
    assert clocks(job(dispatched_at=at("08:30"), delay_agreed=True)) == []
    assert clocks(job(dispatched_at=at("08:30"), type="complaint")) == []
    assert clocks(job(intake_at=at("08:30")))[0].due == at("18:00")


def test_no_money_unless_the_policy_says_so() -> None:
    of = scenario(jobs=[job(dispatched_at=at("08:30"))])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == []
    assert list(RULE.bill(of, PARAMS, plan(of, []))) == []


def test_priced_target() -> None:
    of = scenario(jobs=[job(dispatched_at=at("08:30"))])
    params = CompleteParams(missed_target_cents=700)
    draft = Recording(of)
    RULE.compile(of, params, draft)
    assert draft.lateness == [("J1", "end", (LateStep(at("18:00"), 700),))]
    late = plan(of, [shift_plan([stop("J1", at("17:30"), at("18:30"))])])
    (line,) = RULE.bill(of, params, late)
    assert (line.cents, line.quantity, line.unit, line.technician_id) == (700, 0.5, "h", "T1")
    assert line.sentence == "J1 is finished 2026-07-15 18:30, 30 min late: ¥7.00."
    in_time = plan(of, [shift_plan([stop("J1", at("17:00"), at("18:00"))])])
    assert list(RULE.bill(of, params, in_time)) == []
    (line,) = RULE.bill(of, params, plan(of, []))
    assert (line.cents, line.quantity) == (700, 6)  # 18:00 to midnight


def test_own_times() -> None:
    of = scenario(jobs=[job(dispatched_at=at("13:30"))], rules={"LATE": {"first_limit_h": 3}})
    params = CompleteParams.model_validate({"morning_until": "14:00", "morning_due": "17:30"})
    # due 17:30 as a morning order, but never later than the 3 h after dispatch that LATE grants
    assert [one.due for one in RULE.clocks(of, params, plan(of, []))] == [at("16:30")]


def test_a_target_after_the_limit_has_neither_clock_nor_price() -> None:
    # the limit is 3 h after dispatch: 16:30; the target of an afternoon order would be the next noon
    of = scenario(jobs=[job(dispatched_at=at("13:30"))], rules={"LATE": {"first_limit_h": 3}}, days=2)
    params = CompleteParams(missed_target_cents=700)
    assert [one.label for one in RULE.clocks(of, params, plan(of, []))] == ["limit"]
    assert list(RULE.bill(of, params, plan(of, []))) == []
    draft = Recording(of)
    RULE.compile(of, params, draft)
    assert draft.lateness == []


def test_solve_honours_it() -> None:
    # three repairs of 3 h; the one dispatched in the morning must be done by 18:00 and is not the last
    morning = job(job_id="J3", duration_min=180, dispatched_at=at("08:30"))
    jobs = [job(duration_min=180), job(job_id="J2", duration_min=180), morning]
    of = scenario(jobs=jobs, rules={"COMPLETE": {"missed_target_cents": 50_000}, "OVERTIME": {"percent": 0}})
    made = solved(of)
    # 09:10 + 9 h + 40 min of break = 18:50 + 10 min: all three fit, the last one ends after 18:00
    assert made.unserved == ()
    (ends,) = ({one.job_id: one.end for one in day.stops} for day in made.shifts)
    assert ends["J3"] <= at("18:00") < max(ends.values())
