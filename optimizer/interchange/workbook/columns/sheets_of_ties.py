"""The sheets about what ties jobs and people together: crews, their seats, one job after another, groups of jobs."""

from typing import Final

from optimizer.domain.ties import After, Crew, JobGroup, Seat
from optimizer.interchange.workbook.columns.choices import GAPS_FROM, GROUPS_WHO, WHO
from optimizer.interchange.workbook.columns.column import Column, Sheet
from optimizer.interchange.workbook.columns.sheets_of_work import JOB

_SKILLS: Final = Column("skills", "技能", ("skills",), "skills", "installation/aircon: 1")

CREWS: Final = Sheet(
    "crews",
    "安装组",
    "list",
    Crew,
    ("crews",),
    (
        Column("crew", "组", ("crew_id",), example="A"),
        Column("name", "名称", ("name",), "text", "Crew A"),
        Column("members", "组员", ("members",), "words", "wang; li"),
    ),
)
"""Standing crews."""

TYPE_MATES: Final = Sheet(
    "type mates",
    "类型组员要求",
    "list",
    Seat,
    ("mates",),
    (_SKILLS,),
    parent="job types",
    parent_columns=(Column("type", "类型", (), example="installation", refers="job types"),),
)
"""What those beside the one who leads must be able to do, by type of job, one person a row."""

JOB_MATES: Final = Sheet(
    "mates",
    "工单组员要求",
    "list",
    Seat,
    ("mates",),
    (_SKILLS,),
    parent="jobs",
    parent_columns=(JOB,),
)
"""The same for single jobs, instead of their type's."""

AFTER: Final = Sheet(
    "after",
    "先后顺序",
    "list",
    After,
    ("after",),
    (
        Column("first job", "先做的工单", ("job_id",), example="J0", refers="jobs"),
        Column("gap from", "间隔起点", ("gap_from",), "choice", "end", GAPS_FROM),
        Column("min gap min", "至少间隔（分钟）", ("min_gap_min",), "whole", "30"),
        Column("max gap min", "至多间隔（分钟）", ("max_gap_min",), "whole", "240"),
        Column("next working day", "次日起", ("next_working_day",), "yes/no", "no"),
        Column("who", "由谁做", ("who",), "choice", "same", WHO),
    ),
    parent="jobs",
    parent_columns=(JOB,),
)
"""Which job comes before which."""

GROUPS: Final = Sheet(
    "groups",
    "工单组",
    "list",
    JobGroup,
    ("groups",),
    (
        Column("jobs", "工单", ("jobs",), "words", "J1; J2"),
        Column("who", "由谁做", ("who",), "choice", "same", GROUPS_WHO),
    ),
)
"""Jobs for one technician, or each for another one."""
