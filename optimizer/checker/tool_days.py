"""Are the shared tools of a plan those of the scenario? Whether they are where they are needed says `SHARED_TOOL`."""

from collections import Counter
from collections.abc import Iterator

from optimizer.checker.breach import PLAN, breach
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, ToolPlan
from optimizer.domain.scenario import Scenario
from optimizer.words.numbers import count

_AGAIN = "Plan the scenario again; plans are not edited by hand."


def tool_days(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield every contradiction between the plan's shared tools and the scenario's names.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    """
    keys = Counter((one.branch_id, one.tool, one.piece, one.day) for one in plan.tools)
    for (branch_id, tool, piece, day), times in keys.items():
        if times > 1:
            sentence = f"The day {day} of {tool} {piece} of {branch_id} stands in the plan {times} times."
            yield breach(PLAN, sentence, measured=times, limit=1, unit="times", advice=_AGAIN, day=day)
    stock = {branch.branch_id: branch.shared_tools for branch in scenario.branches}
    jobs = {job.job_id for job in scenario.jobs}
    for tool_plan in plan.tools:
        pieces = None
        if tool_plan.branch_id in stock:
            pieces = stock[tool_plan.branch_id].get(tool_plan.tool, 0)
        yield from _known(scenario, tool_plan, pieces)
        for stop in tool_plan.stops:
            if stop.job_id not in jobs:
                sentence = f"The scenario has no job {stop.job_id}, to which {tool_plan.tool} goes."
                yield _unknown(tool_plan, sentence, stop.job_id)


def known_tool_days(scenario: Scenario, plan: Plan) -> tuple[ToolPlan, ...]:
    """Return the tool days of branches, days and jobs that the scenario knows.

    Parameters
    ----------
    scenario : the question
    plan : any plan
    """
    jobs = {job.job_id for job in scenario.jobs}
    branches = {branch.branch_id for branch in scenario.branches}
    days = scenario.horizon.dates()
    kept = []
    for tool_plan in plan.tools:
        stops = tuple(stop for stop in tool_plan.stops if stop.job_id in jobs)
        if stops and tool_plan.branch_id in branches and tool_plan.day in days:
            whole = len(stops) == len(tool_plan.stops)
            kept.append(tool_plan if whole else tool_plan.model_copy(update={"stops": stops}))
    return tuple(kept)


def _known(scenario: Scenario, tool_plan: ToolPlan, pieces: int | None) -> Iterator[Finding]:
    name = f"{tool_plan.tool} {tool_plan.piece}"
    if pieces is None:
        yield _unknown(tool_plan, f"The scenario has no branch {tool_plan.branch_id}.")
    elif tool_plan.piece > pieces:
        there = f"{tool_plan.branch_id} has {count(pieces, 'piece')} of {tool_plan.tool}"
        yield breach(
            PLAN,
            f"{there}; there is no {name}.",
            measured=tool_plan.piece,
            limit=pieces,
            unit="pieces",
            advice=_AGAIN,
            day=tool_plan.day,
        )
    if tool_plan.day not in scenario.horizon.dates():
        yield _unknown(tool_plan, f"{name} is out on {tool_plan.day}, which is not a planned day.")


def _unknown(tool_plan: ToolPlan, sentence: str, job_id: str | None = None) -> Finding:
    return breach(
        PLAN,
        sentence,
        measured=1,
        limit=0,
        unit="times",
        advice=_AGAIN,
        job_id=job_id,
        day=tool_plan.day,
    )
