"""The rule book: one rule, one file; `RULES` is the table of contents."""

from typing import Any, Final

from optimizer.rules.absent import RULE as ABSENT
from optimizer.rules.appointment import RULE as APPOINTMENT
from optimizer.rules.approved import RULE as APPROVED
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.base import Rule
from optimizer.rules.bench_repair import RULE as BENCH_REPAIR
from optimizer.rules.break_ import RULE as BREAK
from optimizer.rules.broken_appointment import RULE as BROKEN_APPOINTMENT
from optimizer.rules.certificate import RULE as CERTIFICATE
from optimizer.rules.change import RULE as CHANGE
from optimizer.rules.complaint import RULE as COMPLAINT
from optimizer.rules.complete import RULE as COMPLETE
from optimizer.rules.contact import RULE as CONTACT
from optimizer.rules.crew import RULE as CREW
from optimizer.rules.customer_exclusion import RULE as CUSTOMER_EXCLUSION
from optimizer.rules.dedicated import RULE as DEDICATED
from optimizer.rules.dispatch import RULE as DISPATCH
from optimizer.rules.duration import RULE as DURATION
from optimizer.rules.empty_visit import RULE as EMPTY_VISIT
from optimizer.rules.fairness import RULE as FAIRNESS
from optimizer.rules.follow_up import RULE as FOLLOW_UP
from optimizer.rules.late import RULE as LATE
from optimizer.rules.lodging import RULE as LODGING
from optimizer.rules.min_duration import RULE as MIN_DURATION
from optimizer.rules.month_bonus import RULE as MONTH_BONUS
from optimizer.rules.no_show import RULE as NO_SHOW
from optimizer.rules.onboarded import RULE as ONBOARDED
from optimizer.rules.onsite_contract import RULE as ONSITE_CONTRACT
from optimizer.rules.overqualified import RULE as OVERQUALIFIED
from optimizer.rules.overtime import RULE as OVERTIME
from optimizer.rules.part import RULE as PART
from optimizer.rules.periodic_visit import RULE as PERIODIC_VISIT
from optimizer.rules.piece_bonus import RULE as PIECE_BONUS
from optimizer.rules.pinned import RULE as PINNED
from optimizer.rules.precedence import RULE as PRECEDENCE
from optimizer.rules.progress_check import RULE as PROGRESS_CHECK
from optimizer.rules.promise import RULE as PROMISE
from optimizer.rules.reply_far import RULE as REPLY_FAR
from optimizer.rules.reply_written import RULE as REPLY_WRITTEN
from optimizer.rules.report import RULE as REPORT
from optimizer.rules.respond import RULE as RESPOND
from optimizer.rules.rework import RULE as REWORK
from optimizer.rules.shared_tool import RULE as SHARED_TOOL
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.site_ready import RULE as SITE_READY
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.subsidy import RULE as SUBSIDY
from optimizer.rules.suspended import RULE as SUSPENDED
from optimizer.rules.territory import RULE as TERRITORY
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool_inspection import RULE as TOOL_INSPECTION
from optimizer.rules.travel import RULE as TRAVEL
from optimizer.rules.trip import RULE as TRIP
from optimizer.rules.under_way import RULE as UNDER_WAY
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.rules.workload_cap import RULE as WORKLOAD_CAP

RULES: Final[tuple[Rule[Any], ...]] = (
    # who may do a job
    SKILL,
    CERTIFICATE,
    TOOL,
    SHARED_TOOL,
    TOOL_INSPECTION,
    PART,
    ONBOARDED,
    SUSPENDED,
    ABSENT,
    NO_SHOW,
    TERRITORY,
    CREW,
    CUSTOMER_EXCLUSION,
    PINNED,
    APPROVED,
    UNDER_WAY,
    SITE_READY,
    # when
    SHIFT,
    BREAK,
    APPOINTMENT,
    PROMISE,
    MIN_DURATION,
    PRECEDENCE,
    DURATION,
    WORKLOAD_CAP,
    TRIP,
    # clocks
    DISPATCH,
    CONTACT,
    RESPOND,
    ARRIVE_NEAR,
    REPLY_FAR,
    REPLY_WRITTEN,
    ONSITE_CONTRACT,
    COMPLETE,
    REWORK,
    COMPLAINT,
    FOLLOW_UP,
    BENCH_REPAIR,
    PERIODIC_VISIT,
    PROGRESS_CHECK,
    REPORT,
    # what things cost
    UNSERVED,
    LATE,
    BROKEN_APPOINTMENT,
    PIECE_BONUS,
    MONTH_BONUS,
    OVERTIME,
    TRAVEL,
    LODGING,
    EMPTY_VISIT,
    SUBSIDY,
    DEDICATED,
    OVERQUALIFIED,
    CHANGE,
    FAIRNESS,
)
"""All rules, in the order of the rule book."""
