"""How the measures of a study are called, and how their values, differences and intervals are written.

A difference has as many decimals as its interval gives meaning to, and where it is clear of 0 so many that no end
reads as 0. Estimated money has its cents where they mean something: values below ¥100, intervals narrower than ¥10.
"""

import math
from collections.abc import Sequence
from typing import Final, Literal

from optimizer.domain.study import BASE, Measure, OneMoreKind, Target
from optimizer.domain.study_result import Estimate, OneMoreAnswer, TargetState
from optimizer.words.language import Language, Words
from optimizer.words.numbers import percent

MEASURE_NAMES: Final[dict[Measure, Words]] = {
    "on_time": {"en": "share on time", "zh": "按时率"},
    "appointments_kept": {"en": "appointments kept", "zh": "守约率"},
    "done": {"en": "jobs done", "zh": "完成率"},
    "first_visit_fix": {"en": "done at first visit", "zh": "一次完成率"},
    "jobs_a_technician_day": {"en": "jobs per person and day", "zh": "人均日完成单数"},
    "km_a_job": {"en": "distance per job", "zh": "单均里程"},
    "travel_share": {"en": "share of driving", "zh": "路途占工时"},
    "overtime_h_a_day": {"en": "overtime a day", "zh": "日加班"},
    "open_jobs": {"en": "open jobs at the close", "zh": "日终未结单数"},
    "moved_a_day": {"en": "customers moved a day", "zh": "日改约户数"},
    "hours_uneven_h": {"en": "unevenness of hours", "zh": "工时差异"},
    "bill_cents_a_day": {"en": "bill a day", "zh": "日费用"},
    "cost_cents_a_day": {"en": "bill and wages a day", "zh": "日费用加工资"},
    "cost_cents_a_job": {"en": "bill and wages per job", "zh": "单均费用加工资"},
}
"""Measures, as they stand in a table or in a sentence."""

TARGET_STATE_NAMES: Final[dict[TargetState, Words]] = {
    "met": {"en": "met", "zh": "达到"},
    "not_met": {"en": "not met", "zh": "未达到"},
    "not_decided": {"en": "not decided", "zh": "尚无定论"},
}
"""Whether a target is reached."""

_ONE_MORE: Final[dict[OneMoreKind, Words]] = {
    "technician": {"en": "technician like", "zh": "技术员，同"},
    "skill": {"en": "skill", "zh": "技能"},
    "certificate": {"en": "certificate", "zh": "证件"},
    "shared_tool": {"en": "shared tool", "zh": "共用工具"},
    "part": {"en": "part", "zh": "配件"},
}

_Kind = Literal["share", "number", "km", "hours", "money"]

_KINDS: Final[dict[Measure, _Kind]] = {
    "on_time": "share",
    "appointments_kept": "share",
    "done": "share",
    "first_visit_fix": "share",
    "jobs_a_technician_day": "number",
    "km_a_job": "km",
    "travel_share": "share",
    "overtime_h_a_day": "hours",
    "open_jobs": "number",
    "moved_a_day": "number",
    "hours_uneven_h": "hours",
    "bill_cents_a_day": "money",
    "cost_cents_a_day": "money",
    "cost_cents_a_job": "money",
}

_UNITS: Final[dict[_Kind, Words]] = {
    "share": {"en": " points", "zh": " 个百分点"},
    "number": {"en": "", "zh": ""},
    "km": {"en": " km", "zh": " 公里"},
    "hours": {"en": " h", "zh": " 小时"},
    "money": {"en": "", "zh": ""},
}
_DECIMALS: Final[dict[_Kind, int]] = {"share": 1, "number": 2, "km": 1, "hours": 1, "money": 0}
_MOST_DECIMALS: Final = 6
_NOISE: Final = 1e-9  # of floats that are subtracted
_SMALL_MONEY: Final = 100
_NARROW_MONEY: Final = 10


def variant_name(name: str, language: Language = "en") -> str:
    """Return how a variant is called: its name, or what the scenario without changes is."""
    return {"en": "base", "zh": "现状"}[language] if name == BASE else name


def figure(measure: Measure, value: float, language: Language = "en") -> str:
    """Write a value of a measure, e.g. ``92.5 %``, ``5.1 km`` or ``¥12,346``.

    Parameters
    ----------
    measure : which measure
    value : in the measure's own unit: shares from 0 to 1, money in cents
    language : English or Chinese
    """
    kind = _KINDS[measure]
    if kind == "share" and value >= 0:
        return percent(value)
    return _written(kind, _shown(kind, value), _places(kind, value), language)


def within(measure: Measure, value: Estimate, language: Language = "en") -> str:
    """Write the interval of a value, e.g. ``92.3 % to 93.9 %``."""
    return between(measure, value.low, value.high, language)


def between(measure: Measure, low: float, high: float, language: Language = "en") -> str:
    """Write from where to where values reach, e.g. ``92.3 % to 93.9 %``.

    Parameters
    ----------
    measure : which measure
    low, high : in the measure's own unit
    language : English or Chinese
    """
    ends = figure(measure, low, language), figure(measure, high, language)
    return f" {'to' if language == 'en' else '至'} ".join(ends)


