"""TOOL: every tool a job needs is in the technician's kit.

The job table says which tools a type needs; a job may ask for more. Outside work above a height needs a
safety belt, an outdoor unit from a floor upwards a rope. Tools found missing at the last inspection do not
count as carried. Who installed a unit mends a leak of the own installation with the own kit: the tools of the type are
not asked for then, those that the job names itself and those for the height are (see `SKILL`). A crew brings the tools
together: each is in the kit of somebody of it, and its type's are not asked for where the installer is among them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.base import Name
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import ROPE, SAFETY_BELT, carried_tools, required_tools, seats
from optimizer.domain.roster import RosterShift
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.lacking import cover_together, forbid_lacking
from optimizer.rules.settings import params_of
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.skill import own_installers
from optimizer.rules.teams import teams
from optimizer.words.numbers import listed


class ToolParams(Params):
    """Parameters of TOOL."""

    belt_above_m: Annotated[float, Field(ge=0, le=500)] = 2.5
    """Outside work higher than this many metres needs a safety belt."""
    belt: Name = SAFETY_BELT
    """What the safety belt is called in the kits."""
    rope_from_floor: Annotated[int, Field(ge=1, le=200)] = 2
    """An outdoor unit on this floor or higher needs a rope; the ground floor is 1."""
    rope: Name = ROPE
    """What the rope is called in the kits."""


class Tool(Rule[ToolParams]):
    """Nobody drives to a job without the tools for it."""

    code = "TOOL"
    title = "The technician carries every tool the job needs."
    section = "who"
    hard = True
    source = (
        Source("004", "第8篇 ch. 2 art. 10, ch. 3 art. 8, ch. 5 art. 1, 3"),
        Source("assumption", "the installer mends a leak of the own installation with the own kit"),
    )
    params = ToolParams

    def compile(self, scenario: Scenario, params: ToolParams, draft: Draft) -> None:
        """Forbid each job to those who do not carry one of its tools, and to crews that do not together."""
        own = own_installers(scenario, params_of(SKILL, scenario.policy))
        alone = [job for job in scenario.jobs if seats(job, scenario.policy) == 1]
        needs = ((job.job_id, frozenset(needed_tools(job, scenario, params))) for job in alone)
        forbid_lacking(draft, needs, lambda shift: _carries(shift, scenario), spared=own)
        cover_together(draft, _needs_of_crews(scenario, params, own), lambda shift: _carries(shift, scenario))
        shifts: defaultdict[str, list[RosterShift]] = defaultdict(list)
        for shift in draft.shifts if own else ():
            shifts[shift.key.technician_id].append(shift)
        for job in alone if own else ():
            mine = shifts.get(own.get(job.job_id, ""), ())
            needed = frozenset(needed_tools(job, scenario, params, own_work=True))
            if mine and not needed <= carried_tools(mine[0].technician, scenario.policy):
                draft.forbid([job.job_id], [shift.key for shift in mine])

    def check(self, scenario: Scenario, params: ToolParams, plan: Plan) -> Iterator[Finding]:
        """Yield one finding for each stop, or each crew, with missing tools, counting them."""
        own = own_installers(scenario, params_of(SKILL, scenario.policy))
        for team in teams(scenario, plan):
            visit, people = team[0], [one.technician.technician_id for one in team]
            carried = {tool for one in team for tool in carried_tools(one.technician, scenario.policy)}
            own_work = own.get(visit.job.job_id) in people
            needed = needed_tools(visit.job, scenario, params, own_work=own_work)
            missing = [tool for tool in needed if tool not in carried]
            if missing:
                yield Finding(
                    code=self.code,
                    job_id=visit.job.job_id,
                    technician_id=visit.technician.technician_id,
                    day=visit.shift.day,
                    measured=len(missing),
                    limit=0,
                    over=len(missing),
                    unit="missing",
                    sentence=f"{listed(people)} {'go' if len(people) > 1 else 'goes'} to {visit.job.job_id} "
                    f"without {', '.join(missing)}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return (
            f"Hand the tool to {finding.technician_id}, or give {finding.job_id} to somebody who carries it."
        )


RULE = Tool()


def _carries(shift: RosterShift, scenario: Scenario) -> frozenset[str]:
    return carried_tools(shift.technician, scenario.policy)


def _needs_of_crews(
    scenario: Scenario, params: ToolParams, own: Mapping[str, str]
) -> Iterator[tuple[str, str, str | None]]:
    """Yield every tool that a crew needs together, and the installer, if any, with whom it does not."""
    for job in scenario.jobs:
        if seats(job, scenario.policy) > 1:
            installer = own.get(job.job_id)
            of_the_job = needed_tools(job, scenario, params, own_work=True)
            for tool in needed_tools(job, scenario, params):
                yield job.job_id, tool, None if tool in of_the_job else installer


def needed_tools(
    job: Job, scenario: Scenario, params: ToolParams, *, own_work: bool = False
) -> tuple[str, ...]:
    """Return the tools that somebody needs for a job.

    Parameters
    ----------
    job : the job
    scenario : the question
    params : parameters of `TOOL`
    own_work : for the original installer who mends the own work
    """
    return required_tools(
        job,
        scenario.policy,
        belt_above_m=params.belt_above_m,
        rope_from_floor=params.rope_from_floor,
        belt=params.belt,
        rope=params.rope,
        own_work=own_work,
    )
