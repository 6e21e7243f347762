"""What cannot wait: emergencies and strong complaints, and for whose sake somebody on the road turns round."""

from optimizer.assess import is_service_clock
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario


def urgent_jobs(scenario: Scenario) -> frozenset[str]:
    """Return the jobs that cannot wait: emergencies and strong complaints.

    Parameters
    ----------
    scenario : the question
    """
    return frozenset(
        job.job_id for job in scenario.jobs if job.priority == "emergency" or job.complaint == "strong"
    )


def not_in_time(document: PlanDocument, job_ids: frozenset[str]) -> frozenset[str]:
    """Return which of some jobs a plan leaves out or serves too late for a clock of theirs.

    Parameters
    ----------
    document : the plan with its clocks
    job_ids : the jobs
    """
    clocks = document.assessment.clocks
    late = {one.job_id for one in clocks if is_service_clock(one) and one.state == "missed"}
    return job_ids & {*late, *document.plan.unserved}


def jobs_to_turn_from(scenario: Scenario) -> frozenset[str]:
    """Return the jobs that somebody is on the way to or waits at, and that can wait.

    Parameters
    ----------
    scenario : what is left to be planned
    """
    approached = {job.job_id for job in scenario.jobs if job.under_way is not None and not job.has_started}
    return frozenset(approached) - urgent_jobs(scenario)


def turned_from(scenario: Scenario, job_ids: frozenset[str]) -> Scenario:
    """Return the question in which who is on the way to these jobs reaches their places, and goes on freely from there.

    Parameters
    ----------
    scenario : what is left to be planned
    job_ids : jobs on which nobody has begun
    """
    if not job_ids:
        return scenario
    jobs = (_free(job) if job.job_id in job_ids else job for job in scenario.jobs)
    return scenario.model_copy(update={"jobs": tuple(jobs)})


def still_approached(scenario: Scenario, plan: Plan) -> frozenset[str]:
    """Return the jobs under way that a plan leaves with the same people on the same day.

    Parameters
    ----------
    scenario : what is left to be planned
    plan : a plan for it
    """
    goes = {(shift.key, stop.job_id) for shift in plan.shifts for stop in shift.stops}
    return frozenset(
        job.job_id
        for job in scenario.jobs
        if (fact := job.under_way) is not None
        and all((ShiftKey(who, fact.day), job.job_id) in goes for who in fact.technicians)
    )


def _free(job: Job) -> Job:
    return job.model_copy(update={"under_way": None})
