"""What stops a job, by the code of the rule that stops it."""

from collections.abc import Sequence
from typing import Final

from optimizer.words.language import Language, Words
from optimizer.words.numbers import listed

HINDRANCES: Final[dict[str, Words]] = {
    "SKILL": {"en": "a missing skill", "zh": "缺少技能"},
    "CERTIFICATE": {"en": "a missing certificate", "zh": "缺少证件"},
    "TOOL": {"en": "a missing tool", "zh": "缺少工具"},
    "TOOL_INSPECTION": {"en": "tools not inspected or not replaced", "zh": "工具未检查或未补齐"},
    "PART": {"en": "missing spare parts", "zh": "缺少配件"},
    "ONBOARDED": {"en": "missing examination, insurance or training", "zh": "未考核、未投保或未培训"},
    "SUSPENDED": {"en": "a suspension", "zh": "停工处分"},
    "ABSENT": {"en": "leave or sickness", "zh": "请假或生病"},
    "NO_SHOW": {"en": "not having clocked in", "zh": "未打卡"},
    "TERRITORY": {"en": "another territory", "zh": "不在服务区域"},
    "CREW": {"en": "the people it takes at the same time", "zh": "人手（几人同时到场）"},
    "SHARED_TOOL": {"en": "a shared tool", "zh": "共用工具"},
    "CUSTOMER_EXCLUSION": {"en": "the customer's refusal", "zh": "客户拒绝"},
    "PINNED": {"en": "the dispatcher's pin", "zh": "派工员已指定"},
    "APPROVED": {"en": "a day that is approved already", "zh": "该日计划已审批"},
    "UNDER_WAY": {"en": "what is under way already", "zh": "已有人在途或在场"},
    "SITE_READY": {"en": "a site that is not ready", "zh": "现场条件不具备"},
    "SHIFT": {"en": "too little time in the shift", "zh": "班次时间不够"},
    "BREAK": {"en": "the rests of the day", "zh": "当天的休息时间"},
    "APPOINTMENT": {"en": "agreed appointments", "zh": "预约时段"},
    "PROMISE": {"en": "a promised time", "zh": "已承诺的时间"},
    "PRECEDENCE": {"en": "the jobs it is tied to", "zh": "与其他工单的先后或同人关系"},
    "WORKLOAD_CAP": {"en": "the cap on jobs or hours", "zh": "单量或工时上限"},
    "TRIP": {"en": "a trip, or the rest after it", "zh": "出差或出差后的休息"},
    "CAPACITY": {"en": "the load", "zh": "装载量"},
    "UNSERVED": {"en": "costing more than leaving it out", "zh": "派出比不派更贵"},
}
"""What stops a job, by code."""


MISSING: Final[dict[str, tuple[str, str, str]]] = {
    "SKILL": ("skill", "skills", "技能"),
    "CERTIFICATE": ("certificate", "certificates", "证件"),
    "TOOL": ("tool", "tools", "工具"),
    "PART": ("part", "parts", "配件"),
    "SHARED_TOOL": ("shared tool", "shared tools", "共用工具"),
}
"""Things that can be missing by name, by code: one and several in English, and in Chinese."""
NAMED: Final = 4
"""Missing things that are named at most."""


def hindrance(code: str, language: Language = "en", *, names: Sequence[str] = ()) -> str:
    """Return what stops a job with its code, e.g. ``a missing skill (SKILL)`` or ``缺少技能（SKILL）``.

    Parameters
    ----------
    code : the rule's code
    language : English or Chinese
    names : what is missing, where that is known: ``the missing skill repair/空调 (SKILL)``
    """
    if names and code in MISSING:
        one, many, chinese = MISSING[code]
        said = _named(names, language)
        if language == "zh":
            return f"缺少{chinese} {said}（{code}）"
        return f"the missing {one if len(names) == 1 else many} {said} ({code})"
    if language == "zh":
        return f"{HINDRANCES[code]['zh']}（{code}）" if code in HINDRANCES else f"规则 {code}"
    return f"{HINDRANCES[code]['en']} ({code})" if code in HINDRANCES else f"the rule {code}"


def _named(names: Sequence[str], language: Language) -> str:
    if len(names) <= NAMED:
        return listed(names, language)
    first, more = names[: NAMED - 1], len(names) - NAMED + 1
    return f"{'、'.join(first)} 等 {len(names)} 种" if language == "zh" else listed([*first, f"{more} more"])
