"""WORKLOAD_CAP: at most so many jobs, or hours of work, in a day and in a week.

Work is service, set-up, loading on the way and driving; waiting and rests are not counted. Weeks run from Monday to
Sunday, and the day a shift begins decides. What was already worked counts in the week that contains the horizon's
first day, and so does what is done of the planned days. A job counts for everybody of its crew, and on each day it
takes. No cap holds where only what has begun is to be finished (see `UNDER_WAY`).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, Shift, Technician
from optimizer.domain.time import seconds_between
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.settings import params_of
from optimizer.rules.visits import days_worked
from optimizer.words.numbers import count, exact_time

Week = tuple[int, int]
"""ISO year and week."""


class _Work(NamedTuple):
    """Jobs and seconds of work."""

    jobs: int = 0
    work_s: int = 0


class WorkloadCapParams(Params):
    """Parameters of WORKLOAD_CAP; a cap of none is no cap."""

    jobs_per_day: Annotated[int, Field(ge=0, le=1000)] | None = 10
    """Jobs in a day."""
    hours_per_day: Annotated[float, Field(ge=0, le=24)] | None = 10.0
    """Hours of service, set-up, loading on the way and driving in a day."""
    jobs_per_week: Annotated[int, Field(ge=0, le=7000)] | None = None
    """Jobs in a week."""
    hours_per_week: Annotated[float, Field(ge=0, le=168)] | None = None
    """Hours of service, set-up, loading on the way and driving in a week."""


class WorkloadCap(Rule[WorkloadCapParams]):
    """Nobody gets more work than a day and a week can bear."""

    code = "WORKLOAD_CAP"
    title = "A technician gets at most so many jobs and hours of work in a day and in a week."
    section = "when"
    hard = True
    source = (Source("assumption", "10 jobs and 10 h a day"),)
    params = WorkloadCapParams

    def compile(self, scenario: Scenario, params: WorkloadCapParams, draft: Draft) -> None:
        """Limit each day, and each technician's week less what was already worked in it."""
        weeks: defaultdict[tuple[str, Week], list[ShiftKey]] = defaultdict(list)
        technicians = {technician.technician_id: technician for technician in scenario.technicians}
        for shift in draft.shifts:
            if shift.shift.so_far is not None and shift.shift.so_far.only_finish:
                continue
            weeks[shift.key.technician_id, _week(shift.key.day)].append(shift.key)
            if params.jobs_per_day is not None or params.hours_per_day is not None:
                done = _done(shift.shift)
                draft.limit(
                    [shift.key],
                    jobs=_left(params.jobs_per_day, done.jobs),
                    work_s=_left(_seconds(params.hours_per_day), done.work_s),
                )
        if params.jobs_per_week is None and params.hours_per_week is None:
            return
        for (technician_id, week), keys in weeks.items():
            before = _before(scenario, technicians[technician_id], week)
            draft.limit(
                keys,
                jobs=_left(params.jobs_per_week, before.jobs),
                work_s=_left(_seconds(params.hours_per_week), before.work_s),
            )

    def check(self, scenario: Scenario, params: WorkloadCapParams, plan: Plan) -> Iterator[Finding]:
        """Yield a finding for each day and week with too many jobs or hours, counting what is too much."""
        known = {one.key: one.shift for one in roster(scenario)}
        weeks: dict[tuple[str, Week], _Work] = {}
        for shift, technician in days_worked(scenario, plan):
            own = known.get(shift.key)
            if own is not None and own.so_far is not None and own.so_far.only_finish:
                continue
            planned = _Work(len(shift.stops), _work_s(shift))
            done, when = _Work() if own is None else _done(own), f"on {shift.day}"
            jobs, work_s = done.jobs + planned.jobs, done.work_s + planned.work_s
            yield from self._over(technician, shift.day, when, jobs, params.jobs_per_day)
            yield from self._over_s(technician, shift.day, when, work_s, params.hours_per_day)
            week = _week(shift.day)
            so_far = weeks.get((technician.technician_id, week)) or _before(scenario, technician, week)
            weeks[technician.technician_id, week] = _Work(
                so_far.jobs + planned.jobs, so_far.work_s + planned.work_s
            )
        technicians = {technician.technician_id: technician for technician in scenario.technicians}
        for (technician_id, week), total in weeks.items():
            technician, monday = technicians[technician_id], date.fromisocalendar(*week, 1)
            when = f"in the week from {monday}"
            yield from self._over(technician, monday, when, total.jobs, params.jobs_per_week)
            yield from self._over_s(technician, monday, when, total.work_s, params.hours_per_week)

    def _over(
        self, technician: Technician, day: date, when: str, jobs: int, cap: int | None
    ) -> Iterator[Finding]:
        if cap is not None and jobs > cap:
            yield self._finding(
                technician, day, jobs, cap, "jobs", f"has {count(jobs, 'job')} {when}; {_allowed(cap)}."
            )

    def _over_s(
        self, technician: Technician, day: date, when: str, work_s: int, cap_h: float | None
    ) -> Iterator[Finding]:
        cap_s = _seconds(cap_h)
        if cap_s is not None and work_s > cap_s:
            sentence = f"works {exact_time(work_s)} {when}; {exact_time(cap_s)} are allowed."
            yield self._finding(technician, day, work_s / 3600, cap_s / 3600, "h", sentence)

    def _finding(
        self, technician: Technician, day: date, measured: float, limit: float, unit: str, sentence: str
    ) -> Finding:
        return Finding(
            code=self.code,
            technician_id=technician.technician_id,
            day=day,
            measured=measured,
            limit=limit,
            over=measured - limit,
            unit=unit,
            sentence=f"{technician.technician_id} {sentence}",
        )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        much = (
            f"{exact_time(round(3600 * finding.over))} of work"
            if finding.unit == "h"
            else count(round(finding.over), "job")
        )
        return f"Take {much} from {finding.technician_id}, or raise the cap."