def plus_minus(measure: Measure, width: float, language: Language = "en", *, unit: bool = True) -> str:
    """Write half the width of an interval, e.g. ``± 0.8 points``.

    Parameters
    ----------
    measure : which measure
    width : in the measure's own unit, 0 or more
    language : English or Chinese
    unit : with its unit
    """
    kind = _KINDS[measure]
    shown = _shown(kind, width)
    places = _enough_for([shown], _places_of_width(kind, shown))
    money = "¥" if kind == "money" and unit else ""
    return f"± {money}{shown:,.{places}f}{_UNITS[kind][language] if unit else ''}"


def difference(
    measure: Measure, value: float, language: Language = "en", *, decimals: int | None = None
) -> str:
    """Write a difference of a measure, e.g. ``+3.1 points``, ``-0.5 h`` or ``+¥1,200``.

    Parameters
    ----------
    measure : which measure
    value : in the measure's own unit: shares from 0 to 1, money in cents
    language : English or Chinese
    decimals : how many; none: as usual for the measure
    """
    kind = _KINDS[measure]
    places = _places(kind, value) if decimals is None else decimals
    unit = _UNITS["share"][language] if kind == "share" else ""
    return _signed(kind, _shown(kind, value), places, language) + unit


def difference_and_ends(measure: Measure, value: Estimate, language: Language = "en") -> tuple[str, str]:
    """Write a difference, and its interval, e.g. ``+3.1 points`` and ``+1.2 to +5.0``.

    Parameters
    ----------
    measure : which measure
    value : the difference
    language : English or Chinese
    """
    kind = _KINDS[measure]
    ends = [_shown(kind, one) for one in (value.low, value.high)]
    width = _shown(kind, value.half_width)
    places = _places_of_width(kind, width)
    if width > _NOISE * max(map(abs, ends)):
        places = max(places, min(-math.floor(math.log10(width)), _MOST_DECIMALS))
    if ends[0] > 0 or ends[1] < 0:
        places = _enough_for([*ends, _shown(kind, value.mean)], places)
    low, high = (_signed(kind, one, places, language, unit=False) for one in ends)
    mean = difference(measure, value.mean, language, decimals=places)
    return mean, f"{low} {'to' if language == 'en' else '至'} {high}"


def one_more_name(change: OneMoreAnswer, language: Language = "en") -> str:
    """Return what there would be one more of, and where, e.g. ``skill repair/aircon, B1``."""
    kind, joint = _ONE_MORE[change.kind][language], ", " if language == "en" else "，"
    return f"{kind} {change.what}{joint}{change.branch_id}"


def tick(measure: Measure, value: float, *, change: bool = False) -> str:
    """Write a round value of a scale as short as it can be, e.g. ``85 %``, ``+2.5`` or ``¥1,200``.

    Parameters
    ----------
    measure : which measure
    value : in the measure's own unit
    change : it is a difference: with a sign, and without percent
    """
    kind = _KINDS[measure]
    shown = round(_shown(kind, value), _MOST_DECIMALS) + 0.0
    sign = "-" if shown < 0 else "+" if change and shown > 0 else ""
    money = "¥" if kind == "money" else ""
    whole, point, rest = f"{abs(shown):,.{_MOST_DECIMALS}f}".rstrip("0").partition(".")
    return (
        f"{sign}{money}{whole}{point if rest else ''}{rest}{' %' if kind == 'share' and not change else ''}"
    )


def target_words(target: Target, language: Language = "en") -> str:
    """Return what is to be reached, e.g. ``share on time at least 90.0 %`` or ``按时率不低于 90.0 %``."""
    name = MEASURE_NAMES[target.measure][language]
    limit = limit_of(target)
    least = target.at_least is not None
    if language == "zh":
        return f"{name}{'不低于' if least else '不高于'} {figure(target.measure, limit, 'zh')}"
    return f"{name} {'at least' if least else 'at most'} {figure(target.measure, limit)}"


def limit_of(target: Target) -> float:
    """Return a target's limit, whichever it has."""
    limits = [one for one in (target.at_least, target.at_most) if one is not None]
    return limits[0]


def _shown(kind: _Kind, value: float) -> float:
    return value * 100 if kind == "share" else value / 100 if kind == "money" else value


def _places(kind: _Kind, value: float) -> int:
    """Return the usual decimals of a value in its own unit."""
    return 2 if kind == "money" and abs(value) < 100 * _SMALL_MONEY else _DECIMALS[kind]


def _places_of_width(kind: _Kind, shown: float) -> int:
    """Return the usual decimals beside an interval with this half width, in the unit that is shown."""
    return 2 if kind == "money" and 0 < shown < _NARROW_MONEY else _DECIMALS[kind]


def _enough_for(shown: Sequence[float], places: int) -> int:
    """Return so many decimals that nothing reads as 0 that is not."""
    while places < _MOST_DECIMALS and any(one and not round(one, places) for one in shown):
        places += 1
    return places


def _signed(kind: _Kind, shown: float, places: int, language: Language, *, unit: bool = True) -> str:
    sign = "+" if round(shown, places) > 0 else ""
    return sign + _written(kind, shown, places, language, unit=unit)


def _written(kind: _Kind, shown: float, places: int, language: Language, *, unit: bool = True) -> str:
    rounded = round(shown, places) or 0.0  # no -0
    digits = f"{abs(rounded):,.{places}f}"
    sign = "-" if rounded < 0 else ""
    if kind == "money":
        return f"{sign}{'¥' if unit else ''}{digits}"
    behind = _UNITS[kind][language] if unit and kind != "share" else ""
    return f"{sign}{digits}{behind}"
