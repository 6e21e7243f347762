"""Lets tied routes agree on starts, where no starts keep everything with as little room as lets them.

What gives way, in this order, each only where what stands before it is not enough, and only in the routes of crews
that find no moment otherwise: how long at most may lie between two jobs; the ends of shifts; the windows; both;
the windows of rests. The order of two jobs gives way where the routes themselves contradict it, or where somebody
would have to wait for another day. With the starts fixed each route is on its own again (`room`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from optimizer.compile import Compiled
from optimizer.errors import InvalidInput, Issue
from optimizer.problem import ANY_ORDER, BEFORE, UNLIMITED, Problem, Routes
from optimizer.retime.give_way import (
    EVER,
    last_rest_windows,
    last_windows,
    night_windows,
    of_the_day,
    opened_from,
    put,
    with_a_window_each,
    with_hours_enough,
)
from optimizer.retime.hours import DayBounds
from optimizer.schedule.agree import Agreed, Circle, agree

Stops = Sequence[tuple[int, ...]]


class _Gives(NamedTuple):
    """What gives way besides the longest gaps."""

    end: bool = False
    windows: bool = False
    rests: bool = False


STEPS = (
    _Gives(),
    _Gives(end=True),
    _Gives(windows=True),
    _Gives(end=True, windows=True),
    _Gives(end=True, windows=True, rests=True),
)
"""What gives way, tried in this order."""


class Agreement(NamedTuple):
    """Starts, and the problem in which they keep everything."""

    problem: Problem
    """The question with room for them."""
    starts: tuple[tuple[int, int], ...]
    """(lead, second), see `Routes.agreed`."""


def agreement(
    compiled: Compiled, routes: Routes, until: Mapping[int, int], asked: Mapping[int, int]
) -> Agreement:
    """Return starts for all tied visits of people's routes, however little the orders fit together.

    Parameters
    ----------
    compiled : the question
    routes : any orders of people's stops, shared tools at home
    until : visit on a trip → the last second of its day, as long as the ends of days do not give way
    asked : visit on a trip → the shift of the day on which it is to be made; not named: any day

    Raises
    ------
    InvalidInput
        When the orders make people wait for each other for ever.
    """
    stops, bounds = routes.stops, DayBounds(compiled)
    problem = _with_days_kept(compiled, stops, asked, bounds)
    while isinstance(found := agree(problem, stops), Circle):
        if not found.links:
            raise InvalidInput((_waiting(compiled, found.leads),))
        problem = put(problem, "link_order", list(found.links[:1]), ANY_ORDER)
    if isinstance(found, Agreed):
        return Agreement(problem, found.starts)
    problem = with_hours_enough(compiled, with_a_window_each(problem), [jobs for jobs in stops if jobs])
    leads = {found.lead}
    for gives in STEPS:
        while True:
            roomy = _with_room(problem, bounds, stops, leads, gives, until)
            found = agree(roomy, stops)
            if isinstance(found, Agreed):
                return Agreement(roomy, found.starts)
            assert not isinstance(found, Circle)
            if found.lead in leads:
                break
            leads.add(found.lead)
    raise InvalidInput((_waiting(compiled, sorted(leads)),))


def _with_days_kept(compiled: Compiled, stops: Stops, asked: Mapping[int, int], bounds: DayBounds) -> Problem:
    """Untie jobs of which the second stands on an earlier day than the first, or than the tie lets it begin.

    What starts on the next working day after a visit of a trip does so from its ordered day on, however long it takes.
    """
    problem = compiled.problem
    shift_of = {row: shift for shift, jobs in enumerate(stops) for row in jobs} | dict(asked)
    lost, said = [], []
    begins: dict[int, int] = {}
    for link in np.flatnonzero(problem.link_order == BEFORE).tolist():
        first, second = int(problem.link_from[link]), int(problem.link_to[link])
        if first not in shift_of or second not in shift_of:
            continue
        before, after = shift_of[first], shift_of[second]
        days = compiled.days_of(before)[0][0], compiled.days_of(after)[0][-1]
        later = compiled.shifts[days[0]].key.day > compiled.shifts[days[1]].key.day
        begins_s = _begins_s(problem, before) if problem.link_next_day[link] else 0
        if later or begins_s >= bounds.tomorrow_s(after):
            lost.append(link)
        elif first in asked and begins_s:
            said.append(link)
            begins[second] = max(begins.get(second, 0), begins_s)
    problem = put(problem, "link_order", lost, ANY_ORDER) if lost else problem
    problem = put(problem, "link_next_day", said, False) if said else problem
    return opened_from(problem, begins) if begins else problem


def _begins_s(problem: Problem, shift: int) -> int:
    """Return when the working day after a shift begins; of a trip, after its first day."""
    nights = slice(int(problem.rest_ptr[shift]), int(problem.rest_ptr[shift + 1]))
    after = problem.night_next_day_s[nights][problem.night[nights]]
    return int(after[0] if len(after) else problem.next_day_s[shift])


def _with_room(
    problem: Problem,
    bounds: DayBounds,
    stops: Stops,
    leads: set[int],
    gives: _Gives,
    until: Mapping[int, int],
) -> Problem:
    """Return the problem with room in all routes of some crews."""
    crews = np.isin(problem.lead, sorted(leads))
    shifts = [shift for shift, jobs in enumerate(stops) if crews[list(jobs)].any()]
    jobs = {shift: {*stops[shift], *problem.lead[list(stops[shift])].tolist()} for shift in shifts}
    gaps = np.flatnonzero(crews[problem.link_from] | crews[problem.link_to])
    problem = put(problem, "link_most", gaps, UNLIMITED)
    for shift in shifts:
        problem = put(problem, "start_s", shift, bounds.begins_s(shift))
        problem = of_the_day(problem, jobs[shift], bounds.tomorrow_s(shift))
    if gives.windows:
        late = sorted({job for mine in jobs.values() for job in mine})
        closes = [EVER if gives.end else until.get(job, EVER) for job in late]
        problem = put(problem, "window_close", last_windows(problem, late), closes)
    if gives.end:
        problem = put(problem, "latest_end_s", shifts, EVER)
        nights = [window for shift in shifts for window in night_windows(problem, shift)]
        problem = put(problem, "rest_close", nights, EVER) if nights else problem
    if gives.rests:
        rests = [window for shift in shifts for window in last_rest_windows(problem, shift)]
        problem = put(problem, "rest_close", rests, EVER)
    return problem


def _waiting(compiled: Compiled, leads: Sequence[int]) -> Issue:
    names = dict.fromkeys(compiled.names.jobs[compiled.problem.job_of[lead]] for lead in leads)
    cause = f"No starts can be found for {', '.join(names)}: everybody waits for somebody else."
    action = "Put the jobs that are done together into the same order for all who do them."
    return Issue("circular-wait", "routes", cause, action)
