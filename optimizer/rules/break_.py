"""BREAK: everybody gets a midday rest inside its window, and absences within the day are kept free.

The break lies, from begin to end, inside its window and between the shift's start and regular end; where that
is not possible at all (a shift that ends at noon, an absence over midday) no break is due. An absence begins
exactly when it begins; what lies outside the shift, or before the present time, is cut off. Where an absence
cuts into the break's window, the search puts the break where more of the window is left; any other place in
the window would keep the rule. Rests are taken between drives and services, and only in shifts with work. Where only
what has begun is to be finished (see `UNDER_WAY`), nothing is due.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, Rest, ShiftPlan
from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import BreakRule
from optimizer.domain.time import DaySpan, Timeline, WallClock
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, RestSpan
from optimizer.rules.hours import Hours, working_hours
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time


class BreakParams(Params):
    """Parameters of `BREAK`, for shifts without a break of their own."""

    minutes: Annotated[int, Field(ge=1, le=240)] = 40
    """Length of the break in minutes."""
    inside_from: WallClock = time(12)
    """The break begins at this local time at the earliest."""
    inside_until: WallClock = time(13, 30)
    """The break ends at this local time at the latest."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.inside_until <= self.inside_from:
            raise ValueError("inside_until is not after inside_from")
        if self.window().length() < timedelta(minutes=self.minutes):
            raise ValueError(f"a break of {self.minutes} min is longer than inside_from to inside_until")
        return self

    def window(self) -> DaySpan:
        """Return the span inside which the break lies."""
        return DaySpan(start=self.inside_from, end=self.inside_until)


class Span(NamedTuple):
    """A span in whole seconds from the horizon's start."""

    start_s: int
    end_s: int


class Break(Rule[BreakParams]):
    """The midday rest and the absences within the day are free of work."""

    code = "BREAK"
    title = "Every working day has its full midday rest inside its window; absences within the day stay free."
    section = "when"
    hard = True
    source = (
        Source("004", "第8篇 ch. 9 art. 10"),
        Source("004", "第13篇 art. 101"),
        Source("004", "第8篇 ch. 2 art. 4"),
        Source("assumption", "its exact time is free"),
    )
    params = BreakParams

    def compile(self, scenario: Scenario, params: BreakParams, draft: Draft) -> None:
        """Require all rests of each shift, in order of time."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        bounds = _bounds(scenario)
        for one in draft.shifts:
            rests = rests_due(one, bounds[one.key], params, timeline)
            if rests:
                draft.require_break(one.key, rests)

    def check(self, scenario: Scenario, params: BreakParams, plan: Plan) -> Iterator[Finding]:
        """Yield rests that are missing, too short, outside their window, or worked through."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        bounds = _bounds(scenario)
        known = {one.key: one for one in roster(scenario)}
        for shift_plan in plan.shifts:
            if shift_plan.key not in known:
                continue
            one, hours = known[shift_plan.key], bounds[shift_plan.key]
            if one.shift.so_far is not None and one.shift.so_far.only_finish:
                continue
            away = _absences(one, hours, timeline)
            for absence in away:
                yield from _check_absence(shift_plan, absence, timeline)
            rule = _break_rule(one, params)
            if rule is not None:
                yield from _check_break(shift_plan, rule, hours, away, timeline)
            for rest in shift_plan.rests:
                yield from _check_free(shift_plan, rest, timeline)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Move one job of this shift to another technician or day, or widen the window of its break."


RULE = Break()


def rests_due(one: RosterShift, hours: Hours, params: BreakParams, timeline: Timeline) -> list[RestSpan]:
    """Return the rests of a shift in order of time.

    Parameters
    ----------
    one : the shift
    hours : its bounds
    params : parameters of `BREAK`
    timeline : the scenario's timeline
    """
    if one.shift.so_far is not None and one.shift.so_far.only_finish:
        return []
    away = _absences(one, hours, timeline)
    rests = [RestSpan("absence", timeline.moment(a), timeline.moment(a), b - a) for a, b in away]
    rule = _break_rule(one, params)
    room = _room(rule, one.key.day, hours, away, timeline) if rule is not None else None
    if rule is not None and room is not None:
        opens, closes = (timeline.moment(at_s) for at_s in room)
        rests.append(RestSpan("break", opens, closes, 60 * rule.minutes))
    return sorted(rests, key=lambda rest: rest.opens.timestamp())


def _bounds(scenario: Scenario) -> dict[ShiftKey, Hours]:
    return working_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)


def _break_rule(one: RosterShift, params: BreakParams) -> BreakRule | None:
    if one.shift.rest == "none":
        return None
    if one.shift.rest == "policy":
        return BreakRule(minutes=params.minutes, inside=params.window())
    return one.shift.rest


def _on_days(times: DaySpan, day: date, timeline: Timeline) -> Iterator[Span]:
    """Yield the span on the shift's day and on the next, which a night shift reaches into."""
    for one in (day, day + timedelta(days=1)):
        yield Span(timeline.at(one, times.start), timeline.at(one, times.end))


