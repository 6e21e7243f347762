"""Keeps a plan that has passed the independent checker."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.document import PlanDocument
from optimizer.interchange.plan_file import plan_json
from service.plans.records import PlanSummary
from service.store import Transaction, tables
from service.store.ids import new_id
from service.store.plans import add_plan


class Packed(NamedTuple):
    """A plan made ready to be stored, so that little is left to do while others wait."""

    body: bytes
    """The plan document."""
    sha256: str
    """Its hash."""
    summary: PlanSummary
    """Its figures."""


def packed(document: PlanDocument) -> Packed:
    """Return a plan ready to be stored.

    Parameters
    ----------
    document : the plan with its assessment
    """
    body, assessment = plan_json(document).encode(), document.assessment
    summary = PlanSummary(
        engine=document.plan.provenance.engine,
        preset=document.plan.preset,
        jobs=assessment.kpis.jobs,
        served=assessment.kpis.served,
        unserved_weight=assessment.kpis.unserved_weight,
        on_time_share=assessment.kpis.on_time_share,
        total_cents=assessment.bill.total_cents,
        findings=len(assessment.findings),
    )
    return Packed(body, hashlib.sha256(body).hexdigest(), summary)


def keep_plan(
    tx: Transaction,
    plan: Packed,
    *,
    scenario_id: str,
    revision: int,
    run_id: str | None,
    made_by: str,
    now: datetime,
    branch_id: str | None = None,
) -> tables.Plan:
    """Store a plan and return its row.

    Parameters
    ----------
    plan : the plan, made ready
    scenario_id, revision : the question it answers
    run_id : the run it came of; none: made by hand
    made_by : id of the key that asked for it
    now : the present moment
    branch_id : the branch whose part alone it plans; none: it plans all of its scenario
    """
    row = tables.Plan(
        plan_id=new_id("pln"),
        scenario_id=scenario_id,
        revision=revision,
        run_id=run_id,
        branch_id=branch_id,
        body=plan.body,
        sha256=plan.sha256,
        summary=plan.summary.model_dump(mode="json"),
        made_by=made_by,
        made_at=now,
    )
    add_plan(tx, row)
    return row
