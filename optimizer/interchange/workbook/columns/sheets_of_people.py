"""The sheets about branches and technicians."""

from typing import Final

from optimizer.domain.branch import BenchBatch, Branch
from optimizer.domain.technician import Attendance, Certificate, Shift, Technician
from optimizer.domain.time import DateRange, DaySpan
from optimizer.interchange.workbook.columns.choices import ENDS, MEANS, RESTS
from optimizer.interchange.workbook.columns.column import Column, Sheet

BRANCH: Final = Column("branch", "网点", (), example="shop", refers="branches")
"""Names the branch a row belongs to."""

TECHNICIAN: Final = Column("technician", "技术员", (), example="wang", refers="technicians")
"""Names the technician a row belongs to."""

_DAYS: Final = (
    Column("first day", "开始日期", ("first_day",), "day", "2026-07-15"),
    Column("last day", "结束日期", ("last_day",), "day", "2026-07-17"),
    Column("reason", "原因", ("reason",), "text", "training"),
)

BRANCHES: Final = Sheet(
    "branches",
    "网点",
    "list",
    Branch,
    ("branches",),
    (
        Column("branch", "网点", ("branch_id",), example="shop"),
        Column("name", "名称", ("name",), "text", "Furong shop"),
        Column("latitude", "纬度", ("place", "lat"), "number", "28.1979"),
        Column("longitude", "经度", ("place", "lon"), "number", "112.9951"),
        Column("address", "地址", ("place", "address"), "text", "389 Wuyi Avenue"),
        Column("hotline", "热线电话", ("hotline",), "text", "0731-5550100"),
        Column("service radius km", "服务半径（公里）", ("service_radius_km",), "number", "100"),
        Column("housing", "有宿舍", ("housing",), "yes/no", "no"),
    ),
    identity=("branch",),
    everyday=True,
    most=5_000,
)
"""Branches."""

STOCK: Final = Sheet(
    "stock",
    "库存",
    "entry",
    Branch,
    ("stock",),
    (Column("pieces", "数量", (), "whole", "12"),),
    parent="branches",
    parent_columns=(BRANCH,),
    entry=Column("part", "配件", (), example="fan motor"),
    everyday=True,
)
"""Spare parts on the shelves."""

SHARED_TOOLS: Final = Sheet(
    "shared tools",
    "共用工具",
    "entry",
    Branch,
    ("shared_tools",),
    (Column("pieces", "数量", (), "whole", "2"),),
    parent="branches",
    parent_columns=(BRANCH,),
    entry=Column("tool", "工具", (), example="nitrogen bottle"),
)
"""Scarce tools."""

BENCH: Final = Sheet(
    "bench",
    "寄修",
    "list",
    BenchBatch,
    ("bench",),
    (
        Column("batch", "批次", ("batch_id",), example="S-1"),
        Column("customer", "客户", ("customer_id",), example="C-7"),
        Column("units", "台数", ("units",), "whole", "12"),
        Column("received on", "收件日期", ("received_on",), "day", "2026-07-13"),
        Column("repaired", "已修台数", ("repaired",), "whole", "4"),
        Column("handed back at", "交还时间", ("handed_back_at",), "moment", "2026-07-15 10:00"),
        Column("followed up at", "回访时间", ("followed_up_at",), "moment", "2026-07-15 16:00"),
    ),
    parent="branches",
    parent_columns=(BRANCH,),
)
"""Units sent in for repair."""

TECHNICIANS: Final = Sheet(
    "technicians",
    "技术员",
    "list",
    Technician,
    ("technicians",),
    (
        Column("technician", "技术员", ("technician_id",), example="wang"),
        Column("name", "姓名", ("name",), "text", "王强"),
        Column("branch", "网点", ("branch_id",), example="shop", refers="branches"),
        Column("skills", "技能", ("skills",), "skills", "repair/aircon: 3; survey: 2"),
        Column("level", "等级", ("level",), "whole", "3", shown=True),
        Column("kits", "工具包", ("kits",), "words", "repairer", refers="kits"),
        Column("tools", "另带工具", ("tools",), "words", "rope; ladder"),
        Column("parts", "车上配件", ("parts",), "levels", "fan motor: 2; run capacitor: 5"),
        Column("means", "交通方式", ("means",), "choice", "car", MEANS, shown=True),
        Column("starts from", "出发地", ("starts_from",), "choice", "branch", ENDS, shown=True),
        Column("ends at", "收工地", ("ends_at",), "choice", "home", ENDS, shown=True),
        Column("home latitude", "住址纬度", ("home", "lat"), "number", "28.2280"),
        Column("home longitude", "住址经度", ("home", "lon"), "number", "112.9410"),
        Column("home address", "住址", ("home", "address"), "text", "Xianjiahu Rd"),
        Column("last inspection", "上次工具检查", ("last_inspection",), "day", "2026-07-01"),
        Column("missing tools", "缺失工具", ("missing_tools",), "words", "multimeter"),
        Column("wage cents per hour", "时薪（分）", ("wage_cents_per_hour",), "whole", "3000"),
    ),
    identity=("technician",),
    everyday=True,
    most=20_000,
)
"""Technicians."""

