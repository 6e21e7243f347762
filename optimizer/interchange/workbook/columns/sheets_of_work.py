"""The sheets about jobs, what was promised and what was decided."""

from typing import Final

from optimizer.domain.job import Job
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.time import Window
from optimizer.interchange.workbook.columns.choices import (
    COMPLAINTS,
    LEAKS,
    PRIORITIES,
    PROGRESS,
    SECOND_VISITS,
)
from optimizer.interchange.workbook.columns.column import Column, Sheet

JOB: Final = Column("job", "工单", (), example="J1", refers="jobs")
"""Names the job a row belongs to."""

JOBS: Final = Sheet(
    "jobs",
    "工单",
    "list",
    Job,
    ("jobs",),
    (
        Column("job", "工单", ("job_id",), example="J1"),
        Column("type", "类型", ("type",), example="repair", refers="job types"),
        Column("product", "产品", ("product",), example="aircon"),
        Column("priority", "优先级", ("priority",), "choice", "normal", PRIORITIES, shown=True),
        Column("latitude", "纬度", ("place", "lat"), "number", "28.2200"),
        Column("longitude", "经度", ("place", "lon"), "number", "113.0200"),
        Column("address", "地址", ("place", "address"), "text", "1 Furong Road"),
        Column("area", "区域", ("area",), example="Yuelu"),
        Column("window from", "预约从", ("windows", 0, "start"), "moment", "2026-07-15 14:00"),
        Column("window until", "预约到", ("windows", 0, "end"), "moment", "2026-07-15 16:00"),
        Column("fault", "故障描述", ("fault",), "text", "does not cool"),
        Column("wishes", "客户要求", ("wishes",), "text", "ring twice"),
        Column("customer", "客户", ("customer", "customer_id"), example="C-7"),
        Column("customer name", "客户姓名", ("customer", "name"), "text", "李女士"),
        Column("phone", "客户电话", ("customer", "phone"), "text", "555-0107"),
        Column("key customer", "重点客户", ("customer", "key_customer"), "yes/no", "no"),
        Column("units", "台数", ("units",), "whole", "1", shown=True),
        Column("duration min", "时长（分钟）", ("duration_min",), "whole", "60"),
        Column("parts", "配件", ("parts",), "levels", "fan motor: 1"),
        Column("tools", "另需工具", ("tools",), "words", "ladder"),
        Column("skills", "另需技能", ("skills",), "skills", "electrics: 2"),
        Column("certificates", "另需证书", ("certificates",), "words", "electrician"),
        Column("intake at", "报修时间", ("intake_at",), "moment", "2026-07-15 08:10"),
        Column("dispatched at", "派工时间", ("dispatched_at",), "moment", "2026-07-15 08:25"),
        Column("complaint", "投诉", ("complaint",), "choice", "none", COMPLAINTS),
        Column("contract", "服务合同", ("contract",), "yes/no", "no"),
        Column("people", "人数", ("seats",), "whole", "2"),
    ),
    identity=("job",),
    everyday=True,
    most=30_000,
)
"""Jobs."""

WINDOWS: Final = Sheet(
    "windows",
    "更多预约",
    "list",
    Window,
    ("windows",),
    (
        Column("from", "从", ("start",), "moment", "2026-07-16 09:00"),
        Column("until", "到", ("end",), "moment", "2026-07-16 11:00"),
    ),
    parent="jobs",
    parent_columns=(JOB,),
    skip=1,
)
"""Further appointment windows; the first stands on the sheet of jobs."""

