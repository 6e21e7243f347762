"""The rule book: one rule, one file; `RULES` is the table of contents."""

from typing import Any, Final

from optimizer.rules.absent import RULE as ABSENT
from optimizer.rules.appointment import RULE as APPOINTMENT
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.base import Rule
from optimizer.rules.break_ import RULE as BREAK
from optimizer.rules.certificate import RULE as CERTIFICATE
from optimizer.rules.complete import RULE as COMPLETE
from optimizer.rules.duration import RULE as DURATION
from optimizer.rules.late import RULE as LATE
from optimizer.rules.min_duration import RULE as MIN_DURATION
from optimizer.rules.onboarded import RULE as ONBOARDED
from optimizer.rules.overtime import RULE as OVERTIME
from optimizer.rules.pinned import RULE as PINNED
from optimizer.rules.reply_far import RULE as REPLY_FAR
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.suspended import RULE as SUSPENDED
from optimizer.rules.territory import RULE as TERRITORY
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool_inspection import RULE as TOOL_INSPECTION
from optimizer.rules.travel import RULE as TRAVEL
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.rules.workload_cap import RULE as WORKLOAD_CAP

RULES: Final[tuple[Rule[Any], ...]] = (
    # who may do a job
    SKILL,
    CERTIFICATE,
    TOOL,
    TOOL_INSPECTION,
    ONBOARDED,
    SUSPENDED,
    ABSENT,
    TERRITORY,
    PINNED,
    # when
    SHIFT,
    BREAK,
    APPOINTMENT,
    MIN_DURATION,
    DURATION,
    WORKLOAD_CAP,
    # clocks
    ARRIVE_NEAR,
    REPLY_FAR,
    COMPLETE,
    # what things cost
    UNSERVED,
    LATE,
    OVERTIME,
    TRAVEL,
)
"""All rules, in the order of the rule book."""
