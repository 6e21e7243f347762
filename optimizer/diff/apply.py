"""Turns an old plan document into the new one."""

import hashlib
from typing import Any

from optimizer.diff.lists import edited
from optimizer.domain.assessment import Assessment, Bill
from optimizer.domain.base import Record
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan, TravelSnapshot
from optimizer.domain.plan_diff import PlanDiff
from optimizer.domain.plan_edit import AssessmentEdit, PlanEdit
from optimizer.errors import InvalidInput, Issue


def apply(diff: PlanDiff, old: PlanDocument) -> PlanDocument:
    """Return the new plan document of a difference.

    Parameters
    ----------
    diff : how the two documents differ
    old : the old one, exactly as it was compared

    Raises
    ------
    InvalidInput
        When the difference was made from another document.
    """
    if document_sha256(old) != diff.old_sha256:
        cause = "The difference was made from another plan than this one."
        raise InvalidInput(
            (Issue("other-plan", "old_sha256", cause, "Apply it to the plan it was made from."),)
        )
    return PlanDocument(
        plan=_plan(old.plan, diff.edit.plan), assessment=_assessment(old.assessment, diff.edit.assessment)
    )


def document_sha256(document: PlanDocument) -> str:
    """Return the hash of a plan document: equal when the documents are written the same."""
    return hashlib.sha256(document.model_dump_json().encode()).hexdigest()


def _plan(old: Plan, edit: PlanEdit) -> Plan:
    travel = TravelSnapshot(
        source=old.travel.source if edit.travel_source is None else edit.travel_source,
        legs=edited(old.travel.legs, edit.travel_legs),
        sha256=old.travel.sha256 if edit.travel_sha256 is None else edit.travel_sha256,
        warnings=old.travel.warnings if edit.travel_warnings is None else edit.travel_warnings,
    )
    lists = {
        "shifts": edited(old.shifts, edit.shifts),
        "tools": edited(old.tools, edit.tools),
        "unserved": edited(old.unserved, edit.unserved),
        "travel": travel,
    }
    header = _said(edit, ("scenario", "scenario_sha256", "preset", "provenance"))
    return old.model_copy(update=lists | header)


def _assessment(old: Assessment, edit: AssessmentEdit) -> Assessment:
    sums = _said(edit.bill_sums, tuple(type(edit.bill_sums).model_fields)) if edit.bill_sums else {}
    bill: Bill = old.bill.model_copy(update={"lines": edited(old.bill.lines, edit.bill_lines), **sums})
    lists = {
        "bill": bill,
        "findings": edited(old.findings, edit.findings),
        "clocks": edited(old.clocks, edit.clocks),
        "desk": edited(old.desk, edit.desk),
        "unserved": edited(old.unserved, edit.unserved),
    }
    return old.model_copy(update=lists | _said(edit, ("kpis",)))


def _said(edit: Record, names: tuple[str, ...]) -> dict[str, Any]:
    """Return those of the fields that an edit sets."""
    return {name: value for name in names if (value := getattr(edit, name)) is not None}
