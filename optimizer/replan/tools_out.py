"""The days of shared tools, each like that of one more of the crew: work does not begin before the tool is there."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from optimizer.domain.plan import Plan, ShiftPlan, Stop, ToolPlan
from optimizer.domain.time import seconds_between

_CALLED: Final = "tool of "
_BEHIND_ALL: Final = 7
"""The place of a tool in a crew: behind everybody who could lead."""


def days_of_tools(plan: Plan) -> Iterator[ShiftPlan]:
    """Yield each shared tool's day as if the tool were a person; it stays at a job until it is handed over.

    Parameters
    ----------
    plan : the plan
    """
    return (_day(one) for one in plan.tools)


def _day(one: ToolPlan) -> ShiftPlan:
    return ShiftPlan(
        technician_id=_name(one),
        day=one.day,
        means=one.means,
        departure=min((leg.departure for leg in one.legs), key=datetime.timestamp),
        stops=tuple(
            Stop(
                job_id=stop.job_id,
                leg=stop.leg,
                start=stop.start,
                end=stop.end,
                service_s=seconds_between(stop.start, stop.end),
                seat=_BEHIND_ALL,
                part=stop.part,
            )
            for stop in one.stops
        ),
        last_leg=one.last_leg,
    )


def _name(one: ToolPlan) -> str:
    return f"{_CALLED}{one.branch_id}, {one.tool}, piece {one.piece}"
