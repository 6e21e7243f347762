"""Approves days of a plan: an approved day stays as it is while the other days are planned again."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from optimizer.checker import check_plan
from optimizer.domain.approval import Approval, ApprovedOuting, ApprovedTool, ApprovedVisit
from optimizer.domain.assessment import Finding
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import InvalidInput, Issue
from optimizer.rules.approved import RULE as APPROVED
from optimizer.words.moments import exact_moment

__all__ = ["approval_issues", "approve", "present_time", "withdraw", "withdrawal_issues"]


def approve(
    scenario: Scenario, plan: Plan, days: Sequence[date], *, by: str, at: datetime | None = None
) -> Scenario:
    """Return the scenario in which these days of a plan are approved; planned again, they stay as they are.

    Parameters
    ----------
    scenario : the question, already validated
    plan : an answer to this very question
    days : which days, in any order
    by : who approves them
    at : when; none: the scenario's present time, never the clock on the wall

    Raises
    ------
    InvalidInput
        The plan is another question's, breaks a rule on one of the days, or a day cannot be approved; lists all.
    """
    if issues := approval_issues(scenario, plan, days):
        raise InvalidInput(issues)
    moment = present_time(scenario) if at is None else at
    new = tuple(_approval(scenario, plan, day, by, moment) for day in sorted(days))
    every = sorted((*scenario.approvals, *new), key=lambda one: one.day)
    return scenario.model_copy(update={"approvals": tuple(every)})


def withdraw(scenario: Scenario, days: Sequence[date]) -> Scenario:
    """Return the scenario in which these days are drafts again.

    Parameters
    ----------
    scenario : the question, already validated
    days : which days

    Raises
    ------
    InvalidInput
        A day is not planned or not approved; lists all.
    """
    if issues := withdrawal_issues(scenario, days):
        raise InvalidInput(issues)
    kept = tuple(one for one in scenario.approvals if one.day not in days)
    return scenario.model_copy(update={"approvals": kept})


def present_time(scenario: Scenario) -> datetime:
    """Return the scenario's present time: the horizon's start where none is given.

    Parameters
    ----------
    scenario : the question
    """
    first = Timeline(scenario.horizon.first_day, scenario.time_zone).moment(0)
    return first if scenario.now is None else scenario.now


def approval_issues(scenario: Scenario, plan: Plan, days: Sequence[date]) -> tuple[Issue, ...]:
    """Return everything that stands against approving these days of a plan.

    Parameters
    ----------
    scenario : the question, already validated
    plan : the answer
    days : which days
    """
    by_day = {one.day: one for one in scenario.approvals}
    zone = Timeline(scenario.horizon.first_day, scenario.time_zone).zone
    worked = {shift.day for shift in plan.shifts}
    stale = plan.scenario_sha256 != scenario_sha256(scenario)
    issues = [*_stale(scenario, plan)] if stale else []
    issues.extend(_day_issues(scenario, days))
    for day in dict.fromkeys(days):
        if day in by_day:
            old = by_day[day]
            cause = f"{day} was already approved by {old.by} at {exact_moment(old.at, zone)}."
            issues.append(
                Issue("already-approved", "day", cause, "Leave it out, or withdraw that approval first.")
            )
        elif day in scenario.horizon.dates() and day not in worked:
            cause = f"The plan has no work on {day}."
            issues.append(Issue("day-without-plan", "day", cause, "Leave it out, or plan that day first."))
    if not stale:  # otherwise every finding would only say again that these two do not belong together
        issues.extend(_broken(check_plan(scenario, plan), days))
    return tuple(issues)


def withdrawal_issues(scenario: Scenario, days: Sequence[date]) -> tuple[Issue, ...]:
    """Return everything that stands against withdrawing the approval of these days.

    Parameters
    ----------
    scenario : the question, already validated
    days : which days
    """
    approved = {one.day for one in scenario.approvals}
    issues = [*_day_issues(scenario, days)]
    for day in dict.fromkeys(days):
        if day in scenario.horizon.dates() and day not in approved:
            said = ", ".join(str(one) for one in sorted(approved)) or "none"
            cause = f"{day} is not approved; approved days: {said}."
            issues.append(Issue("not-approved", "day", cause, "Correct the day or leave it out."))
    return tuple(issues)


def _stale(scenario: Scenario, plan: Plan) -> Iterator[Issue]:
    cause = f"The plan was made for another state of {scenario.name!r}: facts have changed since."
    if plan.scenario != scenario.name:
        cause = f"The plan was made for {plan.scenario!r}, not for {scenario.name!r}."
    yield Issue("other-scenario", "plan", cause, "Give the scenario it was made from, or plan again.")


def _day_issues(scenario: Scenario, days: Sequence[date]) -> Iterator[Issue]:
    planned = scenario.horizon.dates()
    for day in sorted({one for one in days if days.count(one) > 1}):
        yield Issue("two-approvals", "day", f"{day} is named twice.", "Name each day once.")
    for day in dict.fromkeys(days):
        if day not in planned:
            cause = f"{day} is not among the planned days {planned[0]} to {planned[-1]}."
            yield Issue("outside-horizon", "day", cause, "Correct the day.")


def _broken(findings: Sequence[Finding], days: Sequence[date]) -> Iterator[Issue]:
    """Yield what is broken on these days, on none in particular, or on a day that was approved before."""
    for one in findings:
        if one.day is None or one.day in days or one.code == APPROVED.code:
            yield Issue("broken-day", "plan", f"{one.code}: {one.sentence}", one.advice)


def _approval(scenario: Scenario, plan: Plan, day: date, by: str, at: datetime) -> Approval:
    usual = {one.technician_id: one.means for one in scenario.technicians}
    visits = (
        ApprovedVisit(
            job_id=stop.job_id,
            technician_id=shift.technician_id,
            start=stop.start,
            seat=stop.seat,
            part=stop.part,
        )
        for shift in plan.shifts
        if shift.day == day
        for stop in shift.stops
    )
    outings = (
        ApprovedOuting(
            technician_id=shift.technician_id,
            away=shift.night is not None,
            means=None if shift.means == usual[shift.technician_id] else shift.means,
        )
        for shift in plan.shifts
        if shift.day == day and (shift.night or shift.means != usual[shift.technician_id])
    )
    tools = (
        ApprovedTool(
            job_id=stop.job_id, branch_id=one.branch_id, tool=one.tool, piece=one.piece, part=stop.part
        )
        for one in plan.tools
        if one.day == day
        for stop in one.stops
    )
    return Approval(day=day, by=by, at=at, visits=tuple(visits), tools=tuple(tools), outings=tuple(outings))
