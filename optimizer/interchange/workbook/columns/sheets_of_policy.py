"""The sheets about the whole scenario, its policy and its travel times."""

from typing import Final

from optimizer.domain.policy import JobType, Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile
from optimizer.interchange.workbook.columns.choices import COORDINATES, MEANS, PRESETS, WORK_KINDS
from optimizer.interchange.workbook.columns.column import Column, Sheet

SCENARIO: Final = Sheet(
    "scenario",
    "总览",
    "facts",
    Scenario,
    (),
    (
        Column("name", "名称", ("name",), example="my-day"),
        Column("first day", "首日", ("horizon", "first_day"), "day", "2026-07-15"),
        Column("days", "天数", ("horizon", "days"), "whole", "1"),
        Column("now", "当前时间", ("now",), "moment", "2026-07-15 07:30"),
        Column("preset", "方案", ("policy", "preset"), "choice", "service-first", PRESETS),
        Column("story", "说明", ("story",), "text", "a Wednesday in the hot weeks"),
        Column("time zone", "时区", ("time_zone",), example="Asia/Shanghai"),
        Column("coordinates", "坐标系", ("coordinate_system",), "choice", "WGS-84", COORDINATES),
        Column("country", "国家", ("calendar", "country"), example="CN"),
        Column("free weekdays", "每周休息", ("calendar", "free_weekdays"), "wholes", "6; 7"),
        Column("free days", "节假日", ("calendar", "extra_free_days"), "days", "2026-10-01; 2026-10-02"),
        Column("working days", "调休上班", ("calendar", "extra_working_days"), "days", "2026-10-10"),
        Column("desk opens", "服务台开始", ("policy", "desk", "opens"), "clock", "09:00"),
        Column("desk closes", "服务台结束", ("policy", "desk", "closes"), "clock", "18:00"),
        Column("desk people", "服务台人数", ("policy", "desk", "people"), "whole", "2"),
        Column("desk task min", "每项任务（分钟）", ("policy", "desk", "task_min"), "whole", "5"),
        Column("call before min", "上门前致电（分钟）", ("policy", "desk", "call_before_min"), "whole", "30"),
        Column("no job types", "无工单类型", ("policy", "job_types"), "no table", "no"),
        Column("no kits", "无工具包", ("policy", "kits"), "no table", "no"),
        Column("no speed profiles", "无车速", ("travel", "profiles"), "no table", "no"),
    ),
    everyday=True,
    most=1_000,
)
"""Facts about the whole day, one a row."""

JOB_TYPES: Final = Sheet(
    "job types",
    "工单类型",
    "entry",
    JobType,
    ("policy", "job_types"),
    (
        Column("kind", "工作种类", ("kind",), "choice", "repair", WORK_KINDS),
        Column("least level", "最低等级", ("min_level",), "whole", "1", shown=True),
        Column("first unit min", "首台（分钟）", ("base_min",), "whole", "60", shown=True),
        Column("further unit min", "每加一台（分钟）", ("per_unit_min",), "whole", "40", shown=True),
        Column("setup min", "准备（分钟）", ("setup_min",), "whole", "5", shown=True),
        Column("certificates", "证书", ("certificates",), "words", "welding"),
        Column("tools", "工具", ("tools",), "words", "multimeter; refrigerant gauge"),
        Column("parts", "配件", ("parts",), "levels", "filter: 1"),
        Column("people", "人数", ("seats",), "whole", "1", shown=True),
    ),
    entry=Column("type", "类型", (), example="repair"),
    everyday=True,
)
"""What each type of work takes."""

KITS: Final = Sheet(
    "kits",
    "工具包",
    "entry",
    Policy,
    ("policy", "kits"),
    (Column("tools", "工具", (), "words", "multimeter; pressure gauge; safety belt"),),
    entry=Column("kit", "工具包", (), example="installer"),
    everyday=True,
)
"""Tool kits."""

RULES: Final = Sheet(
    "rules",
    "规则参数",
    "rules",
    Policy,
    ("policy", "rules"),
    (
        Column("rule", "规则", (), example="BREAK"),
        Column("parameter", "参数", (), example="minutes"),
        Column("value", "值", (), "value", "30"),
    ),
    everyday=True,
)
"""Parameters of rules, where they differ from the preset."""

SPEED_PROFILES: Final = Sheet(
    "speed profiles",
    "交通方式",
    "entry",
    SpeedProfile,
    ("travel", "profiles"),
    (
        Column("detour", "绕行系数", ("detour",), "number", "1.3", shown=True),
        Column("minutes per leg", "每程附加（分钟）", ("access_min",), "number", "3", shown=True),
    ),
    entry=Column("means", "交通方式", (), "choice", "car", MEANS),
    identity=("means",),
)
"""Means of transport."""

SPEED_BANDS: Final = Sheet(
    "speed bands",
    "车速",
    "list",
    SpeedBand,
    ("bands",),
    (
        Column("up to km", "不超过（公里）", ("up_to_km",), "number", "20"),
        Column("kmh", "时速（公里）", ("kmh",), "number", "32"),
        Column("percent by hour", "各小时百分比", ("hour_percent",), "wholes", "100; 100; 90; …: 24 values"),
    ),
    parent="speed profiles",
    parent_columns=(Column("means", "交通方式", (), "choice", "car", MEANS),),
)
"""Speeds by length of the drive."""

MATRICES: Final = Sheet(
    "matrices",
    "行程表",
    "matrix",
    Matrix,
    ("travel", "matrices"),
    (
        Column("means", "交通方式", (), "choice", "car", MEANS),
        Column("from", "从", (), example="branch:shop"),
        Column("to", "到", (), example="job:J1"),
        Column("seconds", "秒", (), "whole", "780"),
        Column("metres", "米", (), "whole", "5400"),
    ),
    most=150_000,
)
"""Given travel times and distances, one pair of places a row."""
