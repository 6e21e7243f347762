"""The reasons of the plan of scenarios/changsha-aircon, each proven."""

from typing import TYPE_CHECKING

from optimizer.domain.job import Job

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument
    from optimizer.explain import Explainer


def test_26_the_plan_is_timed_again_as_it_was(explainer: "Explainer", document: "PlanDocument") -> None:
    assert explainer.plan.shifts == document.plan.shifts
    assert explainer.plan.tools == document.plan.tools != ()
    assert explainer.assessment.bill == document.assessment.bill


def test_27_every_slot_is_accounted_for(explainer: "Explainer", document: "PlanDocument") -> None:
    for reason, short in zip(explainer.reasons, document.assessment.unserved, strict=True):
        assert reason.slots == sum(block.alone for block in reason.blocks) + reason.jointly
        assert (reason.free, reason.blocks, reason.sentence) == (0, short.blocks, short.sentence)
        assert reason.obstacles[:5] == short.obstacles
        people = [one.technician_id for one in reason.obstacles]
        people += [one for out in reason.ruled_out for one in out.technician_ids]
        assert len(set(people)) == 24


def test_28_each_change_that_is_named_is_proven(explainer: "Explainer") -> None:
    from optimizer.checker import check_plan

    helped = {}
    for job_id in explainer.plan.unserved:
        found = explainer.left_out(job_id)
        if found.answer.fix is None:
            assert found.answer.proof.startswith(f"No single change of these kinds makes room for {job_id}: ")
            continue
        assert found.witness is not None
        assert check_plan(found.witness.scenario, found.witness.plan) == ()
        assert job_id not in found.witness.plan.unserved
        before, after = explainer.assessment.bill.total_cents, found.witness.assessment.bill.total_cents
        assert found.answer.fix.cents == after - before
        helped[job_id] = found.answer.fix
    # Of those who know how to install only he lacks the licence, and with four or five surveys he has half a
    # day to spare. His standing crew keeps him from heavy work, not from what one person does alone.
    licences = [fix for fix in helped.values() if fix.kind == "certificate" and "welding" in fix.names]
    assert {fix.technician_id for fix in licences} == {"wang-jianjun"}


def test_29_the_electrician_is_there_for_a_reason(explainer: "Explainer", jobs: dict[str, Job]) -> None:
    job_id = next(
        stop.job_id
        for day in explainer.plan.shifts
        for stop in day.stops
        if "electrician" in jobs[stop.job_id].certificates
    )
    answer = explainer.why_not(job_id, "wang-jianjun", search=None).answer
    assert not answer.possible
    assert "CERTIFICATE" in {block.code for block in answer.blocks}
    assert "the missing certificates welding and electrician (CERTIFICATE)" in answer.sentence
