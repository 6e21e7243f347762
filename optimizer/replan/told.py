"""Whose customer must be told something: what was told does not hold any more."""

from collections.abc import Mapping

from optimizer.domain.plan import Plan, Stop
from optimizer.domain.promise import Promise, counting_promises
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.promise_windows import lies_in
from optimizer.rules.lateness import horizon_end_s
from optimizer.rules.promise import passed

Lead = tuple[str, Stop]
"""Who leads a job, and its stop there."""


def binding_promises(scenario: Scenario) -> dict[str, Promise]:
    """Return what customers were told and can still be kept, by job.

    Parameters
    ----------
    scenario : what is left to be planned
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    promises = counting_promises(scenario.promises)
    jobs = {job.job_id: job for job in scenario.jobs}
    return {
        job_id: one
        for job_id, one in promises.items()
        if one.told
        and job_id in jobs
        and not jobs[job_id].has_started
        and not passed(one, scenario, timeline)
    }


def customers_to_tell(scenario: Scenario, plan: Plan) -> tuple[str, ...]:
    """Return the jobs whose customers were told what a plan does not keep, in order of the question.

    Another person comes, or at a time outside the window that was told, or nobody comes on the planned days although
    the window lies in them. Who is asked for another time is among them. A start that moves within its window is
    nothing to be told.

    Parameters
    ----------
    scenario : what is left to be planned
    plan : a plan for it
    """
    leads = leads_of(plan)
    return tuple(
        job_id for job_id, one in binding_promises(scenario).items() if not is_kept(one, leads, scenario)
    )


def leads_of(plan: Plan) -> dict[str, Lead]:
    """Return who leads each job of a plan, on the first of its days.

    Parameters
    ----------
    plan : a plan
    """
    return {
        stop.job_id: (shift.technician_id, stop)
        for shift in plan.shifts
        for stop in shift.stops
        if not stop.seat and not stop.part
    }


def is_kept(promise: Promise, leads: Mapping[str, Lead], scenario: Scenario) -> bool:
    """Tell whether what was told holds in a plan.

    Parameters
    ----------
    promise : what was told
    leads : who leads each job in it
    scenario : what is left to be planned
    """
    if (found := leads.get(promise.job_id)) is None:
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        return timeline.seconds(promise.window.end) >= horizon_end_s(scenario, timeline)
    who, stop = found
    return not promise.asked and who == promise.technician_id and lies_in(stop.start, promise.window)
