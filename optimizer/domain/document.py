"""The document a run hands out: the plan together with its assessment."""

from typing import Literal

from optimizer.domain.assessment import Assessment
from optimizer.domain.base import Record
from optimizer.domain.plan import Plan


class PlanDocument(Record):
    """A plan and what it is worth, as written to a plan file."""

    format: Literal["paigong-plan-document-1"] = "paigong-plan-document-1"
    """Name and version of this format."""
    plan: Plan
    """Who does what when."""
    assessment: Assessment
    """The bill, the breaches, the clocks, the key figures, the reasons."""
