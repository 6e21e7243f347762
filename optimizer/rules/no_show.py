"""NO_SHOW: who has not clocked in by the limit is absent, and the day's orders go to others.

The scenario says who has clocked in on which day; without such a record nothing is known and nothing follows.
A record without a clock-in means nothing before the limit and absence from then on, as of the present time.
A shift that starts at the limit or later has an hour from its start. Who clocks in late works from then on.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance
from optimizer.domain.time import Timeline, WallClock
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.settings import params_of
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import count


class NoShowParams(Params):
    """Parameters of `NO_SHOW`."""

    late_from: WallClock = time(9)
    """Who clocks in after this local time, and after the shift's start, is late."""
    absent_from: WallClock = time(10)
    """Who has not clocked in by this local time is absent; after `late_from`."""
    late_shift_grace_min: Annotated[int, Field(ge=0, le=480)] = 60
    """A shift that starts at `absent_from` or later: minutes from its start until absence."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.absent_from <= self.late_from:
            raise ValueError("absent_from is not after late_from")
        return self


class NoShow(Rule[NoShowParams]):
    """Who does not appear gets no work."""

    code = "NO_SHOW"
    title = "Who has not clocked in by 10:00 is absent: the day's orders go to others."
    section = "who"
    hard = True
    source = (
        Source("004", "第8篇 ch. 6 art. 2"),
        Source("assumption", "an hour from the start for shifts that start at the limit or later"),
    )
    params = NoShowParams

    def validate(self, scenario: Scenario, params: NoShowParams) -> Iterator[Issue]:
        """Yield clock-ins that are not of their day; a shift around midnight may reach into the next."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for i, technician in enumerate(scenario.technicians):
            for x, record in enumerate(technician.attendance):
                if record.clocked_in_at is None:
                    continue
                local = record.clocked_in_at.astimezone(timeline.zone)
                if abs(local.date() - record.day) > timedelta(days=1):
                    cause = f"The clock-in of {record.day} is at {exact_moment(local)}."
                    path = f"technicians[{i}].attendance[{x}].clocked_in_at"
                    yield Issue("clocked-in-another-day", path, cause, "Correct the day or the moment.")

    def compile(self, scenario: Scenario, params: NoShowParams, draft: Draft) -> None:
        """Forbid all jobs in the shifts of those who did not appear; `SHIFT` lets late ones start late."""
        absent = absent_shifts(scenario, params)
        if absent:
            draft.forbid([job.job_id for job in scenario.jobs], absent)

    def check(self, scenario: Scenario, params: NoShowParams, plan: Plan) -> Iterator[Finding]:
        """Yield one finding for each shift of somebody absent that has work, counting the jobs."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        now_s = _now_s(scenario, timeline)
        known = {one.key: one for one in roster(scenario)}
        for shift in plan.shifts:
            one = known.get(shift.key)
            record = None if one is None else _record(one)
            if one is None or record is None or record.clocked_in_at is not None:
                continue
            absent_s = _absent_s(one, params, timeline)
            if now_s >= absent_s:
                yield Finding(
                    code=self.code,
                    technician_id=shift.technician_id,
                    day=shift.day,
                    measured=len(shift.stops),
                    limit=0,
                    over=len(shift.stops),
                    unit="jobs",
                    sentence=f"{shift.technician_id} has not clocked in by {exact_moment(timeline.moment(absent_s))} "
                    f"but has {count(len(shift.stops), 'job')}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return (
            f"Give the jobs of {finding.technician_id} on {finding.day} to others, "
            "or enter the clock-in if the technician is there after all."
        )


RULE = NoShow()


def absent_shifts(scenario: Scenario, params: NoShowParams) -> list[ShiftKey]:
    """Return the shifts whose technician has not appeared by the limit, as of the present time.

    Parameters
    ----------
    scenario : the question
    params : parameters of `NO_SHOW`
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    now_s = _now_s(scenario, timeline)
    found = []
    for one in roster(scenario):
        record = _record(one)
        if record is not None and record.clocked_in_at is None and now_s >= _absent_s(one, params, timeline):
            found.append(one.key)
    return found


def must_appear_by(scenario: Scenario) -> dict[ShiftKey, datetime]:
    """Return by when who has not clocked in yet must appear on each shift; where the rule is off, nobody must.

    Parameters
    ----------
    scenario : the question
    """
    params = params_of(RULE, scenario.policy)
    if not params.active:
        return {}
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    return {
        one.key: timeline.moment(_absent_s(one, params, timeline))
        for one in roster(scenario)
        if (record := _record(one)) is None or record.clocked_in_at is None
    }


def late_clock_ins(scenario: Scenario) -> dict[ShiftKey, int]:
    """Return when those who clocked in late did so, in seconds from the horizon's start; empty when switched off.

    Parameters
    ----------
    scenario : the question
    """
    params = params_of(RULE, scenario.policy)
    if not params.active or not any(one.attendance for one in scenario.technicians):
        return {}
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    found: dict[ShiftKey, int] = {}
    for one in roster(scenario):
        record = _record(one)
        if record is None or record.clocked_in_at is None:
            continue
        clocked_in_s = timeline.seconds(record.clocked_in_at)
        if clocked_in_s > max(timeline.seconds(one.start), timeline.at(one.key.day, params.late_from)):
            found[one.key] = clocked_in_s
    return found


def _record(one: RosterShift) -> Attendance | None:
    return next((record for record in one.technician.attendance if record.day == one.key.day), None)


def _absent_s(one: RosterShift, params: NoShowParams, timeline: Timeline) -> int:
    """Return from when on somebody who has not clocked in counts as absent."""
    limit_s, start_s = timeline.at(one.key.day, params.absent_from), timeline.seconds(one.start)
    return limit_s if start_s < limit_s else start_s + 60 * params.late_shift_grace_min


def _now_s(scenario: Scenario, timeline: Timeline) -> int:
    return timeline.seconds(scenario.now) if scenario.now is not None else 0
