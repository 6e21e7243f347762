"""Do the ways of shared tools in orders fit a scenario?"""

from collections.abc import Iterator, Sequence
from datetime import date

from optimizer.compile import ScenarioLayout
from optimizer.compile.layout import ToolShift
from optimizer.domain.orders import OrderedTool, Orders
from optimizer.errors import Issue


def tool_issues(layout: ScenarioLayout, orders: Orders, paths: Sequence[str]) -> Iterator[Issue]:
    """Yield everything that is wrong with the shared tools of orders.

    Parameters
    ----------
    layout : which tools there are and who needs them
    orders : well-formed by themselves
    paths : where each tool's day stands in the file
    """
    known = set(layout.tools())
    done = {(job_id, route.day) for route in orders.routes for job_id in route.jobs}
    day_at: dict[ToolShift, str] = {}
    has: dict[tuple[str, str, date], str] = {}
    for path, one in zip(paths, orders.tools, strict=True):
        tool = ToolShift(one.branch_id, one.tool, one.piece, one.day)
        if tool not in known:
            action = "Correct branch, tool, piece and day, or give the branch more of this tool."
            yield Issue("unknown-tool", path, f"There is no {tool}.", action)
            continue
        if tool in day_at:
            cause = f"The day of {tool} already stands at {day_at[tool]}."
            yield Issue("duplicate-tool", path, cause, "Make one of the two, with all jobs in order.")
        day_at.setdefault(tool, path)
        needed_by = layout.loans[one.branch_id, one.tool].jobs
        for i, job_id in enumerate(one.jobs):
            yield from _job(one, job_id, f"{path}.jobs[{i}]", needed_by, done, has)


def _job(
    tool: OrderedTool,
    job_id: str,
    here: str,
    needed_by: frozenset[str],
    done: set[tuple[str, date]],
    has: dict[tuple[str, str, date], str],
) -> Iterator[Issue]:
    key = (job_id, tool.tool, tool.day)
    if job_id not in needed_by:
        cause = f"The job {job_id!r} needs no {tool.tool} of {tool.branch_id}."
        yield Issue("tool-not-needed", here, cause, "Take it out, or correct the job's id.")
    elif (job_id, tool.day) not in done:
        cause = f"Nobody does the job {job_id!r} on {tool.day}."
        yield Issue("tool-without-people", here, cause, "Add the job to somebody's day, or take it out here.")
    elif key in has:
        cause = f"The job {job_id!r} already gets a {tool.tool} at {has[key]}."
        yield Issue("duplicate-job", here, cause, "Keep it in one place only.")
    has.setdefault(key, here)
