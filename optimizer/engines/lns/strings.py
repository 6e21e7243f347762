"""Taking whole jobs out where routes are tied, and which left-out jobs are tried again."""

from optimizer.engines.lns.journal import begin, roll_back
from optimizer.engines.lns.placing import let_go, take_away
from optimizer.engines.lns.propagate import propagate
from optimizer.engines.lns.state import ABSENT, State
from optimizer.engines.lns.tables import Tables
from optimizer.problem import BEFORE, SAME, Problem
from optimizer.schedule.kernel import kernel

ABSENT_TRIED = 24
ABSENT_REACH = 128


@kernel
def take_jobs(p: Problem, t: Tables, s: State, banked: int, end: int, company: bool) -> int:
    """Take the jobs `bank[banked:end]` out of their routes, with all that come after them; return the end.

    With company: also what comes before them, and what is the same person's. Where the other routes cannot do without
    them, nothing is taken.
    """
    begin(s)
    i = banked
    while i < end:
        job = s.bank[i]
        if s.route_of[job] < 0:  # it stood there twice
            end -= 1
            s.bank[i] = s.bank[end]
            continue
        take_away(p, t, s, job)
        if t.teams.team_of[job] >= 0:
            end = _add_followers(p, t, s, job, end)
        if company:
            end = _add_company(p, t, s, job, end)
        i += 1
    let_go(p, t, s)
    if propagate(p, t, s):
        return end
    roll_back(p, t, s)
    return banked


@kernel
def _add_followers(p: Problem, t: Tables, s: State, job: int, end: int) -> int:
    """Put the served jobs that come after a job into the bank."""
    for row in range(t.teams.part_ptr[job], t.teams.part_ptr[job + 1]):
        lead = t.teams.lead[t.teams.part[row]]
        for x in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
            link = p.link[x]
            if (
                p.link_order[link] == BEFORE
                and p.link_from[link] == lead
                and s.route_of[p.link_to[link]] >= 0
            ):
                s.bank[end] = p.job_of[p.link_to[link]]
                end += 1
    return end


@kernel
def bank_absent(t: Tables, s: State, seed: int, banked: int) -> int:
    """Add left-out jobs to the bank: all if they are few, else those near the seed. Removed ones stand there."""
    removed = banked
    others = s.tally[ABSENT] - removed
    if others <= ABSENT_TRIED:
        for i in range(others):
            s.bank[banked] = s.absent[i]
            banked += 1
        return banked
    if s.absent_at[seed] >= 0 and s.absent_at[seed] < others:
        s.bank[banked] = seed
        banked += 1
    for i in range(min(ABSENT_REACH, t.near.shape[1])):
        job = t.near[seed, i]
        if s.absent_at[job] >= 0 and s.absent_at[job] < others:
            s.bank[banked] = job
            banked += 1
            if banked - removed >= ABSENT_TRIED:
                break
    return banked


@kernel
def _add_company(p: Problem, t: Tables, s: State, job: int, end: int) -> int:
    """Put the served jobs that come before a job, and those the same person must serve, into the bank."""
    for x in range(p.link_ptr[job], p.link_ptr[job + 1]):
        link = p.link[x]
        other = p.link_from[link] if p.link_to[link] == job else p.link_to[link]
        bound = p.link_who[link] == SAME or (p.link_order[link] == BEFORE and other == p.link_from[link])
        if bound and s.route_of[other] >= 0:
            s.bank[end] = p.job_of[other]
            end += 1
    return end
