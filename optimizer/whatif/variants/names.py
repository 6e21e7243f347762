"""What a change may name, and what is said of a name that leads nowhere."""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from optimizer.domain.requirements import mate_skills, required_certificates, required_skills, seats
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue


def unknown(thing: str, path: str, name: str, known: Collection[str]) -> Iterator[Issue]:
    """Yield that a name leads nowhere, with the nearest one there is.

    Parameters
    ----------
    thing : what it should name, e.g. ``technician``
    path : where it stands in the change
    name : the name
    known : the names there are
    """
    if name in known:
        return
    near = get_close_matches(name, sorted(known), n=1)
    action = f"Did you mean {near[0]!r}?" if near else f"Correct the name, or add the {thing} to the base."
    yield Issue(f"unknown-{thing.replace(' ', '-')}", path, f"There is no {thing} {name!r} here.", action)


def all_unknown(thing: str, path: str, names: Sequence[str], known: Collection[str]) -> Iterator[Issue]:
    """Yield all names of a list that lead nowhere; see `unknown`.

    Parameters
    ----------
    thing : what they should name
    path : where the list stands in the change
    names : the names
    known : the names there are
    """
    for i, name in enumerate(names):
        yield from unknown(thing, f"{path}[{i}]", name, known)


def refuse(issues: Iterator[Issue]) -> None:
    """Refuse a change if anything is wrong with it.

    Parameters
    ----------
    issues : what is wrong

    Raises
    ------
    InvalidInput
        There is something; carries it all.
    """
    if found := tuple(issues):
        raise InvalidInput(found)


def technician_ids(scenario: Scenario) -> frozenset[str]:
    """Return the ids of all technicians."""
    return frozenset(one.technician_id for one in scenario.technicians)


def branch_ids(scenario: Scenario) -> frozenset[str]:
    """Return the ids of all branches."""
    return frozenset(one.branch_id for one in scenario.branches)


def skills(scenario: Scenario) -> frozenset[str]:
    """Return the skills that somebody has or a job asks for."""
    policy = scenario.policy
    asked = {one for job in scenario.jobs for one in required_skills(job, policy)}
    asked |= {
        one
        for job in scenario.jobs
        for seat in range(1, seats(job, policy))
        for one in mate_skills(job, policy, seat)
    }
    kinds = {str(one.kind) for one in policy.job_types.values()}
    return frozenset(asked.union(kinds, *(one.skills for one in scenario.technicians)))


def certificates(scenario: Scenario) -> frozenset[str]:
    """Return the certificates that somebody holds, or a job or a job type asks for."""
    held = {one.name for technician in scenario.technicians for one in technician.certificates}
    of_types = {one for job_type in scenario.policy.job_types.values() for one in job_type.certificates}
    asked = {one for job in scenario.jobs for one in required_certificates(job, scenario.policy)}
    return frozenset(held | of_types | asked)


def shared_tools(scenario: Scenario) -> frozenset[str]:
    """Return the shared tools that a branch has or a job takes."""
    asked = {tool for job in scenario.jobs for tool in job.shared_tools}
    return frozenset(asked.union(*(branch.shared_tools for branch in scenario.branches)))


def parts(scenario: Scenario) -> frozenset[str]:
    """Return the spare parts that are on a shelf or a van, or that a job or a job type takes."""
    return frozenset().union(
        *(branch.stock for branch in scenario.branches),
        *(one.parts for one in scenario.technicians),
        *(job.parts for job in scenario.jobs),
        *(job_type.parts for job_type in scenario.policy.job_types.values()),
    )


def areas(scenario: Scenario) -> frozenset[str]:
    """Return the areas in which a job lies or somebody works."""
    worked = {area for one in scenario.technicians for area in one.territory.areas}
    return frozenset(worked | {job.area for job in scenario.jobs if job.area is not None})
