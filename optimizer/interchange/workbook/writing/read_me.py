"""The first sheet of a workbook: what it is, how to fill it in, what each sheet is for."""

from collections.abc import Iterator
from typing import Final

from optimizer.interchange.workbook.columns.sheets import SHEETS
from optimizer.words.language import Language, Words

TITLE: Final[Words] = {"en": "Read me", "zh": "说明"}
"""Name of the sheet."""

_HEAD: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "This workbook holds what a plan is made of: technicians, jobs, branches and your rules.",
        "Fill in the sheets, save, and run: paigong plan day.xlsx",
        "The rows that are there are an example that can be planned as it is; write your own over them.",
        "Each header says in a comment what the column means; columns with a dark header must be filled in.",
        "An empty cell means the usual value. Columns and sheets that you do not need may be deleted.",
        "Columns and sheets of your own begin with #, such as # my notes; they are not read.",
        "Days: 2026-07-15. Times: 09:00. Moments: 2026-07-15 09:00, local time. Lists: one; two; three.",
        "Skills and parts with their number: repair/aircon: 3; survey: 2",
        "Write values, no formulas, and do not join cells. Mistakes are listed with sheet, column and row.",
    ),
    "zh": (
        "本工作簿包含排班派工所需的全部内容：技术员、工单、网点和规则。",
        "填写各表并保存，然后运行：paigong plan 文件名.xlsx",
        "表中已有的行是可以直接排班的示例，请改成自己的数据。",
        "每个表头的批注说明该列的填法；深色表头的列必填。",
        "空单元格表示采用默认值。不需要的列和表可以删除。",
        "自己加的列和表，名称以 # 开头（如 #备忘），程序不读取。",
        "日期：2026-07-15。时间：09:00。时刻：2026-07-15 09:00（当地时间）。列表：甲; 乙; 丙。",
        "技能与配件带数字：repair/aircon: 3; survey: 2",
        "请填数值，不要用公式，不要合并单元格。如有错误，会逐一指出所在的表、列和行。",
    ),
}

_ABOUT: Final[dict[str, Words]] = {
    "scenario": {
        "en": "the whole day: first day, preset, present time, the desk",
        "zh": "整体：首日、方案、当前时间、服务台",
    },
    "branches": {"en": "service stations, at least one", "zh": "网点，至少一个"},
    "technicians": {"en": "who can work", "zh": "技术员"},
    "shifts": {
        "en": "who works when; without a row: 09:00–18:00 on every working day",
        "zh": "班次；不填则每个工作日 09:00–18:00",
    },
    "jobs": {"en": "the work to do", "zh": "要派的工单"},
    "job types": {"en": "what each type of work takes", "zh": "各类工单的时长、工具、证书"},
    "stock": {"en": "spare parts on the shelves of branches", "zh": "网点的配件库存"},
    "certificates": {"en": "statutory certificates and their days", "zh": "证书及有效期"},
    "leave": {"en": "leave, sickness, training", "zh": "请假、病假、培训"},
    "pins": {"en": "what you have decided: person, day or time of a job", "zh": "已指定的人、日期或时间"},
    "kits": {"en": "tool kits", "zh": "工具包"},
    "rules": {
        "en": "parameters of rules where they differ; `paigong rules` lists all",
        "zh": "与默认不同的规则参数；paigong rules 列出全部",
    },
    "windows": {"en": "a job's second and further appointment windows", "zh": "工单的第二个及更多预约时段"},
    "job details": {
        "en": "rarer facts about jobs: the site, the customer, what the desk has done",
        "zh": "工单的其他情况：现场、客户、服务台",
    },
    "after": {
        "en": "which job comes after which other one, and how long after",
        "zh": "哪个工单在哪个之后做，间隔多久",
    },
    "groups": {
        "en": "jobs for one technician, or each for another one",
        "zh": "由同一人做、或各由不同人做的工单",
    },
    "crews": {
        "en": "standing crews: people who do crew jobs with each other only",
        "zh": "固定的安装组",
    },
    "type mates": {
        "en": "jobs for several people: what the others must be able to do, by type, one person a row",
        "zh": "多人工单：其余组员的技能要求，按类型，一人一行",
    },
    "mates": {
        "en": "the same for single jobs, instead of their type's",
        "zh": "单个工单的组员要求，取代类型的要求",
    },
    "technician details": {
        "en": "rarer facts about technicians: areas, training, work of the month",
        "zh": "技术员的其他情况：区域、培训、本月工作量",
    },
    "rework": {"en": "jobs that mend an earlier installation", "zh": "返修的工单"},
    "under way": {"en": "jobs that somebody is on the way to or at work on", "zh": "在途或正在作业的工单"},
    "approvals": {"en": "days that a manager has approved", "zh": "已审批的日期"},
    "approved visits": {"en": "who goes where when on approved days", "zh": "已审批日期的到访"},
    "approved tools": {"en": "which shared tool goes where on approved days", "zh": "已审批日期的共用工具"},
    "approved outings": {
        "en": "who is away overnight or travels otherwise on approved days",
        "zh": "已审批日期的外出",
    },
    "promises": {"en": "what customers were already told", "zh": "已告知客户的承诺"},
    "absences": {"en": "hours away within a shift", "zh": "班次内的外出"},
    "suspensions": {"en": "days under suspension", "zh": "停工的日子"},
    "attendance": {"en": "who has clocked in", "zh": "打卡情况"},
    "shared tools": {"en": "scarce tools of branches", "zh": "网点的共用工具"},
    "bench": {"en": "units sent in for repair", "zh": "寄修的机器"},
    "speed profiles": {
        "en": "means of transport: detour and time per drive",
        "zh": "交通方式：绕行与附加时间",
    },
    "speed bands": {"en": "speeds by length of the drive", "zh": "按里程的车速"},
    "lines": {
        "en": "trains and ships for who goes by train and ship",
        "zh": "火车和轮船线路，供乘火车轮船的人使用",
    },
    "stations": {"en": "their stations with minutes and fares", "zh": "各线路的车站、时间和票价"},
    "slow areas": {
        "en": "districts where traffic is slow for some hours: accident, storm, road works",
        "zh": "某些时段交通缓行的区域：事故、暴雨、修路",
    },
    "matrices": {"en": "given travel times between places", "zh": "已知的行程时间"},
}


def read_me(language: Language) -> Iterator[tuple[str, str]]:
    """Yield the lines of the sheet: a sentence, or the name of a sheet and what it is for.

    Parameters
    ----------
    language : language of the sentences
    """
    for line in _HEAD[language]:
        yield line, ""
    yield "", ""
    for sheet in SHEETS:
        yield sheet.title(language), _ABOUT[sheet.name][language]