def breaks_a_cap(scenario: Scenario, one: RosterShift, jobs: int, work_s: int) -> bool:
    """Tell whether so much more on one day breaks a cap of that day or its week.

    Parameters
    ----------
    scenario : the question
    one : the shift, with what is done of it
    jobs, work_s : jobs and seconds of work that come to it
    """
    params = params_of(RULE, scenario.policy)
    before = _before(scenario, one.technician, _week(one.key.day))
    return params.active and any(
        cap is not None and done + more > cap
        for cap, done, more in (
            (params.jobs_per_day, _done(one.shift).jobs, jobs),
            (_seconds(params.hours_per_day), _done(one.shift).work_s, work_s),
            (params.jobs_per_week, before.jobs, jobs),
            (_seconds(params.hours_per_week), before.work_s, work_s),
        )
    )


def _week(day: date) -> Week:
    year, week, _ = day.isocalendar()
    return year, week


def _before(scenario: Scenario, technician: Technician, week: Week) -> "_Work":
    """Return what stands already in a week: before the horizon, and on its days."""
    ledger = technician.week_to_date if week == _week(scenario.horizon.first_day) else Ledger()
    done = [_done(one) for one in technician.shifts or () if _week(one.day) == week]
    return _Work(
        ledger.jobs + sum(one.jobs for one in done),
        round(ledger.hours * 3600) + sum(one.work_s for one in done),
    )


def _done(shift: Shift) -> "_Work":
    """Return what is done of a shift already."""
    so_far = shift.so_far
    return _Work() if so_far is None else _Work(sum(so_far.orders.values()), round(3600 * so_far.hours))


def _allowed(cap: int) -> str:
    return "1 is allowed" if cap == 1 else f"{cap} are allowed"


def _work_s(shift: ShiftPlan) -> int:
    on_site_s = sum(stop.setup_s + stop.service_s for stop in shift.stops)
    loading_s = sum(seconds_between(halt.start, halt.end) for halt in shift.restocks)
    return on_site_s + loading_s + sum(leg.travel_s for leg in shift.work_legs)


def _seconds(hours: float | None) -> int | None:
    return None if hours is None else round(hours * 3600)


def _left(cap: int | None, used: int) -> int | None:
    return None if cap is None else max(0, cap - used)


RULE = WorkloadCap()
