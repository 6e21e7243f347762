"""Approving days of a plan, on the three tied days of `crew_day`: a crew, a hoist, a chain, a job over days."""

from datetime import timedelta

import pytest

from optimizer.approval import approve, present_time, withdraw
from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.approval import ApprovedTool, ApprovedVisit
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import InvalidInput
from optimizer.planning import plan_scenario
from tests.unit.crew_day import DAYS, answer, question
from tests.unit.rules.build import DAY, at, job, north

FIRST, SECOND, THIRD = DAYS


def on(plan: Plan, day: object) -> tuple[object, ...]:
    """Return everything a plan has of a day."""
    return (
        tuple(one for one in plan.shifts if one.day == day),
        tuple(one for one in plan.tools if one.day == day),
    )


def refused(of: Scenario, made: Plan, days: list[object]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        approve(of, made, days, by="Chen Lei")  # type: ignore[arg-type]
    return [(one.code, one.cause) for one in caught.value.issues]


def test_everything_of_the_day_is_written_down() -> None:
    (approval,) = approve(question(), answer(), [FIRST], by="Chen Lei").approvals
    assert (approval.day, approval.by, approval.at) == (FIRST, "Chen Lei", at("08:00"))  # the scenario's now
    j2 = [one for one in approval.visits if one.job_id == "J2"]
    assert {(one.technician_id, one.seat, one.start) for one in j2} == {
        ("T1", 0, at("10:30")),
        ("T2", 1, at("10:30")),
    }
    assert (
        ApprovedVisit(job_id="J4", technician_id="T4", start=at("09:20")) in approval.visits
    )  # its first day
    assert ApprovedTool(job_id="J3", branch_id="B1", tool="hoist", piece=1) in approval.tools
    assert len(approval.visits) == sum(len(one.stops) for one in answer().shifts if one.day == FIRST)


def test_a_plan_stays_the_answer_when_its_days_are_approved() -> None:
    of = approve(question(), answer(), [SECOND], by="Chen Lei")
    assert scenario_sha256(of) == scenario_sha256(question())
    assert check_plan(of, answer()) == ()
    both = approve(of, answer(), [FIRST], by="Wu Min", at=at("09:00"))
    assert [(one.day, one.by, one.at) for one in both.approvals] == [
        (FIRST, "Wu Min", at("09:00")),
        (SECOND, "Chen Lei", at("08:00")),
    ]
    assert withdraw(both, [SECOND, FIRST]) == question()


@pytest.mark.parametrize("days", [[FIRST], [THIRD], [SECOND, THIRD]])
def test_planned_again_approved_days_stay_to_the_byte(days: list[object]) -> None:
    made = plan_scenario(question(), stop=Iterations(200)).plan
    # A repair came later; repairers are there on the first day only, so it is served unless that day is approved.
    more = question().model_copy(update={"jobs": (*question().jobs, job(job_id="J9", place=north(1)))})
    of = approve(question(), made, days, by="Chen Lei")  # type: ignore[arg-type]
    again = plan_scenario(
        more.model_copy(update={"approvals": of.approvals}), stop=Iterations(200), seed=1
    ).plan
    assert [on(again, day) for day in days] == [on(made, day) for day in days]
    assert ("J9" in again.unserved) == (FIRST in days)


def test_what_came_later_waits_where_every_day_is_approved() -> None:
    made = plan_scenario(question(), stop=Iterations(200)).plan
    more = question().model_copy(update={"jobs": (*question().jobs, job(job_id="J9", place=north(1)))})
    of = more.model_copy(update={"approvals": approve(question(), made, DAYS, by="Chen Lei").approvals})
    document = plan_scenario(of, stop=Iterations(200))
    assert document.plan.shifts == made.shifts
    reason = next(one for one in document.assessment.unserved if one.job_id == "J9")
    assert reason.blocks[0].code == "APPROVED"
    assert "a day that is approved already (APPROVED)" in reason.sentence


def test_every_mistake_is_named_at_once() -> None:
    of = approve(question(), answer(), [SECOND], by="Chen Lei")
    far = FIRST - timedelta(days=1)
    empty = answer().model_copy(update={"shifts": tuple(one for one in answer().shifts if one.day != THIRD)})
    found = refused(of, empty, [far, SECOND, FIRST, FIRST, THIRD])
    assert found[:4] == [
        ("two-approvals", f"{FIRST} is named twice."),
        ("outside-horizon", f"{far} is not among the planned days {FIRST} to {THIRD}."),
        ("already-approved", f"{SECOND} was already approved by Chen Lei at 2026-07-15 08:00."),
        ("day-without-plan", f"The plan has no work on {THIRD}."),
    ]
    assert {code for code, _ in found[4:]} == {"broken-day"}  # J4 lacks its third day


def test_a_stale_plan_is_refused() -> None:
    changed = question().model_copy(update={"jobs": question().jobs[:-1]})
    cause = "The plan was made for another state of 'crew day': facts have changed since."
    assert refused(changed, answer(), [FIRST]) == [("other-scenario", cause)]
    other = question().model_copy(update={"name": "other"})
    assert refused(other, answer(), [FIRST]) == [
        ("other-scenario", "The plan was made for 'crew day', not for 'other'.")
    ]


def test_only_what_is_broken_on_the_day_stands_against_it() -> None:
    made = answer()
    t3 = next(one for one in made.shifts if one.technician_id == "T3")
    (_, later) = t3.stops  # J3 one minute longer than its time on site: broken on the first day alone
    late = t3.model_copy(
        update={"stops": (t3.stops[0], later.model_copy(update={"end": later.end + timedelta(minutes=1)}))}
    )
    broken = made.model_copy(update={"shifts": tuple(late if one is t3 else one for one in made.shifts)})
    assert {code for code, _ in refused(question(), broken, [FIRST])} == {"broken-day"}
    assert [one.day for one in approve(question(), broken, [SECOND], by="Chen Lei").approvals] == [SECOND]


def test_a_plan_that_moves_an_approved_day_is_not_approved_further() -> None:
    of = approve(question(), answer(), [FIRST], by="Chen Lei")
    (approval,) = of.approvals
    moved = tuple(
        one.model_copy(update={"start": one.start + timedelta(minutes=7)}) if one.job_id == "J5" else one
        for one in approval.visits
    )
    other = of.model_copy(update={"approvals": (approval.model_copy(update={"visits": moved}),)})
    (found,) = refused(other, answer(), [SECOND])
    assert found[0] == "broken-day"
    assert found[1].startswith("APPROVED: J5 was approved to start at ")


def test_withdrawing_what_is_not_approved() -> None:
    of = approve(question(), answer(), [FIRST], by="Chen Lei")
    with pytest.raises(InvalidInput) as caught:
        withdraw(of, [SECOND, FIRST - timedelta(days=9)])
    assert [one.code for one in caught.value.issues] == ["outside-horizon", "not-approved"]
    assert f"approved days: {FIRST}" in caught.value.issues[1].cause


def test_the_present_time_is_the_horizons_start_where_none_is_given() -> None:
    assert present_time(question()) == at("08:00")
    of = question().model_copy(update={"now": None})
    assert present_time(of) == Timeline(DAY, of.time_zone).moment(0) == at("00:00")
