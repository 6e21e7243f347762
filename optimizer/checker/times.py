"""Do the times of a plan follow one another: drive, wait or rest, service or loading, drive?"""

from collections.abc import Container, Hashable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from optimizer.checker.breach import PLAN, breach, seconds_between
from optimizer.checker.halts import called, job_of
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Leg, Plan, Restock, ShiftPlan, Stop, ToolPlan
from optimizer.domain.roster import site_book
from optimizer.domain.scenario import Scenario
from optimizer.rules.hours import shifts_at_work


class _Busy(NamedTuple):
    """A drive, a service or loading, during which nobody rests."""

    what: str
    job_id: str | None
    """The job, or that to or from which somebody drives; none where there is none."""
    start: datetime
    end: datetime


def times(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield every moment that contradicts another, or lies before the present time without being a fact.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    """
    sites, at_work = site_book(scenario), shifts_at_work(scenario)
    begun = frozenset(job.job_id for job in scenario.jobs if job.has_started)
    for shift_plan in plan.shifts:
        yield from _in_order(shift_plan, sites)
        yield from _rests_apart(shift_plan)
        if scenario.now is not None:
            yield from _not_in_the_past(shift_plan, scenario.now, begun, left=shift_plan.key in at_work)
    for tool_plan in plan.tools:
        yield from _tool_in_order(tool_plan)
        if scenario.now is not None and tool_plan.stops[0].job_id not in begun:
            yield from _tool_not_in_the_past(tool_plan, scenario.now)


def _in_order(shift_plan: ShiftPlan, sites: dict[str, Hashable]) -> Iterator[Finding]:
    free = shift_plan.first_leg.departure
    if off := seconds_between(shift_plan.departure, free):
        yield _off(
            shift_plan, _first_job(shift_plan), off, "leaves the start place", "the first drive begins"
        )
    for halt in shift_plan.halts:
        job_id, name = job_of(halt), called(halt)
        if (early := seconds_between(halt.leg.departure, free)) > 0:
            yield _off(shift_plan, job_id, early, f"leaves for {name}", "being free to leave")
        if (early := seconds_between(halt.start, halt.leg.arrival)) > 0:
            yield _off(shift_plan, job_id, early, f"{_starts(halt)} {name}", "being there")
        if isinstance(halt, Stop):
            yield from _served(shift_plan, halt, sites)
        elif (early := seconds_between(halt.end, halt.start)) > 0:
            yield _off(shift_plan, None, early, f"ends loading at {name}", "it begins")
        free = halt.end
    if (early := seconds_between(shift_plan.last_leg.departure, free)) > 0:
        loads = bool(shift_plan.halts) and isinstance(shift_plan.halts[-1], Restock)
        mark = "loading is over" if loads else "the last job is done"
        yield _off(shift_plan, _last_job(shift_plan), early, "leaves for the end place", mark)


def _starts(halt: Stop | Restock) -> str:
    return "starts" if isinstance(halt, Stop) else "loads at"


def _served(shift_plan: ShiftPlan, stop: Stop, sites: dict[str, Hashable]) -> Iterator[Finding]:
    """Yield a service that is not over when set-up and work are, and set-up that nobody needs."""
    job_id = stop.job_id
    off = seconds_between(stop.start, stop.end) - stop.setup_s - stop.service_s
    if off:
        yield _off(shift_plan, job_id, off, f"ends job {job_id}", "set-up and service are over")
    slept_there = stop.leg.from_place == stop.leg.to_place  # got there the evening before
    if stop.setup_s and not slept_there and _same_site(sites, stop.leg.from_place, stop.leg.to_place):
        yield breach(
            PLAN,
            f"{shift_plan.key} sets up for {stop.setup_s} s at job {job_id} although already there.",
            measured=stop.setup_s,
            limit=0,
            unit="s",
            advice="Plan the scenario again; set-up counts once at a place.",
            job_id=job_id,
            technician_id=shift_plan.technician_id,
            day=shift_plan.day,
        )


def _same_site(sites: dict[str, Hashable], one: str, other: str) -> bool:
    return one in sites and sites[one] == sites.get(other)


def _rests_apart(shift_plan: ShiftPlan) -> Iterator[Finding]:
    spans = list(_busy(shift_plan))
    before: datetime | None = None
    for rest in shift_plan.rests:
        if (early := seconds_between(rest.end, rest.start)) > 0:
            yield _off(shift_plan, None, early, f"ends the {rest.kind}", "it begins")
        if before is not None and (early := seconds_between(rest.start, before)) > 0:
            yield _off(shift_plan, None, early, f"begins the {rest.kind}", "the rest before it is over")
        before = rest.end
        for span in spans:
            start = max(rest.start.astimezone(UTC), span.start)
            end = min(rest.end.astimezone(UTC), span.end)
            if end > start:
                minutes = (end - start).total_seconds() / 60
                yield breach(
                    PLAN,
                    f"The {rest.kind} of {shift_plan.key} overlaps {span.what} by {minutes:g} min.",
                    measured=minutes,
                    limit=0,
                    unit="min",
                    advice="Plan the scenario again; rests lie between drives and services.",
                    job_id=span.job_id,
                    technician_id=shift_plan.technician_id,
                    day=shift_plan.day,
                )


def _busy(shift_plan: ShiftPlan) -> Iterator[_Busy]:
    for halt in shift_plan.halts:
        job_id, name = job_of(halt), called(halt)
        yield _drive(f"the drive to {name}", job_id, halt.leg)
        what = name if isinstance(halt, Stop) else f"loading at {name}"
        yield _Busy(what, job_id, halt.start.astimezone(UTC), halt.end.astimezone(UTC))
    yield _drive("the drive to the end place", _last_job(shift_plan), shift_plan.last_leg)


def _first_job(shift_plan: ShiftPlan) -> str | None:
    # a day of a trip that is spent on the way has none
    return shift_plan.stops[0].job_id if shift_plan.stops else None


def _last_job(shift_plan: ShiftPlan) -> str | None:
    return shift_plan.stops[-1].job_id if shift_plan.stops else None


def _drive(what: str, job_id: str | None, leg: Leg) -> _Busy:
    return _Busy(what, job_id, leg.departure.astimezone(UTC), leg.arrival.astimezone(UTC))


def _not_in_the_past(
    shift_plan: ShiftPlan, now: datetime, begun: Container[str], *, left: bool
) -> Iterator[Finding]:
    """Yield what lies before the present time without being a fact.

    Parameters
    ----------
    shift_plan : the day
    now : the present time
    begun : jobs on which work has begun
    left : somebody is at work, so that the start place was left before
    """
    now = now.replace(microsecond=0)  # plans are made in whole seconds, fractions are cut off
    early = 0.0 if left else seconds_between(shift_plan.departure, now)
    if early > 0:
        yield _off(shift_plan, _first_job(shift_plan), early, "leaves the start place", "the present time")
    for halt in shift_plan.halts:
        if job_of(halt) not in begun and (early := seconds_between(halt.start, now)) > 0:
            yield _off(shift_plan, job_of(halt), early, f"{_starts(halt)} {called(halt)}", "the present time")


def _tool_in_order(tool_plan: ToolPlan) -> Iterator[Finding]:
    free = tool_plan.stops[0].leg.departure
    for stop in tool_plan.stops:
        job_id = stop.job_id
        if (early := seconds_between(stop.leg.departure, free)) > 0:
            yield _off(tool_plan, job_id, early, f"leaves for job {job_id}", "being free to leave")
        if (early := seconds_between(stop.start, stop.leg.arrival)) > 0:
            yield _off(tool_plan, job_id, early, f"is in use at job {job_id}", "being there")
        if (early := seconds_between(stop.end, stop.start)) > 0:
            yield _off(tool_plan, job_id, early, f"is handed over at job {job_id}", "it is in use")
        free = stop.end
    if (early := seconds_between(tool_plan.last_leg.departure, free)) > 0:
        last = tool_plan.stops[-1].job_id
        yield _off(tool_plan, last, early, "leaves for its branch", "being free to leave")


def _tool_not_in_the_past(tool_plan: ToolPlan, now: datetime) -> Iterator[Finding]:
    now = now.replace(microsecond=0)  # as for people
    first = tool_plan.stops[0]
    if (early := seconds_between(first.leg.departure, now)) > 0:
        yield _off(tool_plan, first.job_id, early, "leaves its branch", "the present time")


def _off(route: ShiftPlan | ToolPlan, job_id: str | None, seconds: float, does: str, mark: str) -> Finding:
    side = "before" if seconds > 0 else "after"
    minutes = abs(seconds) / 60
    if isinstance(route, ShiftPlan):
        whose, technician_id = str(route.key), route.technician_id
    else:
        whose, technician_id = f"{route.tool} {route.piece} of {route.branch_id} on {route.day}", None
    return breach(
        PLAN,
        f"{whose} {does} {minutes:g} min {side} {mark}.",
        measured=minutes,
        limit=0,
        unit="min",
        advice="Plan the scenario again; the times of this plan contradict each other.",
        job_id=job_id,
        technician_id=technician_id,
        day=route.day,
    )
