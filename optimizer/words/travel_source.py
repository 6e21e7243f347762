"""Where a plan's travel times come from, in words."""

from typing import Final

from optimizer.domain.travel import LINES, ROADS, SOURCES_JOIN
from optimizer.words.language import Language

_CHINESE: Final[dict[str, str]] = {
    ROADS: "道路",
    LINES: "火车轮船线路",
    "great circle": "直线距离",
    "given matrices": "给定的行程表",
    "none needed": "无需",
}


def travel_source_words(source: str, language: Language = "en") -> str:
    """Return where travel times come from, e.g. ``lines and great circle`` or ``火车轮船线路、直线距离``.

    Parameters
    ----------
    source : as the plan's travel data says it; a name without a Chinese word stays as it is
    language : English or Chinese
    """
    if language == "en":
        return source
    return "、".join(_CHINESE.get(name, name) for name in source.split(SOURCES_JOIN))
