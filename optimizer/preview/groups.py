"""Which jobs are judged together: those that are tied to each other, in whatever way and through whatever others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from optimizer.compile import lay_out
from optimizer.domain.requirements import required_shared_tools
from optimizer.domain.scenario import Scenario

Group = frozenset[str]
"""Ids of jobs that are tied, one of them through another perhaps."""


def tied_groups(scenario: Scenario) -> dict[str, Group]:
    """Return the jobs that each job is judged together with; a job that nothing is tied to is not in it.

    Jobs are tied by coming after one another, by being for the same technician or for another one, by being one
    customer's at one place, and by needing the same shared tool of the same branch. That is never less than what the
    rules in force tie.

    Parameters
    ----------
    scenario : the question
    """
    known = {job.job_id for job in scenario.jobs}
    return {
        job_id: group
        for group in _joined(frozenset(one) & known for one in _bonds(scenario))
        for job_id in group
    }


def _bonds(scenario: Scenario) -> Iterable[Iterable[str]]:
    at_one_place: defaultdict[tuple[str, float, float], list[str]] = defaultdict(list)
    for job in scenario.jobs:
        yield (job.job_id, *(tie.job_id for tie in job.after))
        if job.customer is not None:
            at_one_place[job.customer.customer_id, job.place.lat, job.place.lon].append(job.job_id)
    yield from at_one_place.values()
    yield from (group.jobs for group in scenario.groups)
    if any(required_shared_tools(job, scenario.policy) for job in scenario.jobs):
        yield from (loan.jobs for loan in lay_out(scenario).loans.values())


def _joined(bonds: Iterable[frozenset[str]]) -> list[Group]:
    """Return the sets that come of joining all that have a member in common; single jobs are left away."""
    members: dict[str, set[str]] = {}
    for bond in bonds:
        if len(bond) < 2:
            continue
        joined = set(bond).union(*(members[one] for one in bond if one in members))
        members.update(dict.fromkeys(joined, joined))
    found: Mapping[int, set[str]] = {id(one): one for one in members.values()}
    return [frozenset(one) for one in found.values()]
