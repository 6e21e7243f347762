"""Who has no stop on a day, and why: no shift, off duty, or on duty with nothing that fitted.

A day of a trip without stops, on the way or between two nights away, is not among them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from optimizer.compile import Compiled
from optimizer.domain.idle import IdleDay, Paper
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.rules.absent import RULE as ABSENT
from optimizer.rules.no_show import RULE as NO_SHOW
from optimizer.rules.no_show import absent_shifts
from optimizer.rules.onboarded import RULE as ONBOARDED
from optimizer.rules.settings import params_of
from optimizer.rules.suspended import RULE as SUSPENDED
from optimizer.rules.tool_inspection import RULE as TOOL_INSPECTION
from optimizer.rules.trip import RULE as TRIP
from optimizer.rules.trip import days_of_rest
from optimizer.words.hindrances import hindrance
from optimizer.words.numbers import count, listed

OffDuty = Iterator[tuple[str, tuple[str, ...]]]
"""Codes that keep somebody off duty, each with what it goes by."""


def idle_reasons(scenario: Scenario, plan: Plan) -> tuple[IdleDay, ...]:
    """Return every day on which somebody has nothing to do, and why, by technician in file order, then by day.

    Parameters
    ----------
    scenario : the question
    plan : its plan
    """
    return tuple(_idle(scenario, plan))


def fitting_words(compiled: Compiled, key: ShiftKey) -> str:
    """Return why nothing was given to somebody who is on duty: what each rule rules out, and what is left.

    Parameters
    ----------
    compiled : the question
    key : whose day
    """
    row = next(i for i, shift in enumerate(compiled.shifts) if shift.key == key)
    masks = [_mask(compiled, job, row) for job in range(len(compiled.names.jobs))]
    codes = compiled.names.codes
    barred = Counter(code for mask in masks for bit, code in enumerate(codes) if mask >> bit & 1)
    rules = [f"{hindrance(code)} {number:,}" for code, number in barred.most_common()]
    able, who = masks.count(0), key.technician_id
    if not able:
        return f"No job fits {who}; so many are ruled out by {listed(rules)}."
    said = f"{who} may do {able:,} of {count(len(masks), 'job')}; in this plan others do them, or they are left out."
    return f"{said} So many are ruled out by {listed(rules)}." if rules else said


def _mask(compiled: Compiled, job: int, shift: int) -> int:
    """Return the codes that forbid a job in a shift, in every place of its crew; those of who leads."""
    masks: list[int] = compiled.problem.forbidden[list(compiled.visits.parts[job][0].people), shift].tolist()
    return 0 if 0 in masks else masks[0]


def _idle(scenario: Scenario, plan: Plan) -> Iterator[IdleDay]:
    busy = {day.key for day in plan.shifts}
    trip = params_of(TRIP, scenario.policy)
    resting = days_of_rest(trip, plan) if trip.active else {}
    no_show = params_of(NO_SHOW, scenario.policy)
    missing = frozenset(absent_shifts(scenario, no_show) if no_show.active else ())
    shifts: dict[str, list[ShiftKey]] = {}
    for shift in roster(scenario):
        shifts.setdefault(shift.key.technician_id, []).append(shift.key)
    for technician in scenario.technicians:
        keys = shifts.get(technician.technician_id, ())
        if not keys:
            yield IdleDay(technician_id=technician.technician_id, day=None)
        for key in keys:
            if key in busy:
                continue
            off = [
                *_off_duty(scenario, technician, key.day),
                *([(NO_SHOW.code, ())] if key in missing else ()),
                *([(TRIP.code, ())] if key in resting else ()),
            ]
            yield IdleDay(
                technician_id=key.technician_id,
                day=key.day,
                codes=tuple(code for code, _ in off),
                details=tuple(detail for _, details in off for detail in details if detail),
                inspected=technician.last_inspection if _overdue(scenario, technician, key.day) else None,
            )


def _overdue(scenario: Scenario, technician: Technician, day: date) -> bool:
    """Tell whether the last inspection of somebody's tools is too long ago, by a policy that keeps that rule."""
    params, since = params_of(TOOL_INSPECTION, scenario.policy), technician.last_inspection
    return params.active and since is not None and (day - since).days > params.interval_days


def _off_duty(scenario: Scenario, technician: Technician, day: date) -> OffDuty:
    """Yield what keeps a technician from any work on a day, by the rules that the policy keeps."""
    policy = scenario.policy
    lacks_tools = params_of(TOOL_INSPECTION, policy).active and technician.missing_tools
    if lacks_tools or _overdue(scenario, technician, day):
        yield TOOL_INSPECTION.code, technician.missing_tools
    if params_of(ONBOARDED, policy).active:
        papers = technician.onboarding
        had: dict[Paper, bool] = {
            "examination": papers.examined,
            "insurance": papers.insured,
            "safety agreement": papers.safety_agreement,
        }
        if lacking := tuple(name for name, there in had.items() if not there):
            yield ONBOARDED.code, lacking
    if params_of(SUSPENDED, policy).active and any(span.covers(day) for span in technician.suspended):
        yield SUSPENDED.code, ()
    if params_of(ABSENT, policy).active:
        leave = next((span for span in technician.leave if span.covers(day)), None)
        if leave is not None:
            yield ABSENT.code, (leave.reason,)
