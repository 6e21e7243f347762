"""Finds what turns one plan document into another."""

from collections.abc import Iterable
from typing import Any

from optimizer.diff.lists import list_edit
from optimizer.domain.assessment import Assessment, Bill, BillLine, ClockState, DeskTask, Finding
from optimizer.domain.base import Id, Record
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan, ShiftPlan, ToolPlan, TravelLeg
from optimizer.domain.plan_edit import AssessmentEdit, BillSums, DocumentEdit, ListEdit, PlanEdit
from optimizer.domain.reasons import UnservedReason


def document_edit(old: PlanDocument, new: PlanDocument) -> DocumentEdit:
    """Return what turns the old plan document into the new one."""
    return DocumentEdit(
        plan=_plan_edit(old.plan, new.plan), assessment=_assessment_edit(old.assessment, new.assessment)
    )


def _plan_edit(old: Plan, new: Plan) -> PlanEdit:
    return PlanEdit(
        **_changed(old, new, ("scenario", "scenario_sha256", "preset", "provenance")),
        shifts=list_edit(ListEdit[ShiftPlan], old.shifts, new.shifts),
        tools=list_edit(ListEdit[ToolPlan], old.tools, new.tools),
        unserved=list_edit(ListEdit[Id], old.unserved, new.unserved),
        travel_source=_other(old.travel.source, new.travel.source),
        travel_sha256=_other(old.travel.sha256, new.travel.sha256),
        travel_warnings=(None if old.travel.warnings == new.travel.warnings else new.travel.warnings),
        travel_legs=list_edit(ListEdit[TravelLeg], old.travel.legs, new.travel.legs),
    )


def _assessment_edit(old: Assessment, new: Assessment) -> AssessmentEdit:
    return AssessmentEdit(
        bill_lines=list_edit(ListEdit[BillLine], old.bill.lines, new.bill.lines),
        bill_sums=_bill_sums(new.bill) if _bill_sums(old.bill) != _bill_sums(new.bill) else None,
        findings=list_edit(ListEdit[Finding], old.findings, new.findings),
        clocks=list_edit(ListEdit[ClockState], old.clocks, new.clocks),
        desk=list_edit(ListEdit[DeskTask], old.desk, new.desk),
        unserved=list_edit(ListEdit[UnservedReason], old.unserved, new.unserved),
        **_changed(old, new, ("kpis",)),
    )


def _bill_sums(bill: Bill) -> BillSums:
    return BillSums(**{name: getattr(bill, name) for name in BillSums.model_fields})


def _changed(old: Record, new: Record, names: Iterable[str]) -> dict[str, Any]:
    """Return the new values of those of the fields that differ."""
    return {name: getattr(new, name) for name in names if getattr(old, name) != getattr(new, name)}


def _other(old: str, new: str) -> str | None:
    return None if old == new else new
