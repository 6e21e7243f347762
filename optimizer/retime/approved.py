"""Where a search over a question with approved days begins: with what was approved."""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.compile import Compiled
from optimizer.domain.approval import ApprovedTool, ApprovedVisit
from optimizer.domain.orders import OrderedDay, OrderedTool, Orders
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.problem import Routes
from optimizer.retime.orders import routes_of
from optimizer.rules.approved_days import ApprovedDay, approved_days


def approved_start(compiled: Compiled, scenario: Scenario) -> Routes | None:
    """Return the approved days as routes, the other days empty; none: nothing is approved, or not any more.

    Parameters
    ----------
    compiled : the question
    scenario : the same, not compiled
    """
    orders = _orders(compiled, scenario)
    if not orders.routes:
        return None
    try:
        return routes_of(compiled, orders)
    except InvalidInput:
        return None  # a trip that cannot be made as it was


def _orders(compiled: Compiled, scenario: Scenario) -> Orders:
    known, shifts = set(compiled.names.jobs), {shift.key for shift in compiled.shifts}
    days: list[OrderedDay] = []
    tools: list[OrderedTool] = []
    for approval in approved_days(scenario):
        visits = [one for one in approval.visits if one.job_id in known]
        people = [one.technician_id for one in visits] + [one.technician_id for one in approval.outings]
        keys = (ShiftKey(one, approval.day) for one in dict.fromkeys(people))
        days.extend(_day(approval, key, visits) for key in keys if key in shifts)
        tools.extend(_tools(approval, {(one.job_id, one.part): one.start.timestamp() for one in visits}))
    return Orders(made_by="approval", routes=tuple(days), tools=tuple(tools))


def _day(approval: ApprovedDay, key: ShiftKey, visits: list[ApprovedVisit]) -> OrderedDay:
    mine = [one for one in visits if one.technician_id == key.technician_id]
    mine.sort(key=lambda one: one.start.timestamp())
    outings = [one for one in approval.outings if one.technician_id == key.technician_id]
    return OrderedDay(
        technician_id=key.technician_id,
        day=key.day,
        jobs=tuple(one.job_id for one in mine),
        seats={one.job_id: one.seat for one in mine},
        away=any(one.away for one in outings),
        means=next((one.means for one in outings), None),
    )


def _tools(approval: ApprovedDay, start: dict[tuple[str, int], float]) -> Iterator[OrderedTool]:
    """Yield what each piece is used for, in the order of the visits' starts."""
    pieces: dict[tuple[str, str, int], list[ApprovedTool]] = defaultdict(list)
    for one in approval.tools:
        if (one.job_id, one.part) in start:
            pieces[one.branch_id, one.tool, one.piece].append(one)
    for (branch_id, tool, piece), used in pieces.items():
        used.sort(key=lambda one: start[one.job_id, one.part])
        jobs = tuple(one.job_id for one in used)
        yield OrderedTool(branch_id=branch_id, tool=tool, piece=piece, day=approval.day, jobs=jobs)
