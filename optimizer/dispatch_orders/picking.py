"""Builds the picking lists: what leaves each branch's store in the morning."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from optimizer.dispatch_orders.free_text import one_line, one_name
from optimizer.dispatch_orders.night_line import days_ahead
from optimizer.dispatch_orders.records import (
    Handout,
    PickingList,
    SharedToolLine,
    StockLine,
)
from optimizer.dispatch_orders.restock_records import Pieces
from optimizer.dispatch_orders.tied_records import ToolIssue, ToolLine
from optimizer.domain.branch import Branch
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.together import Lent
from optimizer.words.plan_book import PlanBook
from optimizer.words.tied_stops import piece_number, taken_by


def picking_lists(
    book: PlanBook,
    special_tools: Mapping[ShiftKey, tuple[ToolLine, ...]],
    mark: str,
) -> tuple[PickingList, ...]:
    """Return a list for each branch and day on which somebody takes something along from there, or loads on the way.

    Parameters
    ----------
    book : the plan with everything behind its ids
    special_tools : tools of each shift that are no everyday ones
    mark : signs that tell the plan from others
    """
    issues = _issues(book)
    taken = _taken_along(issues)
    # Where the plan says which way each tool takes, nobody has to ask for one.
    wanted = (
        {}
        if book.document.plan.tools
        else {job.job_id: job.shared_tools for job in book.scenario.jobs if job.shared_tools}
    )
    ahead = days_ahead(book)
    leaving: defaultdict[tuple[date, str], list[Handout]] = defaultdict(list)
    for shift in sorted(book.document.plan.shifts, key=lambda one: one.departure.timestamp()):
        technician = book.technicians[shift.technician_id]
        # On a trip everything is handed out on its first day.
        asked = () if shift.key in book.woken else _tools([shift, *ahead.get(shift.key, ())], wanted)
        tools = (*asked, *taken.get(shift.key, ()))
        # Whoever starts elsewhere is not there to have the own tools checked.
        own_tools = special_tools.get(shift.key, ()) if shift.key in book.loading else ()
        if shift.picked_up or tools or own_tools:
            where = book.loading.get(shift.key) or technician.branch_id
            leaving[shift.day, where].append(
                Handout(
                    technician_id=shift.technician_id,
                    technician=one_name(technician.name),
                    leave_at=book.local(shift.departure),
                    parts=tuple(Pieces(part=part, pieces=n) for part, n in sorted(shift.picked_up.items())),
                    shared_tools=tools,
                    own_tools=own_tools,
                )
            )
        for one in shift.restocks:
            leaving[shift.day, one.branch_id].append(
                Handout(
                    technician_id=shift.technician_id,
                    technician=one_name(technician.name),
                    comes_at=book.local(one.start),
                    leave_at=book.local(one.end),
                    parts=tuple(Pieces(part=part, pieces=n) for part, n in sorted(one.picked_up.items())),
                    shared_tools=(),
                    own_tools=(),
                )
            )
    for handouts in leaving.values():
        handouts.sort(key=lambda one: (one.comes_at or one.leave_at).timestamp())
    return tuple(
        _list(branch, day, leaving, issues.get((day, branch.branch_id), ()), mark)
        for day in book.scenario.horizon.dates()
        for branch in book.scenario.branches
        if (day, branch.branch_id) in leaving or (day, branch.branch_id) in issues
    )


def _list(
    branch: Branch,
    day: date,
    leaving: Mapping[tuple[date, str], Sequence[Handout]],
    issues: Sequence[ToolIssue],
    mark: str,
) -> PickingList:
    today = leaving.get((day, branch.branch_id), ())
    taken = {day: _pieces(today)} | {
        before: _pieces(handouts)
        for (before, where), handouts in leaving.items()
        if where == branch.branch_id and before < day
    }
    earlier = {
        part: sum(some.get(part, 0) for before, some in taken.items() if before < day) for part in taken[day]
    }
    return PickingList(
        branch_id=branch.branch_id,
        branch=one_name(branch.name) or branch.branch_id,
        day=day,
        plan_mark=mark,
        parts=tuple(
            _stock(part, pieces, branch.stock.get(part, 0) - earlier[part])
            for part, pieces in sorted(taken[day].items())
        ),
        shared_tools=() if issues else _asked(branch, today),
        tool_issues=tuple(issues),
        handouts=tuple(_printable(one) for one in today),
    )


def _pieces(handouts: Sequence[Handout]) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for line in (line for one in handouts for line in one.parts):
        pieces[line.part] = pieces.get(line.part, 0) + line.pieces
    return pieces


def _stock(part: str, pieces: int, before: int) -> StockLine:
    return StockLine(part=one_line(part), pieces=pieces, before=before, after=before - pieces)


def _tools(days: Sequence[ShiftPlan], wanted: Mapping[str, Sequence[str]]) -> tuple[ToolLine, ...]:
    jobs: dict[str, list[str]] = {}
    for stop in (one for day in days for one in day.stops if one.seat == 0):
        for tool in dict.fromkeys(wanted.get(stop.job_id, ())):
            jobs.setdefault(tool, []).append(stop.job_id)
    return tuple(ToolLine(tool=tool, job_ids=tuple(ids)) for tool, ids in sorted(jobs.items()))


def _asked(branch: Branch, handouts: Sequence[Handout]) -> tuple[SharedToolLine, ...]:
    asked: dict[str, int] = {}
    for line in (line for one in handouts for line in one.shared_tools):
        asked[line.tool] = asked.get(line.tool, 0) + 1
    return tuple(
        SharedToolLine(tool=one_line(tool), technicians=n, available=branch.shared_tools.get(tool, 0))
        for tool, n in sorted(asked.items())
    )


def _issues(book: PlanBook) -> dict[tuple[date, str], tuple[ToolIssue, ...]]:
    """Return the shared tools that leave each branch on each day, in order of time."""
    found: dict[tuple[date, str], tuple[ToolIssue, ...]] = {}
    leaving = {shift.key: shift.departure for shift in book.document.plan.shifts}
    for route in sorted(book.document.plan.tools, key=lambda one: one.stops[0].leg.departure.timestamp()):
        who = taken_by(book, Lent(route, 0))
        issue = ToolIssue(
            tool=one_line(route.tool),
            number=piece_number(book, route),
            technician_id=who,
            technician=one_name(book.technicians[who].name) if who else "",
            leaves=book.local(leaving.get(ShiftKey(who, route.day), route.stops[0].leg.departure)),
            job_ids=tuple(one.job_id for one in route.stops),
            there=book.local(route.stops[0].leg.arrival),
            back=book.local(route.last_leg.arrival),
        )
        key = route.day, route.branch_id
        found[key] = tuple(sorted((*found.get(key, ()), issue), key=lambda one: one.leaves.timestamp()))
    return found


def _taken_along(issues: Mapping[tuple[date, str], Sequence[ToolIssue]]) -> dict[ShiftKey, list[ToolLine]]:
    taken: defaultdict[ShiftKey, list[ToolLine]] = defaultdict(list)
    for (day, _), today in issues.items():
        for one in today:
            if one.technician_id:
                line = ToolLine(tool=one.tool, number=one.number, job_ids=one.job_ids[:1])
                taken[ShiftKey(one.technician_id, day)].append(line)
    return taken


def _printable(handout: Handout) -> Handout:
    """Return the handout with names that can be printed; until here they are what the stock calls them."""
    parts = tuple(Pieces(part=one_line(one.part), pieces=one.pieces) for one in handout.parts)
    tools = tuple(one.model_copy(update={"tool": one_line(one.tool)}) for one in handout.shared_tools)
    return handout.model_copy(update={"parts": parts, "shared_tools": tools})
