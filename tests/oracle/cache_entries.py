"""Which cached insertions are said to hold, and what a route's group leaves to it."""

from collections.abc import Sequence

import numpy as np

from optimizer.engines.lns.search import Search
from optimizer.problem import Problem
from tests.oracle.sharing import jobs_of


def group_room(search: Search, problem: Problem, row: int) -> tuple[float, float]:
    """Return the jobs and seconds of work that a route's group leaves to it."""
    group = problem.group[row]
    if group < 0:
        return float("inf"), float("inf")
    others = (problem.group == group) & (np.arange(len(problem.group)) != row)
    now = search.state.now
    jobs = sum(jobs_of(problem, now.jobs[one, : now.length[one]].tolist()) for one in np.flatnonzero(others))
    return (
        float(problem.group_max_jobs[group] - jobs),
        float(problem.group_max_work_s[group] - now.work[others].sum()),
    )


def valid_entries(search: Search) -> Sequence[tuple[int, int]]:
    """Return the (job, route) pairs whose cached insertion is said to hold."""
    state = search.state
    valid = state.seen == state.now.version[None, :]
    if state.narrowed.size:
        rooms = np.append(state.room_version, 0)[search.problem.group]
        valid &= (state.narrowed < 0) | (state.narrowed == rooms[None, :])
    return [(int(job), int(row)) for job, row in np.argwhere(valid) if state.route_of[job] != row]
