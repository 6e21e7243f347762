"""Nights away in words: near which job somebody sleeps, how, and what a day of a trip without stops is."""

from collections.abc import Sequence
from typing import Final

from optimizer.domain.plan import Night, ShiftPlan
from optimizer.domain.trips import evening_at, morning_at, only_back, ridden_to, stays
from optimizer.words.language import Language, Words
from optimizer.words.names import NIGHT_NAMES
from optimizer.words.numbers import count

NIGHT_AWAY: Final[Words] = {"en": "night away", "zh": "在外过夜"}
"""How a day ends that does not end at home; where, is said by `evening_words`."""
FROM_THE_NIGHT: Final[Words] = {"en": "from the night", "zh": "过夜后出发"}
"""How the day after it begins; where, is said by `morning_words`."""

STAYS: Final[Words] = {"en": "stays", "zh": "停留"}
"""What somebody does between two nights at one place; where, is said by `evening_words`."""
ON_THE_WAY: Final[Words] = {"en": "on the way", "zh": "在途"}
"""What somebody does on another day without stops."""


RIDES: Final[Words] = {"en": "rides through the night", "zh": "夜间乘车船"}
"""How a night is spent on a train or ship; where to, is said by `ride_words`."""
ONLY_BACK: Final[Words] = {"en": "back in the morning", "zh": "早晨返回"}
"""What is done on the day after a ride home through the night."""


def near_words(job_id: str, language: Language = "en") -> str:
    """Return where a night is spent, e.g. ``near HH-2`` or ``HH-2 附近``."""
    return f"near {job_id}" if language == "en" else f"{job_id} 附近"


def evening_words(shift: ShiftPlan, language: Language = "en") -> str:
    """Return where and how the night after a day is spent, e.g. ``near HH-2, hotel``; empty: at home.

    On a sleeper it is ``rides through the night to HH-2``.

    Parameters
    ----------
    shift : the day as planned
    language : English or Chinese
    """
    if shift.night == "transit":
        return ride_words(ridden_to(shift), language)
    job_id = evening_at(shift)
    return "" if job_id is None or shift.night is None else night_words(job_id, shift.night, language)


def ride_words(job_id: str | None, language: Language = "en") -> str:
    """Return where a night's ride goes, e.g. ``rides through the night to HH-2`` or ``夜间乘车船前往 HH-2``.

    Parameters
    ----------
    job_id : the job; none: to where the day ends, mostly home
    language : English or Chinese
    """
    if language == "en":
        return f"{RIDES['en']} {'back' if job_id is None else f'to {job_id}'}"
    return f"{RIDES['zh']}{'返回' if job_id is None else f'前往 {job_id}'}"


def evening_place(shift: ShiftPlan, language: Language = "en") -> str:
    """Return where the night after a day is spent, e.g. ``near HH-2``, or where its ride goes; empty: at home.

    Parameters
    ----------
    shift : the day as planned
    language : English or Chinese
    """
    if shift.night is None or shift.night == "transit":
        return evening_words(shift, language)
    return near_words(evening_at(shift) or "", language)


def night_words(job_id: str, night: Night, language: Language = "en") -> str:
    """Return where and how a night is spent, e.g. ``near HH-2, hotel`` or ``HH-2 附近，旅馆``.

    Parameters
    ----------
    job_id : the job near which it is
    night : in a hotel or in a branch's own beds
    language : English or Chinese
    """
    comma = ", " if language == "en" else "，"
    return f"{near_words(job_id, language)}{comma}{NIGHT_NAMES[night][language]}"


def morning_words(shift: ShiftPlan, language: Language = "en") -> str:
    """Return where the night before a day was spent, e.g. ``near HH-2``; empty: the day starts as usual.

    Parameters
    ----------
    shift : the day as planned
    language : English or Chinese
    """
    job_id = morning_at(shift)
    return "" if job_id is None else near_words(job_id, language)


def work_of_day(shift: ShiftPlan, language: Language = "en") -> str:
    """Return what a day brings: its jobs, else ``on the way``, ``stays near HH-2`` or ``back in the morning``.

    Parameters
    ----------
    shift : the day as planned
    language : English or Chinese
    """
    if shift.stops:
        return count(len(shift.stops), "job", language)
    if only_back(shift):
        return ONLY_BACK[language]
    if not stays(shift):
        return ON_THE_WAY[language]
    return f"{STAYS[language]} {morning_words(shift, language)}"


def nights_away(shifts: Sequence[ShiftPlan], language: Language = "en") -> str:
    """Return how many nights are spent away, e.g. ``2 nights away`` or ``2 晚在外``; empty: none.

    Parameters
    ----------
    shifts : days as planned
    language : English or Chinese
    """
    nights = sum(shift.night is not None for shift in shifts)
    if not nights:
        return ""
    return f"{count(nights, 'night', language)}{' away' if language == 'en' else '在外'}"
