"""Which job comes before and after which, in words."""

from typing import Literal

from optimizer.words.language import Language
from optimizer.words.numbers import minutes
from optimizer.words.spacing import spaced


def before_words(
    first: str, at: str, gap_min: int, language: Language, *, gap_from: Literal["start", "end"] = "end"
) -> str:
    """Return what a job waits for, e.g. ``Only after J1 (Zhou Min), planned until 10:10, 20 min later at least.``.

    Parameters
    ----------
    first : the job that comes first, with who does it
    at : when it is planned to end, or to start where gaps count from there
    gap_min : minutes at least from there on; 0: none are asked for
    language : English or Chinese
    gap_from : what has to be over before: its start or its end
    """
    begun = gap_from == "start"
    if language == "zh":
        planned = f"，计划 {at} {'开始' if begun else '完成'}"
        gap = f"，至少间隔 {minutes(60 * gap_min, 'zh')}" if gap_min else ""
        return f"须在{spaced(first)}{'开始' if begun else '完成'}之后{planned}{gap}。"
    planned = f", planned {'for' if begun else 'until'} {at}"
    gap = f", {minutes(60 * gap_min)} later at least" if gap_min else ""
    said = f"Only once {first} has begun" if begun else f"Only after {first}"
    return f"{said}{planned}{gap}."


def after_words(second: str, starts: str, language: Language) -> str:
    """Return which job waits for this one, e.g. ``J2 (Wang Qiang) waits for this and starts at 10:30.``.

    Parameters
    ----------
    second : the job that waits, with who does it
    starts : when it is planned to start
    language : English or Chinese
    """
    if language == "zh":
        return f"{spaced(second).lstrip()}等本单，{starts} 开始。"
    return f"{second} waits for this and starts at {starts}."
