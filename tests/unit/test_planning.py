"""The whole path in one call: what comes out belongs together, and a broken plan never does."""

import threading
from importlib.metadata import version

import pytest

from optimizer import __version__
from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.control import Cancel, Iterations, Progress
from optimizer.domain.assessment import Assessment
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan, InvalidInput, UnsupportedFeature
from optimizer.planning import plan_scenario, plan_with_steps
from tests.unit.rules.build import job, north, scenario, technician

DAY = scenario(
    [technician(), technician(technician_id="T2")],
    [job(job_id=f"J{i}", place=north(i), duration_min=90) for i in range(1, 16)],
)


def test_the_steps_belong_together() -> None:
    planned = plan_with_steps(DAY, stop=Iterations(80), seed=5)
    plan, assessment = planned.document.plan, planned.document.assessment
    assert planned.compiled.scenario == DAY
    served = [[stop.job_id for stop in shift.stops] for shift in plan.shifts]
    names = planned.compiled.names.jobs
    assert served == [[names[row] for row in stops] for stops in planned.solution.routes.stops if stops]
    assert plan.unserved == tuple(names[row] for row in planned.solution.routes.unserved)
    assert assessment.bill.total_cents == planned.solution.cents
    assert assessment.kpis.unserved_weight == planned.solution.weight > 0
    assert [reason.job_id for reason in assessment.unserved] == list(plan.unserved)
    assert check_plan(DAY, plan) == ()


def test_reasons_can_be_left_out_and_nothing_else_changes() -> None:
    whole = plan_scenario(DAY, stop=Iterations(80), seed=5)
    bare = plan_scenario(DAY, stop=Iterations(80), seed=5, reasons=False)
    assert bare.plan == whole.plan
    assert whole.assessment.unserved
    assert bare.assessment == whole.assessment.model_copy(update={"unserved": ()})


def test_the_provenance_says_how_the_plan_was_made() -> None:
    made = plan_scenario(DAY, stop=Iterations(30), seed=9, threads=2).plan.provenance
    assert (made.engine, made.seed, made.threads, made.iterations) == ("lns", 9, 2, 60)
    assert (made.ended_by, made.lower_bound_cents) == ("iterations", None)
    assert made.versions["paigong"] == __version__
    assert made.versions["numba"] == version("numba")


def test_progress_is_told_and_cancelling_keeps_the_best() -> None:
    cancel = Cancel()
    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) > 2:
            cancel.ask()

    document = plan_scenario(DAY, stop=Iterations(10**9), progress=watch, cancel=cancel)
    assert document.plan.provenance.ended_by == "cancelled"
    assert document.assessment.kpis.unserved_weight <= seen[-1].weight


def test_another_engine() -> None:
    made = plan_scenario(DAY, engine="greedy", stop=Iterations(30)).plan
    assert (made.provenance.engine, made.provenance.iterations) == ("greedy", 0)
    assert made.shifts
    with pytest.raises(UnsupportedFeature, match="no engine named 'best'"):
        plan_scenario(DAY, engine="best", stop=Iterations(1))


@pytest.mark.parametrize(
    ("asked", "unserved"),
    [
        (scenario(jobs=[]), 0),
        (scenario([]), 1),
        (scenario([], []), 0),
        (scenario([technician(skills={})]), 1),
    ],
)
def test_plans_with_nothing_in_them(asked: Scenario, unserved: int) -> None:
    document = plan_scenario(asked, stop=Iterations(5))
    assert document.plan.shifts == ()
    assert len(document.plan.unserved) == unserved
    assert PlanDocument.model_validate_json(document.model_dump_json()) == document


def test_wrong_parameters_are_refused() -> None:
    with pytest.raises(InvalidInput, match="LATE"):
        plan_scenario(scenario(rules={"LATE": {"first_cents": "much"}}), stop=Iterations(1))


def test_a_plan_that_does_not_pass_the_checker_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    def doctored(question: Scenario, plan: Plan) -> Assessment:
        early = plan.shifts[0].stops[0]
        moved = early.model_copy(update={"start": early.leg.departure})
        shift = plan.shifts[0].model_copy(update={"stops": (moved, *plan.shifts[0].stops[1:])})
        return assess(question, plan.model_copy(update={"shifts": (shift, *plan.shifts[1:])}))

    monkeypatch.setattr("optimizer.planning.assess", doctored)
    with pytest.raises(BrokenPlan) as caught:
        plan_scenario(DAY, stop=Iterations(5))
    assert caught.value.findings
    assert "did not pass the independent checker" in str(caught.value)


def test_plans_are_made_side_by_side() -> None:
    expected = plan_scenario(DAY, stop=Iterations(200), seed=1)
    found: list[PlanDocument] = []

    def plan() -> None:
        found.append(plan_scenario(DAY, stop=Iterations(200), seed=1))

    threads = [threading.Thread(target=plan) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 3
