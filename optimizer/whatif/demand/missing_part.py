"""Which part a visit turns out to lack."""

from collections import Counter

from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.whatif.demand.chain import Chain, which


def missing_part(scenario: Scenario, chain: Chain, job: Job, *, visit: int = 1) -> str | None:
    """Draw the part that a visit lacks when it fails for want of one.

    It is one that jobs of the same type ask for, as often as they do, beyond what the job itself asked for; where the
    scenario knows none, one that branches have in stock or list with none left.

    Parameters
    ----------
    scenario : the study's base scenario, the same for all its variants and days
    chain : source of chance
    job : the job, drawn or one of the scenario's own; its id and type decide
    visit : which visit of the job, from 1

    Returns
    -------
    The name of the part; none: the scenario knows no part that the job did not ask for.
    """
    asked = Counter(part for one in scenario.jobs if one.type == job.type for part in one.parts)
    stocked = Counter(part for branch in scenario.branches for part in branch.stock)
    for known in (asked, stocked):
        parts = sorted(part for part in known if part not in job.parts)
        if parts:
            u = chain.uniform("missing part", job.job_id, visit)
            return parts[which(tuple(float(known[part]) for part in parts), u)]
    return None
