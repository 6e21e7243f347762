"""ARRIVE_NEAR."""

from datetime import datetime, timedelta

import pytest

from optimizer.domain.assessment import BillLine, ClockState
from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.rules.arrive_near import RULE, ArriveNearParams
from optimizer.rules.draft import LateStep
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
)
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = ArriveNearParams()


def arriving(start: datetime, reported: datetime) -> tuple[list[BillLine], ClockState]:
    of = scenario(jobs=[job(intake_at=reported)], days=2)
    day = start.date()
    made = plan(of, [shift_plan([stop("J1", start, start + timedelta(hours=1))], day=day)])
    (state,) = RULE.clocks(of, PARAMS, made)
    return list(RULE.bill(of, PARAMS, made)), state


def test_met_at_the_due_second_costs_nothing() -> None:
    lines, state = arriving(at("10:00"), at("10:00", BEFORE))
    assert lines == []
    assert (state.code, state.job_id, state.event) == ("ARRIVE_NEAR", "J1", "arriving")
    assert (state.due, state.at, state.state, state.slack_s) == (at("10:00"), at("10:00"), "at_risk", 0)


def test_who_was_there_in_vain_in_time_has_met_it() -> None:
    def found(on_site: datetime) -> tuple[list[BillLine], ClockState]:
        of = scenario(jobs=[job(intake_at=at("08:00", BEFORE), on_site_at=on_site)], days=2)
        made = plan(of, [shift_plan([stop("J1", at("10:00"), at("11:00"))])])
        (state,) = RULE.clocks(of, PARAMS, made)
        return list(RULE.bill(of, PARAMS, made)), state

    lines, state = found(at("08:00"))
    assert (lines, state.at, state.state) == ([], at("08:00"), "at_risk")
    lines, state = found(at("08:01"))
    assert (state.at, state.state) == (at("08:01"), "missed")
    assert [line.code for line in lines] == ["ARRIVE_NEAR"]


def test_at_risk_below_an_hour_to_spare() -> None:
    assert arriving(at("09:01"), at("10:00", BEFORE))[1].state == "at_risk"
    assert arriving(at("09:00"), at("10:00", BEFORE))[1].state == "met"


def test_late_by_ninety_minutes() -> None:
    (line,), state = arriving(at("11:30"), at("10:00", BEFORE))
    # 5,000 + 1.5 h × 1,000
    assert (line.code, line.kind, line.cents, line.quantity, line.unit) == (
        "ARRIVE_NEAR",
        "service",
        6500,
        1.5,
        "h",
    )
    assert (line.job_id, line.technician_id, line.day) == ("J1", "T1", DAY)
    assert line.sentence == "J1 is started 2026-07-15 11:30, 1 h 30 min late: ¥65.00."
    assert (state.state, state.slack_s) == ("missed", -5400)


def test_late_by_a_second() -> None:
    (line,), _ = arriving(at("10:00:01"), at("10:00", BEFORE))
    assert line.cents == 5000  # 1 s × 1,000 an hour rounds to 0


def test_left_out_owes_what_the_horizons_end_owes() -> None:
    of = scenario(jobs=[job(intake_at=at("10:00", BEFORE))])
    made = plan(of, [])
    (line,) = RULE.bill(of, PARAMS, made)
    assert line.cents == 19_000  # due 10:00, horizon ends at midnight: 5,000 + 14 h × 1,000
    assert (line.technician_id, line.quantity) == (None, 14)
    assert line.sentence == "J1 is left out, 14 h 00 min late by the end of the planned days: ¥190.00."
    (state,) = RULE.clocks(of, PARAMS, made)
    assert (state.state, state.at, state.slack_s) == ("missed", None, None)


def test_left_out_owes_nothing_yet_when_due_after_the_horizon() -> None:
    of = scenario(jobs=[job(intake_at=at("10:00"))])
    made = plan(of, [])
    assert list(RULE.bill(of, PARAMS, made)) == []
    (state,) = RULE.clocks(of, PARAMS, made)
    assert (state.state, state.due, state.at, state.slack_s) == ("open", at("10:00", NEXT_DAY), None, None)


def test_compile_prices_the_start() -> None:
    of = scenario(jobs=[job(intake_at=at("10:00", BEFORE)), job(job_id="J2")])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == ["price_lateness"]  # J2 has no intake and so no clock
    assert draft.lateness == [("J1", "start", (LateStep(at("10:00"), 5000, 1000),))]


def concerned(of: Scenario, params: ArriveNearParams = PARAMS) -> bool:
    draft = Recording(of)
    RULE.compile(of, params, draft)
    assert bool(draft.lateness) == bool(list(RULE.clocks(of, params, plan(of, []))))
    return bool(draft.lateness)


REPORTED = at("10:00", BEFORE)


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        (job(intake_at=REPORTED, place=north(99.99)), True),
        (job(intake_at=REPORTED, place=north(100.01)), False),
        (job(intake_at=REPORTED, drive_line=True), False),
        (job(intake_at=REPORTED, supplier_needed=True), False),
        (job(intake_at=REPORTED, type="complaint"), True),
        (job(intake_at=REPORTED, type="installation"), False),
    ],
)
def test_whom_it_concerns(reported: Job, expected: bool) -> None:
    assert concerned(scenario(jobs=[reported])) is expected


def test_radius_of_the_branch_in_charge() -> None:
    reported = job(intake_at=REPORTED, place=north(40))
    assert concerned(scenario(jobs=[reported], branches=[branch(service_radius_km=39.9)])) is False
    assert concerned(scenario(jobs=[reported]), ArriveNearParams(service_radius_km=39.9)) is False
    # the nearest branch is in charge unless the job names another
    two = [branch(), branch(branch_id="B2", place=north(45), service_radius_km=4)]
    assert concerned(scenario(jobs=[reported], branches=two)) is False
    named = reported.model_copy(update={"branch_id": "B1"})
    assert concerned(scenario(jobs=[named], branches=two)) is True


def test_products_narrow_it() -> None:
    of = scenario(jobs=[job(intake_at=REPORTED, product="bus")])
    assert concerned(of, ArriveNearParams(products=("bus", "truck"))) is True
    assert concerned(of, ArriveNearParams(products=("aircon",))) is False


def test_solve_honours_it() -> None:
    # any order drives 24 km; only the farther one first, at 09:20, is in time
    jobs = [job(place=north(6)), job(job_id="J2", place=north(12), intake_at=at("09:40", BEFORE))]
    of = scenario(jobs=jobs)
    made = solved(of)
    assert [one.job_id for one in made.shifts[0].stops] == ["J2", "J1"]
    assert list(RULE.bill(of, PARAMS, made)) == []
