"""What jobs take together and there is too little of: people on one day, and shared tools at a branch."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from optimizer.domain.requirements import branches_in_charge, required_shared_tools, seats
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.rules.unheld import some_of
from optimizer.words.numbers import count


def too_few(scenario: Scenario) -> Iterator[str]:
    """Yield a note for jobs that take more people than ever work on a day, and for tools that no piece is there of.

    Parameters
    ----------
    scenario : the question, valid
    """
    yield from _people(scenario)
    yield from _tools(scenario)


def _people(scenario: Scenario) -> Iterator[str]:
    most = max(Counter(one.key.day for one in roster(scenario)).values(), default=0)
    large: defaultdict[int, list[str]] = defaultdict(list)
    for job in scenario.jobs:
        if most and (asked := seats(job, scenario.policy)) > max(most, 1):
            large[asked].append(job.job_id)
    for asked, jobs in sorted(large.items()):
        yield (
            f"{count(len(jobs), 'job')} ({some_of(jobs)}) {'take' if len(jobs) > 1 else 'takes'} {asked} people at "
            f"once, and on no planned day more than {most} {'work' if most > 1 else 'works'}; add shifts, or correct "
            "the seats"
        )


def _tools(scenario: Scenario) -> Iterator[str]:
    asking = [job for job in scenario.jobs if required_shared_tools(job, scenario.policy)]
    charge = branches_in_charge(asking, scenario)
    lacking: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for job in asking:
        branch = charge[job.job_id]
        for tool in required_shared_tools(job, scenario.policy):
            if not branch.shared_tools.get(tool, 0):
                lacking[branch.branch_id, tool].append(job.job_id)
    for (branch_id, tool), jobs in lacking.items():
        elsewhere = [one.branch_id for one in scenario.branches if one.shared_tools.get(tool, 0)]
        lent = f", though {some_of(elsewhere)} has some" if elsewhere else ""
        yield (
            f"{count(len(jobs), 'job')} ({some_of(jobs)}) of {branch_id} {'need' if len(jobs) > 1 else 'needs'} the "
            f"shared tool {tool}, of which it has none{lent}; enter the pieces at the branch, or correct "
            f"{'the jobs' if len(jobs) > 1 else 'the job'}"
        )
