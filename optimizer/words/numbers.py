"""How money, shares, distances, lengths of time and counts are written."""

from collections.abc import Sequence
from typing import Final

from optimizer.words.language import Language, Words

NOUNS: Final[dict[str, Words]] = {
    "job": {"en": "job", "zh": "个工单"},
    "shift": {"en": "shift", "zh": "个班次"},
    "technician": {"en": "technician", "zh": "名技术员"},
    "branch": {"en": "branch", "zh": "个网点"},
    "day": {"en": "day", "zh": "天"},
    "night": {"en": "night", "zh": "晚"},
    "clock": {"en": "clock", "zh": "项时限"},
    "task": {"en": "task", "zh": "项任务"},
    "stop": {"en": "stop", "zh": "次到访"},
    "place": {"en": "place", "zh": "个位置"},
    "piece": {"en": "piece", "zh": "件"},
    "error": {"en": "error", "zh": "处错误"},
    "breach": {"en": "breach", "zh": "处违规"},
}
"""Things that are counted: one of them in English, the Chinese word with its measure word."""


def money(cents: int) -> str:
    """Write cents as yuan in either language, e.g. ``¥1,234.50``."""
    sign = "-" if cents < 0 else ""
    return f"{sign}¥{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def percent(share: float) -> str:
    """Write a share as percent, rounded half up, but what is not all is never shown as 100 %; e.g. ``66.7 %``."""
    tenths = int(share * 1000 + 0.5 + 1e-9)
    return f"{(min(tenths, 999) if share < 1 else tenths) / 10:.1f} %"


def kilometres(metres: float, language: Language = "en") -> str:
    """Write a distance, e.g. ``5.1 km``, ``23 km`` or ``1,427 km``; in Chinese ``5.1 公里``."""
    figure = f"{metres / 1000:.1f}" if abs(metres) < 9_950 else f"{metres / 1000:,.0f}"
    return f"{figure} {'km' if language == 'en' else '公里'}"


def minutes(seconds: float, language: Language = "en") -> str:
    """Write a length of time for people, e.g. ``12 min``, ``1 h 05 min`` or ``12 分钟``, ``1 小时 05 分``.

    Parameters
    ----------
    seconds : the length; the sign is left out, seconds are cut off, but anything above 0 is at least 1 min
    language : English or Chinese
    """
    length = abs(seconds)
    return _hours_and_minutes(max(int(length // 60), 1 if length > 0 else 0), language)


def exact_time(seconds: int, language: Language = "en") -> str:
    """Write a length of time exactly: ``2 h 05 min``, and ``2 h 05 min 30 s`` where seconds matter.

    Parameters
    ----------
    seconds : the length; the sign is left out
    language : English or Chinese
    """
    whole, rest = divmod(abs(seconds), 60)
    parts = [_hours_and_minutes(whole, language)] if whole else []
    if rest or not parts:
        parts.append(f"{rest} {'s' if language == 'en' else '秒'}")
    return " ".join(parts)


def hours(number: float, language: Language = "en") -> str:
    """Write hours with one decimal, e.g. ``45.9 h`` or ``45.9 小时``."""
    return f"{number:,.1f} {'h' if language == 'en' else '小时'}"


def count(number: int, noun: str, language: Language = "en", *, plural: str = "") -> str:
    """Write a number of things, e.g. ``1 job``, ``2,000 jobs`` or ``2,000 个工单``.

    Parameters
    ----------
    number : how many
    noun : what, in English, in the singular; Chinese is known for those of `NOUNS`
    language : English or Chinese
    plural : the English plural where it is not the noun with an s
    """
    if language == "zh":
        return f"{number:,} {NOUNS[noun]['zh']}" if noun in NOUNS else f"{number:,} {noun}"
    return f"{number:,} {noun if number == 1 else plural or _plural(noun)}"


def listed(parts: Sequence[str], language: Language = "en") -> str:
    """Write some words as a list, e.g. ``a, b and c`` or ``a、b、c``."""
    if len(parts) < 2:
        return "".join(parts)
    if language == "zh":
        return "、".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _hours_and_minutes(whole: int, language: Language) -> str:
    if language == "zh":
        return f"{whole // 60} 小时 {whole % 60:02d} 分" if whole >= 60 else f"{whole} 分钟"
    return f"{whole // 60} h {whole % 60:02d} min" if whole >= 60 else f"{whole} min"


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith(("ch", "s", "x")) else f"{noun}s"
