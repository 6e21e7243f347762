"""What the approved days of a scenario hold, as the rules read it.

Where somebody of a visit cannot come that day any more (leave, suspension, not clocked in, no shift), the visit of the
whole crew is released: the job may go to somebody else, on the approved day or on an open one.
"""

from datetime import date
from typing import NamedTuple

from optimizer.domain.approval import ApprovedOuting, ApprovedTool, ApprovedVisit
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.rules.on_duty import shifts_on_duty


class ApprovedDay(NamedTuple):
    """An approved day as it binds now."""

    day: date
    by: str
    """Who approved it."""
    visits: tuple[ApprovedVisit, ...]
    """Visits that stay as they are."""
    tools: tuple[ApprovedTool, ...]
    """Shared tools that stay where they are."""
    outings: tuple[ApprovedOuting, ...]
    """Who spends the night after it away, or travels otherwise than usual; a start to plan from, no rule."""
    released: frozenset[tuple[str, int]]
    """Jobs and their parts that somebody else may do, on this day too."""


def approved_days(scenario: Scenario) -> tuple[ApprovedDay, ...]:
    """Return the approved days among the planned ones, in order of the calendar.

    Parameters
    ----------
    scenario : the question
    """
    days = scenario.horizon.dates()
    approvals = sorted((one for one in scenario.approvals if one.day in days), key=lambda one: one.day)
    if not approvals:
        return ()
    on_duty = frozenset(shifts_on_duty(scenario))
    found = []
    for one in approvals:
        away = (visit for visit in one.visits if ShiftKey(visit.technician_id, one.day) not in on_duty)
        released = frozenset((visit.job_id, visit.part) for visit in away)
        visits = tuple(visit for visit in one.visits if (visit.job_id, visit.part) not in released)
        tools = tuple(tool for tool in one.tools if (tool.job_id, tool.part) not in released)
        found.append(ApprovedDay(one.day, one.by, visits, tools, one.outings, released))
    return tuple(found)


def approved_jobs(scenario: Scenario) -> frozenset[str]:
    """Return the jobs that have a visit on an approved day which stays as it is.

    Parameters
    ----------
    scenario : the question
    """
    return frozenset(visit.job_id for one in approved_days(scenario) for visit in one.visits)
