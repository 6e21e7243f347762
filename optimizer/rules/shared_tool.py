"""SHARED_TOOL: a job that needs a scarce tool has one of its branch's pieces there from its start to the hand-over.

A nitrogen bottle for pressure tests, a hoist, a ladder truck: the branch in charge of the job has so many, issues them
and takes them back. A piece goes from job to job by car and is at one place at a time; after a job it stays for the
minutes of handing it over. Somebody sees to its ways: they are in nobody's hours and cost nothing. A branch that has
no piece of it cannot serve the job; other branches do not lend theirs. A job that has begun has its piece already.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import branches_in_charge, required_shared_tools
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, Layout
from optimizer.rules.tool_days import at_every_job, from_job_to_job, no_more_than_there_are
from optimizer.rules.tool_hours import tool_hours


class SharedToolParams(Params):
    """Parameters of SHARED_TOOL; the pieces stand with the branches."""

    handover_min: Annotated[int, Field(ge=0, le=240)] = 15
    """Minutes that a tool stays after the job until it is handed over."""
    issued_before_min: Annotated[int, Field(ge=0, le=240)] = 60
    """Tools leave their branch so many minutes before the day's first shift starts at the earliest, whoever's it is."""
    returned_after_min: Annotated[int, Field(ge=0, le=480)] = 60
    """They are back so many minutes after the day's last shift, with its overtime, at the latest."""


class PieceOut(NamedTuple):
    """A piece of a shared tool that is at a job."""

    branch_id: str
    tool: str
    piece: int
    """Which of the branch's pieces, from 1."""
    day: date
    """The day on which it left."""
    job_id: str
    """Where it is."""


class SharedTool(Rule[SharedToolParams]):
    """No more jobs at a time than there are tools for."""

    code = "SHARED_TOOL"
    title = "A job that needs a scarce tool has a piece of its branch there as long as it takes."
    section = "who"
    hard = True
    source = (
        Source("004", "第8篇 ch. 5 art. 13 (nitrogen for pressure tests)"),
        Source("001", "equipment issue and return"),
        Source("assumption", "scarcity, hoist and ladder truck, minutes of handing over, hours of issue"),
    )
    params = SharedToolParams

    def lay_out(self, scenario: Scenario, params: SharedToolParams, layout: Layout) -> None:
        """Say how many pieces each branch has, and who needs one."""
        stock = {branch.branch_id: branch.shared_tools for branch in scenario.branches}
        for (branch, tool), jobs in _wanted(scenario).items():
            # more pieces than jobs would never all be out
            layout.lend(branch, tool, min(stock[branch].get(tool, 0), len(jobs)), jobs)

    def compile(self, scenario: Scenario, params: SharedToolParams, draft: Draft) -> None:
        """Say when tools are out, and forbid the jobs for which their branch has none."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        stock = {branch.branch_id: branch.shared_tools for branch in scenario.branches}
        wanted = _wanted(scenario)
        if not wanted:
            return
        hours = {
            day: (timeline.moment(opens_s), timeline.moment(closes_s))
            for day, (opens_s, closes_s) in _hours(scenario, params).items()
        }
        for (branch, tool), jobs in wanted.items():
            if stock[branch].get(tool, 0):
                draft.issue(branch, tool, hours, handover_s=60 * params.handover_min)
                _say_what_is_out(scenario, draft, branch, tool)
            else:
                draft.forbid(jobs, [one.key for one in draft.shifts])

    def check(self, scenario: Scenario, params: SharedToolParams, plan: Plan) -> Iterator[Finding]:
        """Yield jobs without their tool or with it too short, too many tools out, and ways that do not fit."""
        yield from at_every_job(scenario, plan, params.handover_min)
        yield from no_more_than_there_are(scenario, plan)
        yield from from_job_to_job(scenario, plan, _hours(scenario, params))

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        match finding.unit:
            case "pieces":
                return "Move a job that needs the tool to another time or day, or enter one more piece at the branch."
            case "min":
                return "Move one of the jobs that need the tool, so that it is there in time and long enough."
            case _:
                return "Plan the scenario again; the tool's way in this plan contradicts itself."


RULE = SharedTool()


def _wanted(scenario: Scenario) -> dict[tuple[str, str], list[str]]:
    """Return the jobs that need a tool, by the branch in charge of them and the tool."""
    asking = [job for job in scenario.jobs if required_shared_tools(job, scenario.policy)]
    charge = branches_in_charge(asking, scenario)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for job in asking:
        for tool in required_shared_tools(job, scenario.policy):
            found[charge[job.job_id].branch_id, tool].append(job.job_id)
    return found


def pieces_out(scenario: Scenario) -> Iterator[PieceOut]:
    """Yield the pieces at jobs that have begun; which piece it is counts nothing, so they are numbered in order.

    Parameters
    ----------
    scenario : the question
    """
    for (branch, tool), jobs in _wanted(scenario).items():
        begun = (job for job in scenario.jobs if job.has_started and job.job_id in jobs)
        for piece, job in enumerate(begun, start=1):
            if job.under_way is not None:
                yield PieceOut(branch, tool, piece, job.under_way.day, job.job_id)


def _say_what_is_out(scenario: Scenario, draft: Draft, branch: str, tool: str) -> None:
    """Give each job that has begun a piece, which left the branch before."""
    for one in pieces_out(scenario):
        if (one.branch_id, one.tool) == (branch, tool):
            draft.take_piece(one.job_id, branch, tool, piece=one.piece, day=one.day)
            draft.already_out(branch, tool, piece=one.piece, day=one.day)


def _hours(scenario: Scenario, params: SharedToolParams) -> dict[date, tuple[int, int]]:
    return tool_hours(scenario, before_min=params.issued_before_min, after_min=params.returned_after_min)
