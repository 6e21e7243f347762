"""Starting a search from routes made elsewhere, where routes are tied: what is broken is left out, the rest is kept."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.load_tied import append, empty_routes, load_tied
from optimizer.engines.lns.strings import take_jobs
from optimizer.engines.lns.ties import FIRST_GOES, SECOND_GOES, UNDECIDED
from optimizer.problem import A_TOOL, APART, BEFORE, FAR, Problem, Routes

if TYPE_CHECKING:
    from optimizer.engines.lns.search import Search

Orders = list[list[int]]


def load_warm(search: "Search", routes: Routes, length: NDArray[np.int32], jobs: NDArray[np.int32]) -> None:
    """Go on from these routes.

    Parameters
    ----------
    search : it
    routes : what was given
    length, jobs : its jobs by route, without those that are forbidden or doubled
    """
    problem, teams = search.problem, search.tables.teams
    orders = [jobs[route, : length[route]].tolist() for route in range(len(length))]
    orders = _whole(problem, search, orders)
    starts = dict(routes.agreed)
    hold = np.full(len(teams.lead), -FAR, np.int32)
    held = np.array([starts.get(lead, -FAR) for lead in teams.lead.tolist()], np.int32)
    if not starts:
        _append_all(search, orders, starts)
        return
    apart = _apart(problem, orders, starts)
    rows = _rows(orders, jobs.shape[1])
    sizes = np.array([len(order) for order in orders], np.int32)
    for least in (hold, held):
        if load_tied(*search.kernel, sizes, rows, least, apart):
            return
    _append_all(search, orders, starts)


def _rows(orders: Orders, width: int) -> NDArray[np.int32]:
    rows = np.zeros((len(orders), width), np.int32)
    for route, order in enumerate(orders):
        rows[route, : len(order)] = order
    return rows


def _apart(problem: Problem, orders: Orders, starts: dict[int, int]) -> NDArray[np.uint8]:
    """Return which of two visits kept apart goes first: the one that starts earlier."""
    served = {job for order in orders for job in order}
    found = np.full(len(problem.link_from), UNDECIDED, np.uint8)
    for link in np.flatnonzero(problem.link_order == APART).tolist():
        one, other = int(problem.link_from[link]), int(problem.link_to[link])
        if one in served and other in served:
            found[link] = FIRST_GOES if starts.get(one, 0) <= starts.get(other, 0) else SECOND_GOES
            if starts.get(one) == starts.get(other):  # then one of them takes no time
                route = next(route for route, order in enumerate(orders) if one in order)
                takes_none = problem.service_s[one, problem.service_class[route]] == 0
                found[link] = FIRST_GOES if takes_none else SECOND_GOES
    return found


def _whole(problem: Problem, search: "Search", orders: Orders) -> Orders:
    """Return the orders without jobs that lack a visit or a forerunner, or that the wrong people serve together."""
    teams = search.tables.teams
    while True:
        route_of = {job: route for route, order in enumerate(orders) for job in order}
        gone = set()
        for row in route_of:
            job = int(problem.job_of[row])
            for part in teams.part[teams.part_ptr[job] : teams.part_ptr[job + 1]].tolist():
                members = teams.member[teams.member_ptr[part] : teams.member_ptr[part + 1]].tolist()
                if not all(one in route_of for one in members) or not _match(
                    problem, members, [route_of[one] for one in members]
                ):
                    gone.add(job)
        for link in np.flatnonzero(problem.link_order == BEFORE).tolist():
            if int(problem.link_from[link]) not in route_of:
                gone.add(int(problem.job_of[problem.link_to[link]]))
        kept = [[row for row in order if int(problem.job_of[row]) not in gone] for order in orders]
        if kept == orders:
            return orders
        orders = kept


def _match(problem: Problem, members: list[int], routes: list[int]) -> bool:
    """Tell whether these routes may serve a team together."""
    cover = int(problem.cover_row[members[0]])
    brought = 0
    for route in routes:
        brought |= int(problem.cover[cover, route]) if cover >= 0 else 0
    needed = int(problem.cover_all[cover]) if cover >= 0 else 0
    standing = {int(problem.standing[route]) for route in routes} - {A_TOOL}
    return len(set(routes)) == len(routes) and len(standing) <= 1 and brought & needed == needed


def _append_all(search: "Search", orders: Orders, starts: dict[int, int]) -> None:
    """Put job after job at the ends of the routes, in an order in time; what cannot be is left out."""
    while (halted := _appended(search, orders, starts)) is not None:
        # Its halts stand in the routes already, and others may have taken what was loaded there.
        orders = [[row for row in order if search.problem.job_of[row] != halted] for order in orders]
    _drop_pieces(search)


def _appended(search: "Search", orders: Orders, starts: dict[int, int]) -> int | None:
    """Put in what can be; return the first job that cannot although a halt was made for it, none: there is none."""
    problem = search.problem
    empty_routes(*search.kernel)
    left = [list(order) for order in orders]
    dropped: set[int] = set()
    while any(left):
        heads = [order[0] for order in left if order]
        ready = [row for row in heads if all(one in heads for one in _team(search, row))]
        chosen = min(ready or heads, key=lambda row: (starts.get(int(problem.lead[row]), -1), row))
        rows = _team(search, chosen)
        job = int(problem.job_of[chosen])
        where = [next(route for route, order in enumerate(left) if row in order) for row in rows]
        for route, row in zip(where, rows, strict=True):
            left[route].remove(row)
        if (
            job in dropped
            or not _can_follow(search, rows[0])
            or not append(*search.kernel, np.array(rows, np.int32), np.array(where, np.int32))
        ):
            dropped.add(job)
            if _is_halted_for(search, job):
                return job
    return None


def _is_halted_for(search: "Search", job: int) -> bool:
    problem = search.problem
    halts = problem.fetch[problem.fetch_ptr[job] : problem.fetch_ptr[job + 1]]
    return bool((search.state.route_of[halts] >= 0).any())


def _team(search: "Search", row: int) -> list[int]:
    teams = search.tables.teams
    team = int(teams.team_of[row])
    if team < 0:
        return [row]
    members: list[int] = teams.member[teams.member_ptr[team] : teams.member_ptr[team + 1]].tolist()
    return members


def _can_follow(search: "Search", lead: int) -> bool:
    """Tell whether all that must come before a visit is served."""
    problem = search.problem
    links = problem.link[problem.link_ptr[lead] : problem.link_ptr[lead + 1]]
    return all(
        search.state.route_of[problem.link_from[link]] >= 0
        for link in links
        if problem.link_order[link] == BEFORE and problem.link_to[link] == lead
    )


def _drop_pieces(search: "Search") -> None:
    """Take out jobs of which a part could not be put in; all of them where the others cannot do without."""
    problem, teams, state = search.problem, search.tables.teams, search.state
    leads = teams.lead.tolist()
    for job in range(len(problem.job_of)):
        parts = teams.part[teams.part_ptr[job] : teams.part_ptr[job + 1]].tolist()
        served = [state.route_of[leads[part]] >= 0 for part in parts]
        if any(served) and not all(served):
            state.bank[0] = job
            if take_jobs(*search.kernel, 0, 1, False) == 0:
                empty_routes(*search.kernel)
                return
