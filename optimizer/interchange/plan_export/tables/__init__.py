"""The tables of a plan: one file per table; `TABLES` is the table of contents."""

from typing import Final

from optimizer.interchange.plan_export.tables.base import PlanTable
from optimizer.interchange.plan_export.tables.bill import bill
from optimizer.interchange.plan_export.tables.breaches import breaches
from optimizer.interchange.plan_export.tables.clocks import clocks
from optimizer.interchange.plan_export.tables.desk import desk
from optimizer.interchange.plan_export.tables.left_out import left_out
from optimizer.interchange.plan_export.tables.overview import overview
from optimizer.interchange.plan_export.tables.parts import parts
from optimizer.interchange.plan_export.tables.timetable import timetable
from optimizer.interchange.plan_export.tables.tools import tools

TABLES: Final = (
    PlanTable("overview", {"en": "Overview", "zh": "概览"}, overview),
    PlanTable("timetable", {"en": "Timetable", "zh": "日程"}, timetable),
    PlanTable("left-out", {"en": "Left out", "zh": "未派工单"}, left_out),
    PlanTable("clocks", {"en": "Clocks", "zh": "时限"}, clocks),
    PlanTable("bill", {"en": "Bill", "zh": "账单"}, bill),
    PlanTable("desk", {"en": "Desk tasks", "zh": "服务台任务"}, desk),
    PlanTable("parts", {"en": "Parts to load", "zh": "领料"}, parts),
    PlanTable("tools", {"en": "Shared tools", "zh": "共用工具"}, tools),
    PlanTable("breaches", {"en": "Breaches", "zh": "违规"}, breaches),
)
"""Every table, in the order of the sheets."""
