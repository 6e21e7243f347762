"""Times the days that a new job changes, and those alone."""

from collections.abc import Iterable

from optimizer.domain.orders import OrderedDay
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.errors import BrokenPlan
from optimizer.explain.outings import in_each_others_way, is_tool
from optimizer.explain.untied import crew_of
from optimizer.offers.candidates import Change
from optimizer.offers.question import Question
from optimizer.preview.edited import Edited
from optimizer.preview.retimed import Retimed
from optimizer.problem import Problem, Routes
from optimizer.schedule.plan import timetable


def timed(question: Question, problem: Problem, change: Change) -> tuple[Edited, Retimed] | None:
    """Return the days with the job in them, before and after, and their orders; none: they cannot be timed.

    Parameters
    ----------
    question : the question with the job
    problem : its arrays, with the window that is looked at
    change : the routes with the job
    """
    subject, standing = question.subject, question.standing
    stops = [change.stops.get(row, route) for row, route in enumerate(subject.routes.stops)]
    if in_each_others_way(problem, stops):
        return None
    rows = _concerned(question, change, stops)
    routes = Routes(tuple(route if row in rows else () for row, route in enumerate(stops)), (), change.agreed)
    try:
        then = timetable(subject.compiled._replace(problem=problem), routes)
    except BrokenPlan:
        return None
    after = {day.key: day for day in then.shifts}
    people = [row for row in rows if not is_tool(subject.compiled, row)]
    keys = {*after, *(key for row in people for key in _days(question, row))}
    before = {key: standing.days[key] for key in standing.in_order(keys) if key in standing.days}
    tools = {subject.compiled.tools[row - len(subject.compiled.shifts)] for row in rows.difference(people)}
    times = Retimed(
        before=before,
        after=after,
        tools_before=tuple(
            one for one in standing.plan.tools if (one.branch_id, one.tool, one.piece, one.day) in tools
        ),
        tools_after=then.tools,
        ways=then.ways,
    )
    days = {key: day for key, day in standing.orders.items() if key not in keys}
    days |= {key: _ordered(day) for key, day in after.items()}
    return Edited(days, standing.tools, frozenset(times.changed())), times


def _concerned(question: Question, change: Change, stops: list[tuple[int, ...]]) -> set[int]:
    """Return the routes whose times may change: those with other stops, and all whose tied visits agree on others.

    Where parts or trips are about, all days of the technicians with other stops, who have one van.
    """
    subject, standing = question.subject, question.standing
    found = set(change.stops)
    moved = {lead for lead, _ in {*change.agreed} ^ {*subject.routes.agreed}}
    rows = {row for lead in moved for row in crew_of(subject.compiled.problem, lead)}
    found |= {shift for shift, route in enumerate(stops) if not rows.isdisjoint(route)}
    if standing.takes_parts or subject.compiled.trips:
        people = {
            key.technician_id
            for row in found
            if not is_tool(subject.compiled, row)
            for key in _days(question, row)
        }
        found |= {row for who in people for row in subject.rows_of.get(who, ())}
    return found


def _days(question: Question, row: int) -> Iterable[ShiftKey]:
    compiled = question.compiled
    return (compiled.shifts[day].key for day in compiled.days_of(row)[0])


def _ordered(day: ShiftPlan) -> OrderedDay:
    return OrderedDay(
        technician_id=day.technician_id, day=day.day, jobs=tuple(stop.job_id for stop in day.stops)
    )
