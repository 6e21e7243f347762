"""How the closed sets of the business are called: priorities, means, kinds of work, bill kinds, states, units, …

Each table has one row for each value; look up with ``PRIORITY_NAMES[priority][language]``.
"""

from typing import Final, Literal

from optimizer.domain.assessment import BillKind, Event
from optimizer.domain.job import Priority
from optimizer.domain.lines import LineKind
from optimizer.domain.plan import Night
from optimizer.domain.policy import Preset
from optimizer.domain.proposal import ProposalName
from optimizer.domain.technician import Means, WorkKind
from optimizer.words.language import Language, Words

PRIORITY_NAMES: Final[dict[Priority, Words]] = {
    "emergency": {"en": "emergency", "zh": "紧急"},
    "vip": {"en": "key customer", "zh": "重点客户"},
    "contract": {"en": "contract", "zh": "合同"},
    "normal": {"en": "normal", "zh": "普通"},
    "flexible": {"en": "flexible", "zh": "可缓"},
}
"""Priority classes."""

MEANS_NAMES: Final[dict[Means, Words]] = {
    "car": {"en": "car", "zh": "汽车"},
    "motorcycle": {"en": "motorcycle", "zh": "摩托车"},
    "public_transport": {"en": "public transport", "zh": "公共交通"},
    "long_distance": {"en": "train and ship", "zh": "火车轮船"},
}
"""Means of transport."""

LINE_NAMES: Final[dict[LineKind, Words]] = {
    "train": {"en": "train", "zh": "火车"},
    "ship": {"en": "ship", "zh": "轮船"},
}
"""What a line is."""

WORK_KIND_NAMES: Final[dict[WorkKind, Words]] = {
    "installation": {"en": "installation", "zh": "安装"},
    "repair": {"en": "repair", "zh": "维修"},
    "complaint": {"en": "complaint", "zh": "投诉"},
    "maintenance": {"en": "maintenance", "zh": "保养"},
    "survey": {"en": "survey", "zh": "勘察"},
    "other": {"en": "other", "zh": "其他"},
}
"""Kinds of work."""

EVENT_NAMES: Final[dict[Event, Words]] = {
    "arriving": {"en": "on site", "zh": "到场"},
    "finishing": {"en": "finished", "zh": "完工"},
    "answering": {"en": "answered", "zh": "答复"},
    "calling": {"en": "called", "zh": "联系"},
    "dispatching": {"en": "ordered", "zh": "派工"},
}
"""What meets a clock, as it stands before a moment: ``on site 15 Jul 09:05``."""

CLOCK_LABELS: Final[dict[str, Words]] = {
    "target": {"en": "target", "zh": "目标"},
    "limit": {"en": "limit", "zh": "最迟"},
}
"""Which of a rule's clocks it is."""

STATE_NAMES: Final[dict[Literal["met", "at_risk", "missed", "open"], Words]] = {
    "met": {"en": "met", "zh": "达标"},
    "at_risk": {"en": "at risk", "zh": "有风险"},
    "missed": {"en": "missed", "zh": "超时"},
    "open": {"en": "open", "zh": "未到期"},
}
"""How a clock stands."""

BILL_KIND_NAMES: Final[dict[BillKind, Words]] = {
    "outlay": {"en": "money spent", "zh": "实际支出"},
    "transfer": {"en": "moved between people", "zh": "人员间划转"},
    "service": {"en": "price of poor service", "zh": "服务不到位的代价"},
}
"""Kinds of bill lines."""

PRESET_NAMES: Final[dict[Preset, Words]] = {
    "service-first": {"en": "service-first", "zh": "服务优先"},
    "balanced": {"en": "balanced", "zh": "均衡"},
    "economy": {"en": "economy", "zh": "节省"},
}
"""Presets; in English the word that a file takes."""

PROPOSAL_NAMES: Final[dict[ProposalName, Words]] = {
    "repair": {"en": "repair", "zh": "就地补排"},
    "nobody else": {"en": "nobody else", "zh": "不动旁人"},
    "fewest changes": {"en": "fewest changes", "zh": "改动最少"},
    "most served": {"en": "most served", "zh": "服务最多"},
    "turn round": {"en": "turn round", "zh": "中途改派"},
    "between": {"en": "between", "zh": "折中"},
    "cheapest": {"en": "cheapest", "zh": "费用最低"},
}
"""Ways to go on after what happened."""

