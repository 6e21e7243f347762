"""Which areas are slow for a plan's ways, when and how much, in words."""

from typing import Final
from zoneinfo import ZoneInfo

from optimizer.domain.plan import Plan
from optimizer.words.free_text import one_line
from optimizer.words.language import Language, Words
from optimizer.words.moments import moment

_SLOW: Final[Words] = {
    "en": "Slow area {area}: from {start} to {end} ways from and to it take {percent} % of their usual time.",
    "zh": "缓行区域“{area}”：{start}至{end}，进出该区域的路程按平时的 {percent}% 计时。",
}


def slow_notes(plan: Plan, language: Language = "en") -> tuple[str, ...]:
    """Return a sentence for each slow area that some way of the plan starts or ends in, the earliest first.

    Parameters
    ----------
    plan : the plan with its travel data
    language : English or Chinese
    """
    zone = ZoneInfo(plan.time_zone)
    named = {one.area: one for leg in plan.travel.legs for one in leg.slow_hours}
    return tuple(
        _SLOW[language].format(
            area=one_line(one.area),
            start=moment(one.start, zone, language),
            end=moment(one.end, zone, language),
            percent=one.percent,
        )
        for one in sorted(named.values(), key=lambda one: (one.start.timestamp(), one.area))
    )
