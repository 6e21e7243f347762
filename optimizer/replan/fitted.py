"""Fits the limits of a shift to work that runs beyond them: what has begun is finished."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Final

from optimizer.domain.roster import RosterShift, ShiftKey, end_place, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import BreakRule, Shift, Technician
from optimizer.domain.time import DaySpan, Timeline
from optimizer.replan.progress import DaySoFar
from optimizer.replan.ways import Traffic
from optimizer.rules.break_ import RULE as BREAK
from optimizer.rules.hours import rostered_hours, shifts_at_work
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.workload_cap import breaks_a_cap

LATE_BREAK_MIN: Final = 30
"""A midday rest that runs into work may begin so much later than that work ends."""


def refitted(scenario: Scenario, days: Mapping[ShiftKey, DaySoFar], traffic: Traffic) -> Scenario:
    """Return the question in which the limits of every shift leave room for the work that runs in it.

    Parameters
    ----------
    scenario : the rest of the day, after what happened
    days : how far each day is
    traffic : how long a way takes, see `traffic_of`
    """
    at_work = shifts_at_work(scenario)
    changed = {
        one.key: fitted(scenario, one, days[one.key], traffic)
        for one in roster(scenario)
        if one.key in at_work and one.key in days
    }
    people = tuple(
        one.model_copy(
            update={
                "shifts": tuple(
                    changed.get(ShiftKey(one.technician_id, shift.day), shift) for shift in one.shifts
                )
            }
        )
        if one.shifts is not None
        else one
        for one in scenario.technicians
    )
    return scenario.model_copy(update={"technicians": people})


def fitted(scenario: Scenario, one: RosterShift, day: DaySoFar, traffic: Traffic) -> Shift:
    """Return a shift whose limits leave room for the work that runs in it.

    A midday rest whose time has passed follows the work; hours away begin when it is over. Where rest and way home,
    beside the hours away, end beyond the shift, or the caps of the day are reached, only what has begun is finished.

    Parameters
    ----------
    scenario : the question
    one : the shift, with what is done of it
    day : how far it is
    traffic : how long a way takes, see `traffic_of`
    """
    last = day.visits[-1]
    if last.state != "started":
        return one.shift
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    ends = datetime.fromtimestamp(last.started_s + 60 * last.minutes, tz=timeline.zone)
    hours = rostered_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)[one.key]
    shift = _away_later(one.shift, ends)
    rule = _rest_due(shift, scenario)
    over = ends
    if rule is not None:
        shift, rested_s = _rested_later(shift, rule, ends, timeline.moment(hours.end_s))
        over += timedelta(seconds=rested_s)
    home = end_place(one.technician, one.shift)

    def way_home(leaves: datetime) -> timedelta:
        return timedelta(seconds=traffic(day.shift, day.place, home, leaves))

    leaves = _beside(shift, over, way_home)
    home_s = round(way_home(leaves).total_seconds())
    so_far = shift.so_far
    assert so_far is not None
    fits = one._replace(shift=shift, technician=_with(one.technician, shift))
    work_s = 60 * last.minutes + home_s
    in_time = timeline.seconds(leaves) + home_s <= hours.latest_end_s
    if in_time and not breaks_a_cap(scenario, fits, 1, work_s):
        return shift
    return shift.model_copy(update={"so_far": so_far.model_copy(update={"only_finish": True})})


def _with(technician: Technician, shift: Shift) -> Technician:
    others = tuple(one for one in technician.shifts or () if one.day != shift.day)
    return technician.model_copy(update={"shifts": (*others, shift)})


def _away_later(shift: Shift, ends: datetime) -> Shift:
    """Return a shift whose hours away begin after the work, and are gone where they are over by then."""
    until = ends.time().replace(microsecond=0)
    if ends.date() != shift.day:
        return shift.model_copy(update={"absences": ()})
    kept = tuple(
        one if one.start >= until else DaySpan(start=until, end=one.end)
        for one in shift.absences
        if one.end > until
    )
    return shift.model_copy(update={"absences": kept})


def _rest_due(shift: Shift, scenario: Scenario) -> BreakRule | None:
    """Return the midday rest that is still due in a shift."""
    params = params_of(BREAK, scenario.policy)
    if shift.rest == "none" or not params.active:
        return None
    return BreakRule(minutes=params.minutes, inside=params.window()) if shift.rest == "policy" else shift.rest


def _rested_later(shift: Shift, rule: BreakRule, ends: datetime, closes: datetime) -> tuple[Shift, int]:
    """Return a shift whose midday rest has room after the work, and the seconds until it is over.

    There is none where no room is left in its hours. Beside hours away only what comes after the work is room for it.
    """
    length = timedelta(minutes=rule.minutes)
    opens, last = (
        datetime.combine(shift.day, clock, tzinfo=ends.tzinfo)
        for clock in (rule.inside.start, rule.inside.end)
    )
    rested = _beside(shift, max(ends, opens), lambda _: length) + length
    until = last if rested <= last else rested + timedelta(minutes=LATE_BREAK_MIN)
    if rested > closes or until.date() != shift.day:
        return shift.model_copy(update={"rest": "none"}), 0
    if shift.absences and ends > opens:
        opens = ends
    inside = DaySpan(start=_clock(opens), end=_clock(until))
    kept = shift if inside == rule.inside else _with_rest(shift, rule, inside)
    return kept, round((rested - ends).total_seconds())


def _beside(shift: Shift, soonest: datetime, span: Callable[[datetime], timedelta]) -> datetime:
    """Return when a span can begin that keeps out of the hours away; how long it lasts may depend on its begin."""
    begins = soonest
    for away in sorted(shift.absences, key=lambda one: one.start):
        start, end = (
            datetime.combine(shift.day, clock, tzinfo=soonest.tzinfo) for clock in (away.start, away.end)
        )
        if start < begins + span(begins):
            begins = max(begins, end)
    return begins


def _with_rest(shift: Shift, rule: BreakRule, inside: DaySpan) -> Shift:
    return shift.model_copy(update={"rest": rule.model_copy(update={"inside": inside})})


def _clock(at: datetime) -> time:
    return at.time().replace(microsecond=0)
