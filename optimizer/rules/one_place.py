"""Jobs of one customer at one place, which are done one after the other."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario


def at_one_place(scenario: Scenario, most: int) -> Iterator[tuple[str, str]]:
    """Yield the pairs of jobs that the same customer has at the same place, if no chain ties them already.

    Parameters
    ----------
    scenario : the question
    most : a customer with more jobs than this at one place is a site where several people work at once
    """
    places: defaultdict[tuple[str, float, float], list[Job]] = defaultdict(list)
    for job in scenario.jobs:
        if job.customer is not None:
            places[job.customer.customer_id, job.place.lat, job.place.lon].append(job)
    crowded = [jobs for jobs in places.values() if 1 < len(jobs) <= most]
    by_id = {job.job_id: job for job in scenario.jobs} if crowded else {}
    for jobs in crowded:
        before = {job.job_id: _all_before(job, by_id) for job in jobs}
        for one, other in combinations((job.job_id for job in jobs), 2):
            if one not in before[other] and other not in before[one]:
                yield one, other


def _all_before(job: Job, jobs: dict[str, Job]) -> set[str]:
    """Return all jobs that come before a job along its chains."""
    found: set[str] = set()
    ahead = [job]
    while ahead:
        for tie in ahead.pop().after:
            if tie.job_id in jobs and tie.job_id not in found:
                found.add(tie.job_id)
                ahead.append(jobs[tie.job_id])
    return found
