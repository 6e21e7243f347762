"""Ties between jobs that lead nowhere: jobs that are not there, named twice, or tied to themselves."""

from collections.abc import Iterator

from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue


def tie_names(scenario: Scenario) -> Iterator[Issue]:
    """Yield the jobs in chains and groups that the scenario does not have, or that stand where they cannot.

    Parameters
    ----------
    scenario : every record in it is valid by itself
    """
    known = {job.job_id for job in scenario.jobs}
    for i, job in enumerate(scenario.jobs):
        first: dict[str, int] = {}
        for x, tie in enumerate(job.after):
            path = f"jobs[{i}].after[{x}].job_id"
            if tie.job_id == job.job_id:
                cause = f"{job.job_id} would come after itself."
                yield Issue("after-itself", path, cause, "Name another job, or take this tie out.")
            elif tie.job_id in first:
                cause = (
                    f"{job.job_id} already comes after {tie.job_id} at jobs[{i}].after[{first[tie.job_id]}]."
                )
                yield Issue("after-twice", path, cause, "Make one tie of the two.")
            elif tie.job_id not in known:
                yield _unknown(path, tie.job_id)
            first.setdefault(tie.job_id, x)
    for i, group in enumerate(scenario.groups):
        seen: set[str] = set()
        for x, job_id in enumerate(group.jobs):
            path = f"groups[{i}].jobs[{x}]"
            if job_id in seen:
                cause = f"The job {job_id!r} stands in the group twice."
                yield Issue("twice-in-a-group", path, cause, "Name each job of a group once.")
            elif job_id not in known:
                yield _unknown(path, job_id)
            seen.add(job_id)


def _unknown(path: str, job_id: str) -> Issue:
    cause = f"The job {job_id!r} is not in the scenario."
    action = "Correct the name or add the job; of a first job that is done already take the tie out."
    return Issue("unknown-job", path, cause, action)
