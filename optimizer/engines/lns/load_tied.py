"""Making given routes the current ones where routes are tied: all of them at once, or job by job."""

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.insertion import carries
from optimizer.engines.lns.journal import begin, note_jobs, roll_back
from optimizer.engines.lns.labels import touch
from optimizer.engines.lns.placing import join_team, put_at
from optimizer.engines.lns.propagate import label_anew, propagate
from optimizer.engines.lns.rivals import ruled_out
from optimizer.engines.lns.served import leave_out, take_in
from optimizer.engines.lns.sharing import has_parts
from optimizer.engines.lns.state import State
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.who import who_fits
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel


@kernel
def load_tied(
    p: Problem,
    t: Tables,
    s: State,
    length: NDArray[np.int32],
    jobs: NDArray[np.int32],
    hold: NDArray[np.int32],
    apart: NDArray[np.uint8],
) -> bool:
    """Make these routes the current ones, with what was decided about ties; where they cannot be, all is empty."""
    empty_routes(p, t, s)
    for team in range(len(hold)):
        s.ties.hold[team] = hold[team]
    for link in range(len(apart)):
        s.ties.apart[link] = apart[link]
    complete = True
    for route in range(len(length)):
        complete = complete and (length[route] == 0 or not ruled_out(p, s, route))
        s.now.length[route] = length[route]
        for x in range(length[route]):
            job = jobs[route, x]
            s.now.jobs[route, x] = job
            complete = complete and (not t.parts or has_parts(p, s, job, route))
            take_in(p, t, s, job, route)
            if t.teams.team_of[job] >= 0:
                s.ties.start[t.teams.team_of[job]] = 0
        complete = complete and carries(p, s, route)
    if complete and label_anew(p, t, s):
        return True
    empty_routes(p, t, s)
    return False


@kernel
def empty_routes(p: Problem, t: Tables, s: State) -> None:
    """Leave every job out."""
    for route in range(len(s.now.length)):
        touch(s, route)
        for x in range(s.now.length[route]):
            leave_out(p, t, s, s.now.jobs[route, x])
        s.now.length[route] = 0
    for team in range(len(t.teams.lead)):
        s.ties.start[team] = -1
        s.ties.hold[team] = -FAR
    for seat in range(len(t.teams.member)):
        s.agreed[t.teams.member[seat]] = -1
    for link in range(len(s.ties.apart)):
        s.ties.apart[link] = 0
    label_anew(p, t, s)


@kernel
def append(p: Problem, t: Tables, s: State, rows: NDArray[np.int32], routes: NDArray[np.int32]) -> bool:
    """Put the visits of one job or part at the ends of these routes, after all others; tell whether they could be."""
    begin(s)
    possible = True
    for i in range(len(rows)):
        job, route = rows[i], routes[i]
        note_jobs(s, route)
        if t.parts and not has_parts(p, s, job, route):
            possible = False
        if (t.paired and not who_fits(p, s, job, route)) or ruled_out(p, s, route):
            possible = False
        put_at(p, t, s, job, route, s.now.length[route])
        possible = possible and carries(p, s, route)
    team = t.teams.team_of[rows[0]]
    if team >= 0:
        join_team(p, t, s, team, FAR)
    if possible and propagate(p, t, s):
        return True
    roll_back(p, t, s)
    return False