OWNER_NAMES: Final[dict[str, Words]] = {
    "desk": {"en": "desk", "zh": "服务台"},
    "manager": {"en": "manager", "zh": "经理"},
}
"""Owners of desk tasks who are no technicians."""

PLACE_NAMES: Final[dict[str, Words]] = {
    "branch": {"en": "branch", "zh": "网点"},
    "home": {"en": "home", "zh": "家"},
    "job": {"en": "job", "zh": "工单"},
    "start": {"en": "agreed start", "zh": "当天出发地"},
    "end": {"en": "agreed end", "zh": "当天收工地"},
}
"""Kinds of places, by what stands before the colon of a place's name; a day's ends are among them."""

REST_NAMES: Final[dict[Literal["break", "absence"], Words]] = {
    "break": {"en": "midday rest", "zh": "午休"},
    "absence": {"en": "away", "zh": "中途外出"},
}
"""Rests within a day."""

NIGHT_NAMES: Final[dict[Night, Words]] = {
    "lodging": {"en": "hotel", "zh": "旅馆"},
    "housing": {"en": "branch housing", "zh": "网点宿舍"},
    "transit": {"en": "on board", "zh": "车船上"},
}
"""How a night away is spent."""

ENDED_BY_NAMES: Final[
    dict[Literal["time", "iterations", "no_improvement", "target", "cancelled", "finished"], Words]
] = {
    "time": {"en": "the time was up", "zh": "时间用完"},
    "iterations": {"en": "all iterations done", "zh": "迭代次数用完"},
    "no_improvement": {"en": "nothing better came any more", "zh": "不再有改进"},
    "target": {"en": "the target was reached", "zh": "达到目标"},
    "cancelled": {"en": "stopped by hand", "zh": "手动停止"},
    "finished": {"en": "searched to the end", "zh": "搜索完毕"},
}
"""Why a search ended."""

UNIT_NAMES: Final[dict[str, tuple[Words, Words]]] = {
    "job": ({"en": "job", "zh": "个工单"}, {"en": "jobs", "zh": "个工单"}),
    "h": ({"en": "h", "zh": "小时"}, {"en": "h", "zh": "小时"}),
    "km": ({"en": "km", "zh": "公里"}, {"en": "km", "zh": "公里"}),
    "call": ({"en": "call", "zh": "个电话"}, {"en": "calls", "zh": "个电话"}),
    "visits": ({"en": "visit", "zh": "次上门"}, {"en": "visits", "zh": "次上门"}),
    "batch": ({"en": "batch", "zh": "批"}, {"en": "batches", "zh": "批"}),
    "bonus": ({"en": "bonus", "zh": "份奖金"}, {"en": "bonuses", "zh": "份奖金"}),
    "days": ({"en": "day", "zh": "天"}, {"en": "days", "zh": "天"}),
    "empty visits": ({"en": "empty visit", "zh": "次空跑"}, {"en": "empty visits", "zh": "次空跑"}),
    "rides": ({"en": "ride", "zh": "程车船"}, {"en": "rides", "zh": "程车船"}),
    "levels": ({"en": "level", "zh": "级"}, {"en": "levels", "zh": "级"}),
    "night": ({"en": "night", "zh": "晚"}, {"en": "nights", "zh": "晚"}),
}
"""Units of bill lines: of one, and of several."""

WHOLE_UNITS: Final = frozenset({"job", "call", "visits", "batch", "bonus", "rides", "levels", "night"})
"""Units that come in whole numbers."""


def amount(quantity: float, unit: str, language: Language = "en") -> str:
    """Write the quantity of a bill line, e.g. ``1 job``, ``11 jobs``, ``45.9 h`` or ``11 个工单``.

    Parameters
    ----------
    quantity : how much
    unit : the line's unit, e.g. ``km``
    language : English or Chinese
    """
    one, many = UNIT_NAMES.get(unit, ({"en": unit, "zh": unit}, {"en": unit, "zh": unit}))
    whole = unit in WHOLE_UNITS and quantity == round(quantity)
    figure = f"{quantity:,.0f}" if whole else f"{quantity:,.1f}"
    return f"{figure} {(one if quantity == 1 else many)[language]}"


def owner_name(owner: str, language: Language = "en") -> str:
    """Return who does a desk task: the desk, the manager, or the technician's id as it is."""
    return OWNER_NAMES[owner][language] if owner in OWNER_NAMES else owner
