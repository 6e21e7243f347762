"""Furong, Yuelu and Xingsha lend each other people; each branch leads the rest of its day and closes it alone."""

import pytest

from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.event import CallOff
from optimizer.domain.lent import shared_jobs
from optimizer.domain.one_branch import of_branch
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.scenario import Scenario
from optimizer.replan import close_day, next_revision, replan, with_expected
from tests.golden.changsha_aircon.story import at


def people(scenario: Scenario, branch_id: str) -> frozenset[str]:
    return frozenset(one.technician_id for one in scenario.technicians if one.branch_id == branch_id)


def test_furong_plans_around_somebody_ill_and_leaves_shared_visits(
    scenario: Scenario, document: PlanDocument
) -> None:
    shared = shared_jobs(document.plan, people(scenario, "furong"))
    assert "AZ-16" in shared  # the two who put up central units are of two branches
    staff = {who for crew in shared.values() for who in crew}
    ill = next(who for who in sorted(people(scenario, "furong")) if who not in staff)
    question, plan = of_branch(scenario, document.plan, "furong")
    now = at("08:05")
    away = CallOff(kind="call_off", at=now, technician_id=ill)
    revision = next_revision(with_expected(question, plan, told=True), plan, [away], now)
    found = replan(revision, plan, stop=Iterations(50))
    assert found.proposals
    starts = {stop.job_id: stop.start for shift in document.plan.shifts for stop in shift.stops}
    for one in found.proposals:
        assert one.document.assessment.findings == ()  # of the independent checker
        assert {job: crew for job, crew in crews_of(one.document.plan).items() if job in shared} == shared
        for shift in one.document.plan.shifts:
            for stop in shift.stops:
                assert stop.job_id not in shared or stop.start == starts[stop.job_id]
            if shift.technician_id not in people(scenario, "furong"):
                assert {stop.job_id for stop in shift.stops} <= shared.keys()


@pytest.mark.parametrize("branch_id", ["furong", "yuelu", "xingsha"])
def test_each_branch_closes_its_day(scenario: Scenario, document: PlanDocument, branch_id: str) -> None:
    question, plan = of_branch(scenario, document.plan, branch_id)
    closed = close_day(with_expected(question, plan, told=True), plan, [], at("08:00").date(), at("21:00"))
    assert {one.technician_id for one in closed.scenario.technicians} == people(scenario, branch_id)
    leads = {crew[0] for job, crew in crews_of(document.plan).items() if job in closed.report.done}
    assert leads <= people(scenario, branch_id)
    assert closed.report.real_bill.total_cents == closed.report.planned_bill.total_cents