JOB_DETAILS: Final = Sheet(
    "job details",
    "工单补充",
    "more",
    Job,
    (),
    (
        Column("branch", "负责网点", ("branch_id",), example="shop", refers="branches"),
        Column("setup min", "准备（分钟）", ("setup_min",), "whole", "5"),
        Column("shared tools", "共用工具", ("shared_tools",), "words", "hoist"),
        Column("mates as lead", "组员同主责要求", ("mates",), "no list", "no"),
        Column("known technicians", "熟悉技术员", ("customer", "known_technicians"), "words", "wang; li-hua"),
        Column("refused technicians", "拒绝技术员", ("customer", "refused_technicians"), "words", "zhou"),
        Column("warranty until", "保修到", ("customer", "warranty_until"), "day", "2027-05-01"),
        Column("last call on", "上次电话回访", ("customer", "last_call_on"), "day", "2026-06-15"),
        Column("last visit on", "上次上门", ("customer", "last_visit_on"), "day", "2026-01-20"),
        Column("power supply fit", "电源合格", ("site", "power_supply_fit"), "yes/no", "yes"),
        Column("property consent", "物业同意", ("site", "property_consent"), "yes/no", "yes"),
        Column("confirmations signed", "已签确认", ("site", "confirmations_signed"), "yes/no", "yes"),
        Column("working height m", "作业高度（米）", ("site", "working_height_m"), "number", "3.5"),
        Column("outdoor unit floor", "外机楼层", ("site", "outdoor_unit_floor"), "whole", "2"),
        Column("second visit", "二次上门", ("second_visit",), "choice", "parts", SECOND_VISITS),
        Column("drive line", "底盘发动机", ("drive_line",), "yes/no", "no"),
        Column("supplier needed", "需供应商", ("supplier_needed",), "yes/no", "no"),
        Column("delay agreed", "同意延期", ("delay_agreed",), "yes/no", "no"),
        Column("on site at", "曾到现场", ("on_site_at",), "moment", "2026-07-14 15:20"),
        Column("late told at", "逾期已报", ("late_told_at",), "moment", "2026-07-14 23:59"),
        Column("answered at", "答复时间", ("desk", "answered_at"), "moment", "2026-07-15 08:20"),
        Column("contacted at", "联系时间", ("desk", "contacted_at"), "moment", "2026-07-15 08:40"),
        Column("unreachable", "联系不上", ("desk", "unreachable"), "yes/no", "no"),
        Column(
            "replied in writing at",
            "书面答复",
            ("desk", "replied_in_writing_at"),
            "moment",
            "2026-07-15 9:30",
        ),
        Column("confirmed at", "确认上门", ("desk", "confirmed_at"), "moment", "2026-07-15 10:00"),
        Column("reached manufacturer", "投诉到厂家", ("desk", "reached_manufacturer"), "yes/no", "no"),
    ),
    parent="jobs",
    parent_columns=(JOB,),
)
"""Rarer facts about jobs: the site, the customer, what the desk has done."""

REWORK: Final = Sheet(
    "rework",
    "返修",
    "more",
    Job,
    (),
    (
        Column("installed by", "安装人", ("rework", "installed_by"), example="wang"),
        Column("installed on", "安装日期", ("rework", "installed_on"), "day", "2026-03-02"),
        Column("fault", "故障", ("rework", "fault"), "choice", "water_leak", LEAKS),
        Column("inverter", "变频", ("rework", "inverter"), "yes/no", "no"),
        Column("installation fault", "安装责任", ("rework", "installation_fault"), "yes/no", "yes"),
        Column("installer failed", "安装人未修好", ("rework", "installer_failed"), "yes/no", "no"),
        Column("noticed at", "通知时间", ("rework", "noticed_at"), "moment", "2026-07-14 15:00"),
    ),
    parent="jobs",
    parent_columns=(JOB,),
)
"""Jobs that mend an earlier installation."""

UNDER_WAY: Final = Sheet(
    "under way",
    "进行中",
    "more",
    Job,
    (),
    (
        Column("state", "进度", ("under_way", "state"), "choice", "started", PROGRESS),
        Column("since", "从何时", ("under_way", "at"), "moment", "2026-07-15 10:00"),
        Column("day", "班次日期", ("under_way", "day"), "day", "2026-07-15"),
        Column("technicians", "技术员", ("under_way", "technicians"), "words", "wang; li-hua"),
        Column("minutes", "预计分钟", ("under_way", "minutes"), "whole", "90"),
        Column("days", "共几天", ("under_way", "days"), "whole", "1"),
    ),
    parent="jobs",
    parent_columns=(JOB,),
)
"""Jobs that somebody is on the way to or at work on."""

PROMISES: Final = Sheet(
    "promises",
    "承诺",
    "list",
    Promise,
    ("promises",),
    (
        Column("job", "工单", ("job_id",), example="J1", refers="jobs"),
        Column("technician", "技术员", ("technician_id",), example="wang", refers="technicians"),
        Column("window from", "承诺从", ("window", "start"), "moment", "2026-07-15 14:00"),
        Column("window until", "承诺到", ("window", "end"), "moment", "2026-07-15 16:00"),
        Column("start", "计划开始", ("start",), "moment", "2026-07-15 14:20"),
        Column("told", "已告知", ("told",), "yes/no", "yes"),
        Column("told at", "告知时间", ("told_at",), "moment", "2026-07-14 17:00"),
        Column("asked", "商量改约", ("asked",), "yes/no", "no"),
    ),
)
"""What customers were already told."""

PINS: Final = Sheet(
    "pins",
    "指定",
    "list",
    Pin,
    ("pins",),
    (
        Column("job", "工单", ("job_id",), example="J1", refers="jobs"),
        Column("technician", "技术员", ("technician_id",), example="wang", refers="technicians"),
        Column("day", "日期", ("day",), "day", "2026-07-15"),
        Column("start", "准确时间", ("start",), "moment", "2026-07-15 14:00"),
        Column("mates", "组员", ("mates",), "levels", "li-hua: 1"),
    ),
    everyday=True,
)
"""What the dispatcher decided."""
