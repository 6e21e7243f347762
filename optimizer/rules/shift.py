"""SHIFT: nobody leaves before the shift starts, works beyond its overtime limit, or misses the rest after
it.

The way from and to home or branch is working time. Nothing happens before the present time. Rests that are
still owed after the last drive lie within the limit too. The minimum rest runs from the end of work to the
rostered start of the technician's next shift of the horizon. Who clocked in late (see `NO_SHOW`) leaves after
that. Of who is at work the day goes on from when that work began (see `UNDER_WAY`), and no limit holds where only
that is to be finished.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.hours import shifts_at_work, working_hours
from optimizer.rules.no_show import late_clock_ins
from optimizer.words.numbers import exact_time


class ShiftParams(Params):
    """Parameters of `SHIFT`; start and end stand in the roster."""

    active: Literal[True] = True
    """Always applies: without it nobody would know when people work."""
    overtime_limit_min: Annotated[int, Field(ge=0, le=480)] = 120
    """Minutes beyond the regular end at most, where a shift has no limit of its own."""


class Shift(Rule[ShiftParams]):
    """Work lies within the shift, its overtime limit and the rest before the next shift."""

    code = "SHIFT"
    title = "Work lies within the shift and its overtime limit, and the rest before the next shift is kept."
    section = "when"
    hard = True
    source = (
        Source("004", "第8篇 ch. 6 art. 2"),
        Source("004", "第3篇 art. 22"),
        Source("assumption", "end, overtime limit and minimum rest"),
    )
    params = ShiftParams

    def compile(self, scenario: Scenario, params: ShiftParams, draft: Draft) -> None:
        """Bound every shift; a shift that is over takes no job."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        over = []
        for key, hours in working_hours(scenario, params.overtime_limit_min).items():
            if hours.start_s >= hours.latest_end_s:
                over.append(key)
            draft.bound(
                key,
                start=timeline.moment(min(hours.start_s, hours.latest_end_s)),
                end=timeline.moment(hours.end_s),
                latest_end=timeline.moment(hours.latest_end_s),
            )
        if over:
            draft.forbid([job.job_id for job in scenario.jobs], over)

    def check(self, scenario: Scenario, params: ShiftParams, plan: Plan) -> Iterator[Finding]:
        """Yield early leaving, overtime beyond the limit, and short rests before the next shift."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        known = {one.key: one for one in roster(scenario)}
        next_start_s = _next_starts(scenario, timeline)
        earliest_s = _earliest_starts(scenario, timeline)
        for shift_plan in plan.shifts:
            one = known.get(shift_plan.key)
            if one is None:
                continue
            yield from _left_early(timeline, one, shift_plan, earliest_s[one.key])
            if one.shift.so_far is not None and one.shift.so_far.only_finish:
                continue
            back = [shift_plan.work_ends, *(rest.end for rest in shift_plan.rests)]
            ended_s = max(timeline.seconds(moment) for moment in back)
            own = one.shift.overtime_limit_min
            limit_s = 60 * (params.overtime_limit_min if own is None else own)
            overtime_s = ended_s - timeline.seconds(one.end)
            if overtime_s > limit_s:
                yield _finding(
                    one,
                    measured_s=overtime_s,
                    limit_s=limit_s,
                    sentence=f"{one.key} ends {exact_time(overtime_s)} after the shift's end; "
                    f"{exact_time(limit_s)} are allowed.",
                )
            needed_s = 60 * one.technician.min_rest_min
            rest_s = next_start_s.get(one.key, ended_s + needed_s) - ended_s
            if rest_s < needed_s:
                sentence = (
                    f"{one.key} leaves {exact_time(max(rest_s, 0))} of rest; {exact_time(needed_s)} are due."
                )
                yield _finding(one, measured_s=rest_s, limit_s=needed_s, sentence=sentence)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Move the last job to another technician or day, or grant more overtime for this shift."


RULE = Shift()


def _next_starts(scenario: Scenario, timeline: Timeline) -> dict[ShiftKey, int]:
    """Return when the technician's next shift starts; nothing for the last shift of each."""
    found: dict[ShiftKey, int] = {}
    following: dict[str, int] = {}
    for one in sorted(roster(scenario), key=lambda one: one.key.day, reverse=True):
        if one.key.technician_id in following:
            found[one.key] = following[one.key.technician_id]
        following[one.key.technician_id] = timeline.seconds(one.start)
    return found


def _earliest_starts(scenario: Scenario, timeline: Timeline) -> dict[ShiftKey, int]:
    """Return from when on each shift can go on: now, after a late clock-in, or where what is done of it ended."""
    clocked_in, at_work = late_clock_ins(scenario), shifts_at_work(scenario)
    now_s = timeline.seconds(scenario.now) if scenario.now is not None else 0
    found: dict[ShiftKey, int] = {}
    for one in roster(scenario):
        if one.shift.so_far is None:
            opens_s = max(timeline.seconds(one.start), clocked_in.get(one.key, 0))
        else:
            opens_s = timeline.seconds(one.shift.so_far.free_at)
        found[one.key] = opens_s if one.key in at_work else max(opens_s, now_s)
    return found


def _left_early(
    timeline: Timeline, one: RosterShift, shift_plan: ShiftPlan, earliest_s: int
) -> Iterator[Finding]:
    departure_s = timeline.seconds(shift_plan.departure)
    if departure_s < earliest_s:
        yield _finding(
            one,
            measured_s=departure_s,
            limit_s=earliest_s,
            sentence=f"{one.key} leaves {exact_time(earliest_s - departure_s)} before the shift can start.",
        )


def _finding(one: RosterShift, *, measured_s: int, limit_s: int, sentence: str) -> Finding:
    return Finding(
        code="SHIFT",
        technician_id=one.key.technician_id,
        day=one.key.day,
        measured=measured_s / 60,
        limit=limit_s / 60,
        over=abs(measured_s - limit_s) / 60,
        unit="min",
        sentence=sentence,
    )
