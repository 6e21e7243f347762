"""The sheets about approved days: who approved which day, and what it holds."""

from typing import Final

from optimizer.domain.approval import Approval, ApprovedOuting, ApprovedTool, ApprovedVisit
from optimizer.interchange.workbook.columns.choices import MEANS
from optimizer.interchange.workbook.columns.column import Column, Sheet
from optimizer.interchange.workbook.columns.sheets_of_people import BRANCH, TECHNICIAN
from optimizer.interchange.workbook.columns.sheets_of_work import JOB

_DAY: Final = Column("day", "日期", (), "day", "2026-07-15")

APPROVALS: Final = Sheet(
    "approvals",
    "审批",
    "list",
    Approval,
    ("approvals",),
    (
        Column("day", "日期", ("day",), "day", "2026-07-15"),
        Column("by", "审批人", ("by",), "text", "Chen Lei"),
        Column("at", "审批时间", ("at",), "moment", "2026-07-14 17:00"),
    ),
    identity=("day",),
)
"""Days that a manager has approved."""

APPROVED_VISITS: Final = Sheet(
    "approved visits",
    "审批的到访",
    "list",
    ApprovedVisit,
    ("visits",),
    (
        Column("job", JOB.zh, ("job_id",), example="J1", refers="jobs"),
        Column("technician", TECHNICIAN.zh, ("technician_id",), example="wang", refers="technicians"),
        Column("start", "开始", ("start",), "moment", "2026-07-15 14:00"),
        Column("seat", "组内位置", ("seat",), "whole", "1"),
        Column("part", "第几天", ("part",), "whole", "1"),
    ),
    parent="approvals",
    parent_columns=(_DAY,),
)
"""Who goes where when on approved days."""

APPROVED_TOOLS: Final = Sheet(
    "approved tools",
    "审批的工具",
    "list",
    ApprovedTool,
    ("tools",),
    (
        Column("job", JOB.zh, ("job_id",), example="J1", refers="jobs"),
        Column("branch", BRANCH.zh, ("branch_id",), example="shop", refers="branches"),
        Column("tool", "工具", ("tool",), example="hoist"),
        Column("piece", "第几件", ("piece",), "whole", "1"),
        Column("part", "第几天", ("part",), "whole", "1"),
    ),
    parent="approvals",
    parent_columns=(_DAY,),
)
"""Which shared tool goes where on approved days."""

APPROVED_OUTINGS: Final = Sheet(
    "approved outings",
    "审批的外出",
    "list",
    ApprovedOuting,
    ("outings",),
    (
        Column("technician", TECHNICIAN.zh, ("technician_id",), example="wang", refers="technicians"),
        Column("away", "当晚在外过夜", ("away",), "yes/no", "yes"),
        Column("means", "交通方式", ("means",), "choice", "car", MEANS),
    ),
    parent="approvals",
    parent_columns=(_DAY,),
)
"""Who spends the night after an approved day away, or travels otherwise than usual."""
