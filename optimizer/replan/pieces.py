"""Which piece of a shared tool is which: those that are at work now have the numbers that the rule gives them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from optimizer.domain.orders import OrderedTool
from optimizer.domain.scenario import Scenario
from optimizer.rules.shared_tool import pieces_out

_At = tuple[str, str, date, str]
"""Branch, tool, day and job."""


def renumbered(tools: Iterable[OrderedTool], scenario: Scenario) -> tuple[OrderedTool, ...]:
    """Return the ways of shared tools with pieces that are out numbered as in the question, see `pieces_out`.

    Parameters
    ----------
    tools : the ways, as the followed plan numbers the pieces
    scenario : what is left to be planned
    """
    out = {(one.branch_id, one.tool, one.day, one.job_id): one.piece for one in pieces_out(scenario)}
    alike: defaultdict[tuple[object, ...], list[OrderedTool]] = defaultdict(list)
    for one in tools:
        alike[one.branch_id, one.tool, one.day].append(one)
    return tuple(found for some in alike.values() for found in _numbered(some, out))


def at_work(tools: Iterable[OrderedTool], scenario: Scenario) -> tuple[OrderedTool, ...]:
    """Return the ways of shared tools with nothing but the jobs at which they are now.

    Parameters
    ----------
    tools : the ways
    scenario : what is left to be planned
    """
    begun = {job.job_id for job in scenario.jobs if job.has_started}
    return with_jobs(tools, begun)


def with_jobs(tools: Iterable[OrderedTool], job_ids: Collection[str]) -> tuple[OrderedTool, ...]:
    """Return the ways of shared tools as far as they lead to some jobs.

    Parameters
    ----------
    tools : the ways
    job_ids : the jobs
    """
    left = (
        one.model_copy(update={"jobs": tuple(name for name in one.jobs if name in job_ids)}) for one in tools
    )
    return tuple(one for one in left if one.jobs)


def _numbered(some: list[OrderedTool], out: Mapping[_At, int]) -> Iterator[OrderedTool]:
    numbers = [
        next((out[key] for job in one.jobs if (key := (one.branch_id, one.tool, one.day, job)) in out), None)
        for one in some
    ]
    kept = {one.piece for one, number in zip(some, numbers, strict=True) if number is None}
    free = iter(sorted(set(range(1, 1 + len(out) + max(one.piece for one in some))) - set(numbers) - kept))
    for one, number in zip(some, numbers, strict=True):
        if number is None:
            number = next(free) if one.piece in numbers else one.piece
        yield one.model_copy(update={"piece": number})
