"""What has become of each technician's day."""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from optimizer.diff.words import moments, more_or_less
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.plan_diff import DayFigures, ShiftChange
from optimizer.domain.roster import ShiftKey
from optimizer.domain.trips import evening_at, ridden_to
from optimizer.rules.overtime import RULE as OVERTIME
from optimizer.words.nights import ride_words
from optimizer.words.numbers import count, exact_time, listed

_SHORTEST_M = 50
"""Shorter differences of the way are not put into words."""


def shift_changes(old: PlanDocument, new: PlanDocument) -> Iterator[ShiftChange]:
    """Yield the days of technicians that are otherwise, in order of the new plan.

    Parameters
    ----------
    old, new : the plan documents
    """
    before, after = _days(old), _days(new)
    zone = ZoneInfo(new.plan.time_zone)
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        if was != now:
            figures = was and was[0], now and now[0]
            yield ShiftChange(
                technician_id=key.technician_id,
                day=key.day,
                old=figures[0],
                new=figures[1],
                sentence=f"{key}: {_words(*figures, zone)}.",
            )


def _days(document: PlanDocument) -> dict[ShiftKey, tuple[DayFigures, tuple[str, ...]]]:
    """Return the figures of each shift, and everything else in it as it is written."""
    overtime_s: Counter[ShiftKey] = Counter()
    for line in document.assessment.bill.lines:
        if line.code == OVERTIME.code and line.technician_id is not None and line.day is not None:
            overtime_s[ShiftKey(line.technician_id, line.day)] += round(3600 * line.quantity)
    found: dict[ShiftKey, tuple[DayFigures, tuple[str, ...]]] = {}
    for shift in document.plan.shifts:
        # A plan that is handed out has each shift once; in any other the figures of the first are shown.
        figures, written = found.get(shift.key, (_figures(shift, overtime_s[shift.key]), ()))
        found[shift.key] = figures, (*written, shift.model_dump_json())
    return found


def _figures(shift: ShiftPlan, overtime_s: int) -> DayFigures:
    return DayFigures(
        stops=len(shift.stops),
        travel_s=sum(leg.travel_s for leg in shift.work_legs),
        distance_m=sum(leg.distance_m for leg in shift.legs),
        overtime_s=overtime_s,
        departure=shift.departure,
        back=shift.work_ends,
        night=shift.night,
        near=_near(shift),
        restocks=tuple(halt.branch_id for halt in shift.restocks),
    )


def _near(shift: ShiftPlan) -> str | None:
    return ridden_to(shift) if shift.night == "transit" else evening_at(shift)


def _words(old: DayFigures | None, new: DayFigures | None, zone: ZoneInfo) -> str:
    if old is None or new is None:
        known = new or old
        assert known is not None
        if not known.stops:
            return _without_stops(known, zone, now=old is None)
        stops = count(known.stops, "stop")
        span_of_day = (at.astimezone(zone) for at in (known.departure, known.back))
        hours = " to ".join(f"{at:%H:%M}" for at in span_of_day)
        if old is None:
            loads = f", loads parts at {listed(known.restocks)} on the way" if known.restocks else ""
            return f"works now, {stops} from {hours}{loads}{', then ' + _night(known) if known.night else ''}"
        return f"has no work any more; it was {stops}{' and a night away' if known.night else ''}"
    return ", ".join(_differences(old, new, zone)) or "the same figures, other stops, parts or times"


def _without_stops(known: DayFigures, zone: ZoneInfo, *, now: bool) -> str:
    """Return what becomes of a day of a trip on which nobody is visited."""
    if now:
        if known.night:
            return f"is on a trip now, {_night(known)}"
        return f"is on a trip now, back {known.back.astimezone(zone):%H:%M}"
    return f"has no work any more; it was {'a night away' if known.night else 'the way back from a trip'}"


def _night(figures: DayFigures) -> str:
    if figures.night == "transit":
        return ride_words(figures.near)
    where = "a hotel" if figures.night == "lodging" else "a branch's own beds"
    return f"stays out near {figures.near} ({where})"


def _other_night(old: DayFigures, new: DayFigures) -> str:
    """Return what has become of the night after a day; empty: nothing."""
    if (old.night, old.near) == (new.night, new.near):
        return ""
    if new.night is None:
        where = "on board" if old.night == "transit" else f"near {old.near}"
        # Who has ridden home through the night is back the moment the day begins.
        when = "morning" if not new.stops and new.back == new.departure else "evening"
        return f"is back in the {when} now; it was a night away {where}"
    if old.night is None:
        return f"now {_night(new)}"
    if old.near == new.near or "transit" in (old.night, new.night):
        return _night(new)
    return f"{_night(new)} instead of near {old.near}"


def _other_halts(old: DayFigures, new: DayFigures) -> str:
    """Return at which branches parts are loaded on the way now, and at which not any more; empty: at the same."""
    before, after = Counter(old.restocks), Counter(new.restocks)
    more, less = list((after - before).elements()), list((before - after).elements())
    if more and less:
        return f"loads parts at {listed(more)} on the way instead of {listed(less)}"
    if more:
        return f"loads parts at {listed(more)} on the way now"
    return f"loads no parts at {listed(less)} on the way any more" if less else ""


def _differences(old: DayFigures, new: DayFigures, zone: ZoneInfo) -> Iterator[str]:
    if night := _other_night(old, new):
        yield night
    if old.stops != new.stops:
        yield f"{count(new.stops, 'stop')} instead of {old.stops}"
    if halts := _other_halts(old, new):
        yield halts
    if driven_s := new.travel_s - old.travel_s:
        yield f"{more_or_less(driven_s)} driving"
    if abs(driven_m := new.distance_m - old.distance_m) >= _SHORTEST_M:
        yield f"{abs(driven_m) / 1000:.1f} km {'more' if driven_m > 0 else 'less'}"
    if old.overtime_s != new.overtime_s:
        yield f"overtime {_overtime(new)} instead of {_overtime(old)}"
    if old.departure.timestamp() != new.departure.timestamp():
        yield "leaves {1} instead of {0}".format(*moments(old.departure, new.departure, zone))
    if old.back.timestamp() != new.back.timestamp():
        yield ("ends" if new.night else "back") + " {1} instead of {0}".format(
            *moments(old.back, new.back, zone)
        )


def _overtime(figures: DayFigures) -> str:
    return exact_time(figures.overtime_s) if figures.overtime_s else "none"