TECHNICIAN_DETAILS: Final = Sheet(
    "technician details",
    "技术员补充",
    "more",
    Technician,
    (),
    (
        Column("no shifts", "无班次", ("shifts",), "no list", "no"),
        Column("usual otherwise", "其余按常规", ("usual_otherwise",), "yes/no", "no"),
        Column("rest between shifts min", "班间休息（分钟）", ("min_rest_min",), "whole", "660"),
        Column("piece pay", "计件", ("piece_pay",), "yes/no", "yes"),
        Column("nights away", "可外宿夜数", ("nights_away",), "whole", "3"),
        Column("other means", "其他交通方式", ("other_means",), "words", "long_distance", MEANS),
        Column("areas", "负责区域", ("territory", "areas"), "words", "Yuelu; Wangcheng"),
        Column("served branches", "负责网点", ("territory", "branches"), "words", "shop"),
        Column("radius km", "个人半径（公里）", ("territory", "radius_km"), "number", "30"),
        Column("lent for", "借出任务", ("lent_for",), "words", "J1; J2"),
        Column("examined", "已考核", ("onboarding", "examined"), "yes/no", "yes"),
        Column("insured", "已投保", ("onboarding", "insured"), "yes/no", "yes"),
        Column("safety agreement", "安全协议", ("onboarding", "safety_agreement"), "yes/no", "yes"),
        Column("trained products", "培训产品", ("onboarding", "trained_products"), "words", "aircon; heater"),
        Column("month jobs", "本月工单", ("month_to_date", "jobs"), "whole", "41"),
        Column("month repairs", "本月维修", ("month_to_date", "repairs"), "whole", "30"),
        Column("month hours", "本月工时", ("month_to_date", "hours"), "number", "88.5"),
        Column("week jobs", "本周工单", ("week_to_date", "jobs"), "whole", "12"),
        Column("week repairs", "本周维修", ("week_to_date", "repairs"), "whole", "9"),
        Column("week hours", "本周工时", ("week_to_date", "hours"), "number", "21.5"),
    ),
    parent="technicians",
    parent_columns=(TECHNICIAN,),
)
"""Rarer facts about technicians."""

SHIFTS: Final = Sheet(
    "shifts",
    "班次",
    "list",
    Shift,
    ("shifts",),
    (
        Column("day", "日期", ("day",), "day", "2026-07-15"),
        Column("start", "上班", ("start",), "clock", "09:00", shown=True),
        Column("end", "下班", ("end",), "clock", "18:00", shown=True),
        Column("overtime limit min", "加班上限（分钟）", ("overtime_limit_min",), "whole", "120"),
        Column("rest", "午休", ("rest",), "choice", "policy", RESTS),
        Column("rest min", "午休时长（分钟）", ("rest", "minutes"), "whole", "40"),
        Column("rest from", "午休最早", ("rest", "inside", "start"), "clock", "12:00"),
        Column("rest until", "午休最晚", ("rest", "inside", "end"), "clock", "13:30"),
        Column("start latitude", "出发纬度", ("start_at", "lat"), "number", "28.2280"),
        Column("start longitude", "出发经度", ("start_at", "lon"), "number", "112.9410"),
        Column("start address", "出发地址", ("start_at", "address"), "text", "hotel"),
        Column("end latitude", "收工纬度", ("end_at", "lat"), "number", "28.2280"),
        Column("end longitude", "收工经度", ("end_at", "lon"), "number", "112.9410"),
        Column("end address", "收工地址", ("end_at", "address"), "text", "hotel"),
        Column("free at", "可再派时间", ("so_far", "free_at"), "moment", "2026-07-15 10:40"),
        Column("orders done", "已完成工单", ("so_far", "orders"), "skills", "repair: 2; survey: 1"),
        Column("hours done", "已工作小时", ("so_far", "hours"), "number", "2.5"),
        Column("only finish", "做完即止", ("so_far", "only_finish"), "yes/no", "no"),
        Column("to set up", "尚未准备", ("so_far", "to_set_up"), "yes/no", "no"),
    ),
    parent="technicians",
    parent_columns=(TECHNICIAN,),
    identity=("day",),
    everyday=True,
)
"""Working days of technicians."""

ABSENCES: Final = Sheet(
    "absences",
    "中途外出",
    "list",
    DaySpan,
    ("absences",),
    (
        Column("from", "从", ("start",), "clock", "14:00"),
        Column("until", "到", ("end",), "clock", "15:30"),
    ),
    parent="shifts",
    parent_columns=(TECHNICIAN, Column("day", "日期", (), "day", "2026-07-15")),
)
"""Hours away within a shift."""

CERTIFICATES: Final = Sheet(
    "certificates",
    "证书",
    "list",
    Certificate,
    ("certificates",),
    (
        Column("certificate", "证书", ("name",), example="electrician"),
        Column("valid from", "生效日期", ("valid_from",), "day", "2022-05-10"),
        Column("valid until", "失效日期", ("valid_until",), "day", "2028-05-09"),
    ),
    parent="technicians",
    parent_columns=(TECHNICIAN,),
    everyday=True,
)
"""Statutory certificates."""

LEAVE: Final = Sheet(
    "leave",
    "请假",
    "list",
    DateRange,
    ("leave",),
    _DAYS,
    parent="technicians",
    parent_columns=(TECHNICIAN,),
    everyday=True,
)
"""Approved leave, sickness, training."""

SUSPENSIONS: Final = Sheet(
    "suspensions",
    "停工",
    "list",
    DateRange,
    ("suspended",),
    _DAYS,
    parent="technicians",
    parent_columns=(TECHNICIAN,),
)
"""Days under suspension."""

ATTENDANCE: Final = Sheet(
    "attendance",
    "考勤",
    "list",
    Attendance,
    ("attendance",),
    (
        Column("day", "日期", ("day",), "day", "2026-07-15"),
        Column("clocked in at", "打卡时间", ("clocked_in_at",), "moment", "2026-07-15 08:55"),
    ),
    parent="technicians",
    parent_columns=(TECHNICIAN,),
)
"""Who has clocked in."""
