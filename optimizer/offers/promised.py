"""The promise that an offer becomes when it is taken, and the scenario that has it."""

from datetime import datetime

from optimizer.domain.job import Job
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window


def promise_of(
    scenario: Scenario, job_id: str, window: Window, technician_id: str, start: datetime
) -> Promise:
    """Return what the customer is told when an offer is taken now.

    Parameters
    ----------
    scenario : the question; its present time is when the customer is told
    job_id : the new job
    window : the window that is promised
    technician_id : who is announced
    start : the planned start behind it
    """
    return Promise(
        job_id=job_id, technician_id=technician_id, window=window, start=start, told_at=scenario.now
    )


def with_promise(scenario: Scenario, job: Job, promise: Promise) -> Scenario:
    """Return the scenario in which a job has the promised window as its only one.

    Parameters
    ----------
    scenario : the question, with the job
    job : the job
    promise : what its customer is told
    """
    agreed = job.model_copy(update={"windows": (promise.window,)})
    jobs = tuple(agreed if one.job_id == job.job_id else one for one in scenario.jobs)
    return scenario.model_copy(update={"jobs": jobs, "promises": (*scenario.promises, promise)})
