"""A slice of the search: ruin, recreate, accept or go back; the best plan is copied as it is found."""

import math

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.insertion import carries
from optimizer.engines.lns.journal import say_starts
from optimizer.engines.lns.labels import relabel, restore, touch
from optimizer.engines.lns.propagate import label_anew
from optimizer.engines.lns.recreate import recreate
from optimizer.engines.lns.rivals import ruled_out
from optimizer.engines.lns.ruin import ruin
from optimizer.engines.lns.served import leave_out, take_in
from optimizer.engines.lns.sharing import has_parts
from optimizer.engines.lns.state import (
    CENTS,
    DIRTY,
    LEFT_CENTS,
    LEFT_PRICE,
    TOUCHED,
    WEIGHT,
    State,
    uniform,
)
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.ties import copy_ties
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel


@kernel
def label_all(p: Problem, t: Tables, s: State) -> None:
    """Bring all routes' labels up to date."""
    if t.tied:
        label_anew(p, t, s)
        return
    for route in range(len(p.profile)):
        relabel(p, t, s, route, -1)


@kernel
def run_slice(p: Problem, t: Tables, s: State, iterations: int, temperature: float) -> None:
    """Do so many iterations at one temperature (cents)."""
    current = s.total[CENTS] + s.total[LEFT_PRICE]
    for _ in range(iterations):
        recreate(p, t, s, ruin(p, t, s))
        value = s.total[CENTS] + s.total[LEFT_PRICE]
        if value < current - temperature * math.log(uniform(s) + 1e-300):
            current = value
            settle(s)
            keep_best(p, s)
        else:
            go_back(p, t, s)


@kernel
def settle(s: State) -> None:
    """Accept the changes since the last settling."""
    for i in range(s.tally[TOUCHED]):
        s.is_touched[s.touched[i]] = False
    s.tally[TOUCHED] = 0
    if s.agreed.size:
        copy_ties(s.ties, s.ties_undo)


@kernel
def go_back(p: Problem, t: Tables, s: State) -> None:
    """Undo the changes since the last settling; restored routes get their old versions back."""
    now = s.now
    for i in range(s.tally[TOUCHED]):
        route = s.touched[i]
        for x in range(now.length[route]):
            leave_out(p, t, s, now.jobs[route, x])
    for i in range(s.tally[TOUCHED]):
        restore(p, t, s, i)
    if t.tied:
        copy_ties(s.ties_undo, s.ties)
        say_starts(t, s)
    settle(s)


@kernel
def keep_best(p: Problem, s: State) -> None:
    """Copy the current plan if it is the best so far."""
    weight = s.total[WEIGHT] if p.levels[0] == 1 else 0
    cents = s.total[CENTS] + s.total[LEFT_CENTS]
    if weight > s.best[0] or (weight == s.best[0] and cents >= s.best[1]):
        return
    s.best[0] = weight
    s.best[1] = cents
    for i in range(s.tally[DIRTY]):
        route = s.dirty[i]
        n = s.now.length[route]
        s.best_length[route] = n
        for x in range(n):
            s.best_jobs[route, x] = s.now.jobs[route, x]
        s.is_dirty[route] = False
    s.tally[DIRTY] = 0
    if s.agreed.size:
        copy_ties(s.ties, s.ties_best)


@kernel
def load_routes(p: Problem, t: Tables, s: State, length: NDArray[np.int32], jobs: NDArray[np.int32]) -> None:
    """Make these routes the current ones; the jobs of an infeasible one are left out."""
    for route in range(len(length)):
        same = s.now.length[route] == length[route]
        for i in range(length[route]):
            same = same and s.now.jobs[route, i] == jobs[route, i]
        if not same:
            touch(s, route)
    for i in range(s.tally[TOUCHED]):
        route = s.touched[i]
        for x in range(s.now.length[route]):
            leave_out(p, t, s, s.now.jobs[route, x])
        s.now.length[route] = 0
        relabel(p, t, s, route, -1)
    for i in range(s.tally[TOUCHED]):
        route = s.touched[i]
        n = 0 if ruled_out(p, s, route) else length[route]
        s.now.length[route] = n
        for x in range(n):
            s.now.jobs[route, x] = jobs[route, x]
        taken = 0
        while taken < n and (not t.parts or has_parts(p, s, jobs[route, taken], route)):
            take_in(p, t, s, jobs[route, taken], route)
            taken += 1
        if not relabel(p, t, s, route, -1) or taken < n or not carries(p, s, route):
            for x in range(taken):
                leave_out(p, t, s, jobs[route, x])
            s.now.length[route] = 0
            relabel(p, t, s, route, -1)
    settle(s)
    keep_best(p, s)
