"""What must hold of routes that are tied together, read off an answer visit by visit; and what the answer is worth.

Written from the meaning of a problem's arrays alone. Only the times of a single route, its agreed starts given, come
from the scheduler.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from optimizer.problem import (
    A_TOOL,
    ANYONE,
    APART,
    BEFORE,
    SAME,
    Problem,
    Routes,
    tied,
)
from optimizer.schedule.lanes import Timekeeper
from tests.oracle.next_days import next_day
from tests.oracle.sharing import halts_in_order, jobs_of, parts_suffice, rivals_meet, shared_cents


class Served(NamedTuple):
    """A visit of an answer."""

    shift: int
    start: int
    end: int


Answer = dict[int, Served]


def value_of_tied(problem: Problem, routes: Routes) -> tuple[int, int]:
    """Return unserved weight (0 where money alone counts) and cents of an answer; assert that it is sound.

    Parameters
    ----------
    problem : the compiled question
    routes : what an engine found
    """
    served, cents = _timed(problem, routes)
    assert not list(violations(problem, routes, served)), list(violations(problem, routes, served))
    left = [row for row in range(len(problem.place)) if row not in served]
    cents += shared_cents(problem, routes.stops) + int(problem.charged_cents[0])
    weight = int(problem.weight[left].sum()) if problem.levels[0] == 1 else 0
    return weight, cents + int(problem.unserved_cents[left].sum())


def _timed(problem: Problem, routes: Routes) -> tuple[Answer, int]:
    """Return when every visit is, and what the routes cost; assert that each can be timed."""
    keeper = Timekeeper(problem, routes.agreed)
    served: Answer = {}
    cents = 0
    jobs, work_s = Counter[int](), Counter[int]()
    for shift, stops in enumerate(routes.stops):
        if not stops:
            continue
        times = keeper.time(shift, stops)
        assert times is not None, (shift, stops)
        cents += times.cents + int(problem.use_cents[shift])
        group = int(problem.group[shift])
        jobs[group] += jobs_of(problem, stops)
        work_s[group] += times.driven_s + times.on_site_s
        for row, start, end in zip(stops, times.start.tolist(), times.end.tolist(), strict=True):
            assert row not in served, row
            served[row] = Served(shift, start, end)
    for group in range(len(problem.group_max_jobs)):
        assert jobs[group] <= problem.group_max_jobs[group]
        assert work_s[group] <= problem.group_max_work_s[group]
    return served, cents


def violations(problem: Problem, routes: Routes, served: Answer) -> Iterator[str]:
    """Yield what is broken, in words."""
    yield from _lists(problem, routes, served)
    yield from _routes(problem, routes)
    yield from _crews(problem, served)
    yield from _parts(problem, served)
    for link in range(len(problem.link_from)):
        yield from _link(problem, link, served)


def _lists(problem: Problem, routes: Routes, served: Answer) -> Iterator[str]:
    """The left-out jobs and the agreed starts are complete and in order."""
    first = [row for row in range(len(problem.place)) if problem.job_of[row] == row]
    if routes.unserved != tuple(row for row in first if row not in served):
        yield f"left out are {routes.unserved}"
    leads = np.flatnonzero(tied(problem)).tolist()
    if routes.agreed != tuple((lead, served[lead].start) for lead in leads if lead in served):
        yield f"agreed are {routes.agreed}"


def _routes(problem: Problem, routes: Routes) -> Iterator[str]:
    """Nobody does what is forbidden, loads and parts suffice."""
    for shift, stops in enumerate(routes.stops):
        for row in stops:
            if problem.forbidden[row, shift]:
                yield f"visit {row} is forbidden to shift {shift}"
        load = problem.delivery[list(stops)].sum(axis=0)
        highest = load.copy()
        for row in stops:
            load = load - problem.delivery[row] + problem.pickup[row]
            highest = np.maximum(highest, load)
        if (highest > problem.capacity[shift]).any():
            yield f"shift {shift} carries too much"
    if not parts_suffice(problem, routes.stops):
        yield "parts lack"
    if not all(halts_in_order(problem, stops) for stops in routes.stops):
        yield "a halt at a branch is not before its job"
    if rivals_meet(problem, routes.stops):
        yield "a trip and a day of it both have jobs"


def _crews(problem: Problem, served: Answer) -> Iterator[str]:
    """All of a crew start together in different shifts, stand together, and have what they need."""
    for lead in sorted({int(lead) for lead in problem.lead}):
        crew = [row for row in range(len(problem.lead)) if problem.lead[row] == lead]
        there = [served[row] for row in crew if row in served]
        if not there:
            continue
        if len(there) < len(crew):
            yield f"crew {lead} is not complete"
        if len({one.start for one in there}) > 1:
            yield f"crew {lead} does not start together"
        if len({one.shift for one in there}) < len(there):
            yield f"crew {lead} has two visits in one shift"
        standing = {int(problem.standing[one.shift]) for one in there} - {A_TOOL}
        if len(standing) > 1:
            yield f"crew {lead} is of several standing crews"
        row = int(problem.cover_row[lead])
        if row >= 0:
            brought = np.bitwise_or.reduce([problem.cover[row, one.shift] for one in there])
            if brought & problem.cover_all[row] != problem.cover_all[row]:
                yield f"crew {lead} lacks something"
        if not any(
            opens <= there[0].start <= closes
            for opens, closes in zip(
                problem.window_open[problem.window_ptr[lead] : problem.window_ptr[lead + 1]],
                problem.window_close[problem.window_ptr[lead] : problem.window_ptr[lead + 1]],
                strict=True,
            )
        ):
            yield f"crew {lead} starts outside its windows"


def _parts(problem: Problem, served: Answer) -> Iterator[str]:
    for job in range(len(problem.place)):
        parts = problem.part[problem.part_ptr[job] : problem.part_ptr[job + 1]].tolist()
        if len({part in served for part in parts}) > 1:
            yield f"job {job} is served in part"
    for row in np.flatnonzero(problem.shelf < 0).tolist():
        if (row in served) != (int(problem.job_of[row]) in served):
            yield f"job {problem.job_of[row]} is served in part"


def _link(problem: Problem, link: int, served: Answer) -> Iterator[str]:
    """A link between two visits holds."""
    first, second = int(problem.link_from[link]), int(problem.link_to[link])
    one, other = served.get(first), served.get(second)
    order = problem.link_order[link]
    if order == BEFORE and other is not None and one is None:
        yield f"{second} is served without {first}"
    if one is None or other is None:
        return
    if order == BEFORE:
        since = one.end if problem.link_on_end[link] else one.start
        if not since + problem.link_least[link] <= other.start <= since + problem.link_most[link]:
            yield f"{second} starts {other.start - since} s after {first}"
        if problem.link_next_day[link] and other.start < next_day(problem, one.shift, one.start):
            yield f"{second} is on the same day as {first}"
    if order == APART and one.start < other.end and other.start < one.end:
        yield f"{first} and {second} are under way at the same time"
    if problem.link_who[link] != ANYONE:
        same = problem.person[one.shift] == problem.person[other.shift]
        if same != (problem.link_who[link] == SAME):
            yield f"{first} and {second} are served by the wrong people"
