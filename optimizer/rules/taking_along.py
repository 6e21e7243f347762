"""What a technician takes along: the tools for each job, and where the pieces of each part come from."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from optimizer.domain.job import Job
from optimizer.domain.parts import required_parts
from optimizer.domain.plan import Restock, ShiftPlan
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.rules.settings import params_of
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.skill import own_installers
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import ToolParams, needed_tools


class PartShare(NamedTuple):
    """Where the pieces of one part for one job come from."""

    part: str
    """Which part."""
    from_van: int
    """Pieces that are on the van already."""
    to_load: int
    """Pieces to load at the branch in the morning."""
    on_the_way: int = 0
    """Pieces loaded at a branch on the way, before the job."""


class ToolsOfJobs(NamedTuple):
    """Which tools each job of a scenario asks for; whoever mends the own installation needs fewer."""

    scenario: Scenario
    """The question."""
    params: ToolParams
    """Parameters of `TOOL`."""
    installers: Mapping[str, str]
    """Who mends the own installation, by job id."""

    def needed(self, job: Job, technician_id: str) -> tuple[str, ...]:
        """Return the tools that a technician needs for a job.

        Parameters
        ----------
        job : a job of the scenario
        technician_id : who does it
        """
        own_work = self.installers.get(job.job_id) == technician_id
        return needed_tools(job, self.scenario, self.params, own_work=own_work)

    def usual(self, job: Job) -> tuple[str, ...]:
        """Return the tools that anybody else needs for a job."""
        return needed_tools(job, self.scenario, self.params)


def tools_of_jobs(scenario: Scenario) -> ToolsOfJobs:
    """Return which tools the jobs of a scenario ask for.

    Parameters
    ----------
    scenario : the question
    """
    policy = scenario.policy
    return ToolsOfJobs(scenario, params_of(TOOL, policy), own_installers(scenario, params_of(SKILL, policy)))


def parts_of_day(
    shift: ShiftPlan, jobs: Mapping[str, Job], policy: Policy
) -> dict[str, tuple[PartShare, ...]]:
    """Return for each job of a day where its parts come from: the van's pieces go to the first jobs.

    A plan says only how many pieces a day loads; what its jobs take beyond that is on the van. Behind the van's come
    those of the morning, then those loaded on the way. Who leads a crew brings the parts, on the first of a job's days:
    others, and later days, have none in this.

    Parameters
    ----------
    shift : the day
    jobs : jobs by id
    policy : the policy with the job table
    """
    needs = {
        stop.job_id: {} if stop.seat or stop.part else required_parts(jobs[stop.job_id], policy)
        for stop in shift.stops
    }
    on_van, to_load = _on_van(shift, needs), Counter(shift.picked_up)
    shares: dict[str, tuple[PartShare, ...]] = {}
    for job_id, need in needs.items():
        mine = []
        for part, pieces in need.items():
            from_van = _take(on_van, part, pieces)
            loaded = _take(to_load, part, pieces - from_van)
            mine.append(PartShare(part, from_van, loaded, pieces - from_van - loaded))
        shares[job_id] = tuple(mine)
    return shares


def _on_van(shift: ShiftPlan, needs: Mapping[str, Mapping[str, int]]) -> Counter[str]:
    """Return the pieces that have to be on the van before the day: what its jobs take before it has loaded as many."""
    on_van: Counter[str] = Counter()
    balance = Counter(shift.picked_up)
    for halt in shift.halts:
        if isinstance(halt, Restock):
            balance.update(halt.picked_up)
            continue
        for part, pieces in needs[halt.job_id].items():
            balance[part] -= pieces
            on_van[part] = max(on_van[part], -balance[part])
    return on_van


def _take(store: Counter[str], part: str, pieces: int) -> int:
    """Take so many pieces out of a store, or as many as it has, and return how many that are."""
    taken = min(pieces, store[part])
    store[part] -= taken
    return taken
