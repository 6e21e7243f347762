"""When a branch's shared tools are out: around the hours in which anybody works."""

from collections import defaultdict
from datetime import date

from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.hours import rostered_hours
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT


def tool_hours(scenario: Scenario, *, before_min: int, after_min: int) -> dict[date, tuple[int, int]]:
    """Return when shared tools may leave and must be back each day, in seconds from the horizon's start.

    A night's work ends before the next day's tools leave, so that a piece is never out on two days at once. Nothing
    leaves before the present time; on days on which nobody works, or that are over, nothing does.

    Parameters
    ----------
    scenario : the question
    before_min : minutes before the day's first shift starts from which tools are issued
    after_min : minutes after the last shift ends, overtime included, until which they are returned
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    now_s = timeline.seconds(scenario.now) if scenario.now is not None else 0
    spans: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
    for key, hours in rostered_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min).items():
        spans[key.day].append((hours.start_s, hours.latest_end_s))
    found: dict[date, tuple[int, int]] = {}
    closing_s: int | None = None
    for day in sorted(spans, reverse=True):
        opens_s = max(0, min(start for start, _ in spans[day]) - 60 * before_min)
        closes_s = max(end for _, end in spans[day]) + 60 * after_min
        if closing_s is not None:
            closes_s = min(closes_s, closing_s)
        closing_s = opens_s
        if max(opens_s, now_s) < closes_s:
            found[day] = (max(opens_s, now_s), closes_s)
    return dict(sorted(found.items()))
