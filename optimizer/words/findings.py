"""A broken hard rule, in words."""

from typing import Final

from optimizer.domain.assessment import Finding
from optimizer.words.language import Language
from optimizer.words.moments import short_day
from optimizer.words.numbers import minutes
from optimizer.words.rule_names import rule_name

_UNITS: Final = {
    "h": "小时",
    "level": "级",
    "jobs": "单",
    "pieces": "件",
    "km": "公里",
    "days": "天",
    "nights": "晚",
    "m": "米",
    "s": "秒",
    "times": "次",
    "visits": "次到访",
    "people": "人",
    "leads": "名主责人",
}


def finding_words(finding: Finding, language: Language = "en") -> str:
    """Return what is broken and by how much.

    Parameters
    ----------
    finding : the breach
    language : English or Chinese; the Chinese sentence gives the rule's name and the amounts
    """
    if language == "en":
        return finding.sentence
    who = "、".join(one for one in (finding.technician_id, finding.job_id) if one)
    when = "" if finding.day is None else f" {short_day(finding.day, 'zh')}"
    where = f"{who}{when}".strip()
    subject = f"{rule_name(finding.code, 'zh')}（{finding.code}）{'，' if where else ''}{where}"
    return f"{subject}：{_amounts(finding)}。"


def _amounts(finding: Finding) -> str:
    if finding.unit == "min":  # measured and limit may be times of day
        return f"相差 {minutes(60 * finding.over, 'zh')}"
    if finding.unit not in _UNITS:
        return f"不符合 {_figure(finding.over)} 处"
    unit = _UNITS[finding.unit]
    measured, limit, over = (
        f"{_figure(amount)} {unit}" for amount in (finding.measured, finding.limit, finding.over)
    )
    return f"实际 {measured}，规定 {limit}，相差 {over}"


def _figure(amount: float) -> str:
    return f"{round(amount, 1):,g}"
