"""What approved days name: days of the horizon, jobs, technicians and branches of the scenario."""

from collections.abc import Collection, Iterator
from datetime import date

from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue


def approval_names(scenario: Scenario) -> Iterator[Issue]:
    """Yield approved days that are not planned or approved twice, and names in them that the scenario does not have.

    Parameters
    ----------
    scenario : every record in it is valid by itself
    """
    days = scenario.horizon.dates()
    jobs = {one.job_id for one in scenario.jobs}
    technicians = {one.technician_id for one in scenario.technicians}
    branches = {one.branch_id for one in scenario.branches}
    first: dict[date, int] = {}
    for i, approval in enumerate(scenario.approvals):
        path = f"approvals[{i}]"
        if approval.day not in days:
            cause = f"The day {approval.day} is not among the planned days {days[0]} to {days[-1]}."
            yield Issue("outside-horizon", f"{path}.day", cause, "Correct the day or withdraw the approval.")
        if approval.day in first:
            cause = f"The day {approval.day} is already approved at approvals[{first[approval.day]}]."
            yield Issue("two-approvals", f"{path}.day", cause, "Keep one approval for each day.")
        first.setdefault(approval.day, i)
        for x, visit in enumerate(approval.visits):
            yield from _known("job", f"{path}.visits[{x}].job_id", visit.job_id, jobs)
            yield from _known(
                "technician", f"{path}.visits[{x}].technician_id", visit.technician_id, technicians
            )
        for x, tool in enumerate(approval.tools):
            yield from _known("job", f"{path}.tools[{x}].job_id", tool.job_id, jobs)
            yield from _known("branch", f"{path}.tools[{x}].branch_id", tool.branch_id, branches)


def _known(thing: str, path: str, name: str, known: Collection[str]) -> Iterator[Issue]:
    if name not in known:
        cause = f"The {thing} {name!r} is not in the scenario."
        action = f"Correct the name, add the {thing}, or withdraw the approval of the day."
        yield Issue(f"unknown-{thing}", path, cause, action)
