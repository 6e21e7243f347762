"""Who goes to a job together, and on which of its days, in words."""

from collections.abc import Sequence
from typing import Final

from optimizer.words.language import Language, Words
from optimizer.words.numbers import listed

LEADS: Final[Words] = {"en": "leads", "zh": "主责"}
"""Whoever leads a crew also answers for safety."""

COMES_ALONG: Final[Words] = {"en": "comes along", "zh": "随行"}
"""The others of a crew."""


def role_word(seat: int, language: Language) -> str:
    """Return what somebody is in a crew, e.g. ``leads``.

    Parameters
    ----------
    seat : place in the crew, 0 leads
    language : English or Chinese
    """
    return (COMES_ALONG if seat else LEADS)[language]


def crew_words(seat: int, mates: Sequence[str], language: Language) -> str:
    """Return with whom somebody works, e.g. ``leads, with Li Hua`` or ``with Wang Qiang, who leads``.

    Parameters
    ----------
    seat : the reader's place in the crew, 0 leads
    mates : names of the others, the one who leads first
    language : English or Chinese

    Returns
    -------
    empty where there are no others
    """
    if not mates:
        return ""
    if seat == 0:
        return f"主责，同行：{listed(mates, 'zh')}" if language == "zh" else f"leads, with {listed(mates)}"
    lead, *others = mates
    if language == "zh":
        return f"随行，主责：{lead}" + (f"，同行：{listed(others, 'zh')}" if others else "")
    return f"with {lead}, who leads" + (f", and {listed(others)}" if others else "")


def day_of_job(part: int, days: int, language: Language) -> str:
    """Return which day of a job it is, e.g. ``day 2 of 3``; empty for a job of one day.

    Parameters
    ----------
    part : which day, from 0
    days : how many there are
    language : English or Chinese
    """
    if days < 2:
        return ""
    return f"第 {part + 1} 天，共 {days} 天" if language == "zh" else f"day {part + 1} of {days}"
