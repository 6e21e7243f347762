"""How far around a change each rule has to look: `SCOPES` is the table, and a test compares it with whole plans."""

from collections.abc import Mapping
from typing import Final, Literal

Scope = Literal["people", "ties", "branch", "roster", "stock", "plan"]
"""What must stand beside a change so that a rule says the same difference as of the whole plan.

people: the technicians whom the change touches, and whoever else is at a job that changes; all of their days and jobs.
ties: whoever is at a job that is tied to one that changes too.
branch: the records of all colleagues of these people at their branches too, not their work.
roster: whoever is at a tied job, and the records of all technicians, where shared tools are on their way.
stock: everybody's work, where the change loads anything at a branch.
plan: everybody's work.
"""

SCOPES: Final[Mapping[str, Scope]] = {
    # who may do a job
    "SKILL": "people",
    "CERTIFICATE": "people",
    "TOOL": "people",
    "SHARED_TOOL": "roster",  # tools go out from the first shift's start to the last one's end
    "TOOL_INSPECTION": "people",
    "PART": "stock",  # everybody who loads at a branch shares its stock
    "ONBOARDED": "people",
    "SUSPENDED": "people",
    "ABSENT": "people",
    "NO_SHOW": "people",
    "TERRITORY": "people",
    "CREW": "people",
    "CUSTOMER_EXCLUSION": "people",
    "PINNED": "people",
    "APPROVED": "people",
    "UNDER_WAY": "people",
    "SITE_READY": "people",
    # when
    "SHIFT": "people",
    "BREAK": "people",
    "APPOINTMENT": "people",
    "PROMISE": "people",
    "MIN_DURATION": "people",
    "PRECEDENCE": "ties",
    "DURATION": "people",
    "WORKLOAD_CAP": "people",
    "TRIP": "people",
    # clocks; the calls of all rules share one timetable, see `optimizer.preview.desk`
    "DISPATCH": "people",
    "CONTACT": "people",
    "RESPOND": "people",
    "ARRIVE_NEAR": "people",
    "REPLY_FAR": "people",
    "REPLY_WRITTEN": "people",
    "ONSITE_CONTRACT": "people",
    "COMPLETE": "people",
    "REWORK": "people",
    "COMPLAINT": "people",
    "FOLLOW_UP": "people",
    "BENCH_REPAIR": "people",  # the bench's work does not depend on the plan
    "PERIODIC_VISIT": "people",
    "PROGRESS_CHECK": "people",
    "REPORT": "people",
    # what things cost
    "UNSERVED": "people",
    "LATE": "people",
    "BROKEN_APPOINTMENT": "people",
    "PIECE_BONUS": "people",
    "MONTH_BONUS": "people",
    "OVERTIME": "people",
    "TRAVEL": "people",
    "LODGING": "people",
    "EMPTY_VISIT": "people",
    "SUBSIDY": "people",
    "DEDICATED": "people",
    "OVERQUALIFIED": "people",
    "CHANGE": "people",
    "FAIRNESS": "branch",  # everybody's hours are compared with the mean of the branch's records
}
"""Rule code → scope; a rule that is not named looks at the whole plan."""


def scope_of(code: str) -> Scope:
    """Return how far a rule has to look; the whole plan where nobody has said.

    Parameters
    ----------
    code : the rule's code
    """
    return SCOPES.get(code, "plan")