def _absences(one: RosterShift, hours: Hours, timeline: Timeline) -> list[Span]:
    """Return what lies of the absences between the shift's start and its latest end, in order of time."""
    found = []
    for absence in one.shift.absences:
        spans = _on_days(absence, one.key.day, timeline)
        cut = (Span(max(a, hours.start_s), min(b, hours.latest_end_s)) for a, b in spans)
        found += [part for part in cut if part.start_s < part.end_s][:1]
    return sorted(found)


def _room(rule: BreakRule, day: date, hours: Hours, away: Sequence[Span], timeline: Timeline) -> Span | None:
    """Return the longest span in which the break can begin, the earliest of equals; None if there is none."""
    starts = [hours.start_s, *(absence.end_s for absence in away)]
    ends = [*(absence.start_s for absence in away), hours.end_s]
    rooms = [
        Span(max(window.start_s, start), min(window.end_s, end) - 60 * rule.minutes)
        for window in _on_days(rule.inside, day, timeline)
        for start, end in zip(starts, (min(end, hours.end_s) for end in ends), strict=True)
    ]
    fitting = [room for room in rooms if room.start_s <= room.end_s]
    return max(fitting, key=lambda room: room.end_s - room.start_s, default=None)


def _check_absence(shift_plan: ShiftPlan, absence: Span, timeline: Timeline) -> Iterator[Finding]:
    kept_s = max(
        (
            timeline.seconds(rest.end) - absence.start_s
            for rest in shift_plan.rests
            if rest.kind == "absence" and timeline.seconds(rest.start) == absence.start_s
        ),
        default=0,
    )
    due_s = absence.end_s - absence.start_s
    if kept_s < due_s:
        begin = exact_moment(timeline.moment(absence.start_s))
        away, kept = exact_time(due_s), exact_time(kept_s)
        sentence = f"{shift_plan.key} is away from {begin} for {away}; {kept} of it are kept free."
        yield _finding(shift_plan, kept_s, due_s, sentence)


def _check_break(
    shift_plan: ShiftPlan, rule: BreakRule, hours: Hours, away: Sequence[Span], timeline: Timeline
) -> Iterator[Finding]:
    length_s = 60 * rule.minutes
    windows = list(_on_days(rule.inside, shift_plan.day, timeline))
    # If a break fits at all, it fits at the opening of its window, at the shift's start, or after an absence.
    begins = [window.start_s for window in windows] + [hours.start_s] + [absence.end_s for absence in away]
    due = any(
        hours.start_s <= begin
        and begin + length_s <= hours.end_s
        and any(window.start_s <= begin and begin + length_s <= window.end_s for window in windows)
        and not any(begin < absence.end_s and absence.start_s < begin + length_s for absence in away)
        for begin in begins
    )
    if not due:
        return
    breaks = [rest for rest in shift_plan.rests if rest.kind == "break"]
    if not breaks:
        yield _finding(
            shift_plan, 0, length_s, f"{shift_plan.key} has no break; {exact_time(length_s)} are due."
        )
        return
    taken = max(breaks, key=lambda rest: timeline.seconds(rest.end) - timeline.seconds(rest.start))
    begin_s, end_s = timeline.seconds(taken.start), timeline.seconds(taken.end)
    if end_s - begin_s < length_s:
        sentence = (
            f"{shift_plan.key} has {exact_time(end_s - begin_s)} of break; {exact_time(length_s)} are due."
        )
        yield _finding(shift_plan, end_s - begin_s, length_s, sentence)
    opens_s, closes_s = min(
        windows, key=lambda one: max(one.start_s - begin_s, 0) + max(end_s - one.end_s, 0)
    )
    if begin_s < opens_s:
        earliest = exact_moment(timeline.moment(opens_s))
        sentence = f"{shift_plan.key} begins the break {exact_time(opens_s - begin_s)} before {earliest}."
        yield _finding(shift_plan, begin_s, opens_s, sentence)
    if end_s > closes_s:
        latest = exact_moment(timeline.moment(closes_s))
        sentence = f"{shift_plan.key} ends the break {exact_time(end_s - closes_s)} after {latest}."
        yield _finding(shift_plan, end_s, closes_s, sentence)


def _check_free(shift_plan: ShiftPlan, rest: Rest, timeline: Timeline) -> Iterator[Finding]:
    """Yield the services, the loading and the drives into which a rest falls."""
    busy = [(leg.departure, leg.arrival) for leg in shift_plan.legs]
    busy += [(halt.start, halt.end) for halt in shift_plan.halts]
    rest_start_s, rest_end_s = timeline.seconds(rest.start), timeline.seconds(rest.end)
    for start, end in busy:
        common_s = min(rest_end_s, timeline.seconds(end)) - max(rest_start_s, timeline.seconds(start))
        if common_s > 0:
            begin = exact_moment(timeline.moment(rest_start_s))
            sentence = (
                f"{shift_plan.key} works {exact_time(common_s)} of the {rest.kind} that begins {begin}."
            )
            yield _finding(shift_plan, common_s, 0, sentence)


def _finding(shift_plan: ShiftPlan, measured_s: int, limit_s: int, sentence: str) -> Finding:
    return Finding(
        code="BREAK",
        technician_id=shift_plan.technician_id,
        day=shift_plan.day,
        measured=measured_s / 60,
        limit=limit_s / 60,
        over=abs(measured_s - limit_s) / 60,
        unit="min",
        sentence=sentence,
    )
