"""ONSITE_CONTRACT."""

from datetime import datetime, timedelta
from typing import Any

from optimizer.domain.assessment import BillLine, ClockState
from optimizer.domain.job import DeskFacts, Job
from optimizer.rules.draft import LateStep
from optimizer.rules.onsite_contract import RULE, OnsiteContractParams
from tests.unit.rules.build import DAY, at, job, north, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = OnsiteContractParams()


def confirmed(moment: datetime, **given: Any) -> Job:
    return job(contract=True, desk=DeskFacts(confirmed_at=moment), **given)


def arriving(start: datetime, moment: datetime) -> tuple[list[BillLine], ClockState]:
    of = scenario(jobs=[confirmed(moment)])
    made = plan(of, [shift_plan([stop("J1", start, start + timedelta(hours=1))])])
    (state,) = RULE.clocks(of, PARAMS, made)
    return list(RULE.bill(of, PARAMS, made)), state


def test_kept_to_the_second() -> None:
    lines, state = arriving(at("10:00"), at("22:00", BEFORE))
    assert lines == []
    assert (state.code, state.event, state.due) == ("ONSITE_CONTRACT", "arriving", at("10:00"))
    assert (state.state, state.slack_s) == ("at_risk", 0)


def test_late_by_two_hours() -> None:
    (line,), state = arriving(at("12:00"), at("22:00", BEFORE))
    assert (line.cents, line.quantity, line.unit) == (7000, 2, "h")  # 5,000 + 2 h × 1,000
    assert line.sentence == "J1 is started 2026-07-15 12:00, 2 h 00 min late: ¥70.00."
    assert (state.state, state.slack_s) == ("missed", -7200)


def test_left_out_owes_until_the_horizons_end() -> None:
    of = scenario(jobs=[confirmed(at("10:00"))])
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert line.cents == 7000  # due 22:00, two hours before midnight
    later = scenario(jobs=[confirmed(at("12:00"))])  # due at midnight
    assert list(RULE.bill(later, PARAMS, plan(later, []))) == []
    assert [one.state for one in RULE.clocks(later, PARAMS, plan(later, []))] == ["open"]


def test_who_has_no_clock() -> None:
    jobs = [
        job(contract=True),
        job(job_id="J2", desk=DeskFacts(confirmed_at=at("08:00"))),
        job(job_id="J3", contract=True, intake_at=at("08:00")),
    ]
    of = scenario(jobs=jobs)
    assert list(RULE.clocks(of, PARAMS, plan(of, []))) == []
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == []


def test_compile_prices_the_start() -> None:
    of = scenario(jobs=[confirmed(at("08:00"))])
    draft = Recording(of)
    RULE.compile(of, OnsiteContractParams(within_h=4, missed_cents=1, cents_per_hour_late=2), draft)
    assert draft.lateness == [("J1", "start", (LateStep(at("12:00"), 1, 2),))]
    draft = Recording(of)
    RULE.compile(of, OnsiteContractParams(missed_cents=0, cents_per_hour_late=0), draft)
    assert draft.calls == []


def test_solve_honours_it() -> None:
    # any order drives 24 km; only the farther one first, at 09:20, is in time
    jobs = [job(place=north(6)), confirmed(at("21:30", BEFORE), job_id="J2", place=north(12))]
    of = scenario(jobs=jobs)
    made = solved(of)
    assert [one.job_id for one in made.shifts[0].stops] == ["J2", "J1"]
    assert list(RULE.bill(of, PARAMS, made)) == []
