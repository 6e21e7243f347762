"""Why somebody has no stop on a day, in words."""

from typing import Final

from optimizer.domain.idle import IdleDay
from optimizer.words.hindrances import hindrance
from optimizer.words.language import Language, Words
from optimizer.words.moments import short_day
from optimizer.words.numbers import listed

_PAPERS_ZH: Final[dict[str, str]] = {
    "examination": "考核",
    "insurance": "保险",
    "safety agreement": "安全协议",
}
_REST_AFTER: Final[Words] = {"en": "the rest after a trip (TRIP)", "zh": "出差后休息（TRIP）"}


def idle_words(idle: IdleDay, language: Language = "en", *, name: str = "") -> str:
    """Return why somebody has no stop as a sentence.

    Parameters
    ----------
    idle : who, when and why
    language : English or Chinese
    name : what the technician is called in the sentence; empty: the id
    """
    who = name or idle.technician_id
    if language == "zh":
        return _chinese(idle, who)
    if idle.day is None:
        return f"{who} has no shift on the planned days."
    on_day = f"{who} on {idle.day.isoformat()}"
    if not idle.codes:
        return f"{on_day} is on duty and has no stop."
    said = [*idle.details, *([f"last inspected {idle.inspected}"] if idle.inspected else [])]
    details = f", {listed(said)}" if said else ""
    return f"{on_day} is off duty: {listed([_reason(code, 'en') for code in idle.codes])}{details}."


def _chinese(idle: IdleDay, who: str) -> str:
    if idle.day is None:
        return f"{who} 在计划日期内没有班次。"
    on_day = f"{who} {short_day(idle.day, 'zh')}"
    if not idle.codes:
        return f"{on_day} 当班，但没有派单。"
    said = [_PAPERS_ZH.get(one, one) for one in idle.details]
    said += [f"上次检查 {idle.inspected}"] if idle.inspected else []
    details = f"：{listed(said, 'zh')}" if said else ""
    return f"{on_day} 不当班：{listed([_reason(code, 'zh') for code in idle.codes], 'zh')}{details}。"


def _reason(code: str, language: Language) -> str:
    return _REST_AFTER[language] if code == "TRIP" else hindrance(code, language)
