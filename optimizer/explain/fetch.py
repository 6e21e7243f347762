"""The fewest pieces that have to be fetched so that van and branch have what some routes take."""

from typing import NamedTuple

import numpy as np

from optimizer.explain.changes import Change
from optimizer.explain.outings import technician_of
from optimizer.explain.subject import Subject
from optimizer.problem import Problem, Routes
from optimizer.schedule.parts import pick_ups


class _Shelf(NamedTuple):
    """A place where pieces lie: a row of the vans or of the branches."""

    branch: bool
    """A branch's shelf, else a technician's van."""
    row: int


def parts_fetched(subject: Subject, job: int, shift: int, routes: Routes) -> Change | None:
    """Return the question with the pieces a job lacks put at the branch or on the van; none: one place is not enough.

    Parameters
    ----------
    subject : the plan that is explained
    job, shift : who is to serve what
    routes : the routes with the job in them
    """
    p = subject.compiled.problem
    shelves = [_Shelf(True, int(p.branch[shift]))] if p.branch[shift] >= 0 else []
    shelves.append(_Shelf(False, int(p.van[shift])))
    found = [(fetched, shelf) for shelf in shelves if (fetched := _fetched(p, job, routes, shelf))]
    if not found:
        return None
    fetched, shelf = min(found, key=lambda one: sum(one[0].values()))
    pieces = {subject.names.parts[part]: count for part, count in fetched.items()}
    problem = p
    for part, count in fetched.items():
        problem = _stocked(problem, shelf, part, count)
    return _change(subject, shift, shelf, pieces, problem)


def _fetched(p: Problem, job: int, routes: Routes, shelf: _Shelf) -> dict[int, int] | None:
    """Return the pieces of each part that this place has to get, none where that is no help."""
    fetched: dict[int, int] = {}
    for need in range(int(p.need_ptr[job]), int(p.need_ptr[job + 1])):
        part = int(p.need_part[need])
        most = int(sum(max(0, _taken(p, one, part)) for stops in routes.stops for one in stops))
        enough = (count for count in range(most + 1) if _holds(_stocked(p, shelf, part, count), routes, part))
        count = next(enough, None)
        if count is None:
            return None
        if count:
            fetched[part] = count
    return fetched


def _holds(p: Problem, routes: Routes, part: int) -> bool:
    """Tell whether vans and branches have enough of a part for all routes."""
    loaded = pick_ups(p, routes)
    given = np.zeros(len(p.branch_stock), np.int64)
    for shift, pieces in loaded.items():
        given[p.branch[shift]] += pieces.get(part, 0)
    carried = np.zeros(len(p.van_stock), np.int64)
    for shift, stops in enumerate(routes.stops):
        for halt in (one for one in stops if p.shelf[one] >= 0):
            given[p.shelf[halt]] -= _taken(p, halt, part)
        if p.branch[shift] < 0:
            carried[p.van[shift]] += sum(_taken(p, one, part) for one in stops)
    return bool((given <= p.branch_stock[:, part]).all() and (carried <= p.van_stock[:, part]).all())


def _taken(p: Problem, job: int, part: int) -> int:
    rows = slice(int(p.need_ptr[job]), int(p.need_ptr[job + 1]))
    return int(p.need_count[rows][p.need_part[rows] == part].sum())


def _stocked(p: Problem, shelf: _Shelf, part: int, count: int) -> Problem:
    stock = (p.branch_stock if shelf.branch else p.van_stock).copy()
    stock[shelf.row, part] += count
    stock.flags.writeable = False
    return p._replace(branch_stock=stock) if shelf.branch else p._replace(van_stock=stock)


def _change(subject: Subject, shift: int, shelf: _Shelf, pieces: dict[str, int], problem: Problem) -> Change:
    scenario = subject.compiled.scenario
    if shelf.branch:
        branch_id = subject.names.branches[shelf.row]
        branches = tuple(
            one.model_copy(update={"stock": _sum(one.stock, pieces)}) if one.branch_id == branch_id else one
            for one in scenario.branches
        )
        changed = scenario.model_copy(update={"branches": branches})
        return Change(changed, problem, parts=pieces, branch_id=branch_id)
    who = technician_of(subject.compiled, shift)
    technicians = tuple(
        one.model_copy(update={"parts": _sum(one.parts, pieces)}) if one.technician_id == who else one
        for one in scenario.technicians
    )
    return Change(scenario.model_copy(update={"technicians": technicians}), problem, parts=pieces)


def _sum(stock: dict[str, int], pieces: dict[str, int]) -> dict[str, int]:
    return stock | {part: stock.get(part, 0) + count for part, count in pieces.items()}
