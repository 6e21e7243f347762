"""What the search looks up but never changes: eligible shifts, neighbours, insertion orders."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.teams import Teams, has_apart, make_teams
from optimizer.problem import ANYONE, FAR, UNLIMITED, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import first_start

NEIGHBOURS = 256
ORDERS = 8
HOMES = 8
"""Shifts kept for each job that start nearest to it."""


class Tables(NamedTuple):
    """Derived from the problem once, read-only for all searches."""

    back: NDArray[np.int32]
    """(profile, place, place, 2) `travel` with rows to and columns from, so that a column is read in a row."""
    eligible_ptr: NDArray[np.int64]
    """(job + 1,) rows of `eligible`."""
    eligible: NDArray[np.int32]
    """(pair,) shifts that may take the job."""
    home: NDArray[np.int32]
    """(job, rank) eligible shifts with the nearest start places, -1 where there are no more."""
    near: NDArray[np.int32]
    """(job, neighbour) the other jobs from near to far."""
    rank: NDArray[np.int32]
    """(order, job) rank of each job in each order of insertion but the random one."""
    member_ptr: NDArray[np.int32]
    """(group + 1,) rows of `member`."""
    member: NDArray[np.int32]
    """(row,) shifts of each group."""
    open_s: NDArray[np.int32]
    """(job,) opening of the only window; used by the simple scan alone."""
    close_s: NDArray[np.int32]
    """(job,) closing of the only window."""
    simple: bool
    """One window a job, at most one rest a shift with one window, no set-up, no congestion, no loads."""
    priced: bool
    """Some price depends on time, so routes are priced by walking them."""
    shared: bool
    """Some price depends on who serves a job or on how much somebody serves."""
    parts: bool
    """Some job takes parts."""
    fetching: bool
    """Some parts can be fetched in mid-route."""
    limited: bool
    """Some shift limits work or driving, or belongs to a group."""
    grouped: bool
    """Some shift belongs to a group."""
    rivals: bool
    """Some shifts rule each other out."""
    tied: bool
    """Some visits are tied to others in time, or make up one job."""
    apart: bool
    """Some visits must not be under way at the same time."""
    paired: bool
    """Some visits must be the same person's, or each another's."""
    teams: Teams
    """Which visits start together."""
    visits: int
    """Rows of visits to customers; those of halts at branches follow."""
    lanes: int
    """Largest number of rests in a shift, plus one."""
    longest: int
    """No route can have more jobs."""


def make_tables(problem: Problem) -> Tables:
    """Return the lookups of a problem.

    Parameters
    ----------
    problem : the compiled question
    """
    ptr, eligible = eligible_shifts(problem)
    tables = bare_tables(problem)._replace(
        back=_turned(problem.travel),
        eligible_ptr=ptr,
        eligible=eligible,
        home=_homes(problem, ptr, eligible),
        near=_neighbours(problem),
        rank=_ranks(problem, np.diff(ptr)),
        longest=_longest(problem),
    )
    for field in (*tables, *tables.teams):
        if isinstance(field, np.ndarray):
            field.flags.writeable = False
    return tables


def bare_tables(problem: Problem) -> Tables:
    """Return the lookups without those that only the search for better plans needs: enough to label and weigh routes.

    Parameters
    ----------
    problem : the compiled question
    """
    jobs = len(problem.place)
    rests = np.diff(problem.rest_ptr)
    one_window = bool((np.diff(problem.window_ptr) == 1).all())
    one_rest = len(rests) == 0 or (rests.max() <= 1 and bool((np.diff(problem.rest_window_ptr) == 1).all()))
    congested = problem.pace.size > 0
    loaded = problem.capacity.shape[1] > 0
    groups = bool((problem.group >= 0).any())
    limits = np.minimum(problem.max_work_s, problem.max_travel_s)
    teams = make_teams(problem)
    tables = Tables(
        back=np.zeros((0, 0, 0, 2), np.int32),
        eligible_ptr=np.zeros(jobs + 1, np.int64),
        eligible=np.zeros(0, np.int32),
        home=np.zeros((jobs, 0), np.int32),
        near=np.zeros((jobs, 0), np.int32),
        rank=np.zeros((0, jobs), np.int32),
        member_ptr=np.searchsorted(
            np.sort(problem.group), np.arange(-1, len(problem.group_max_jobs)), "right"
        ).astype(np.int32),
        member=np.argsort(problem.group, kind="stable").astype(np.int32),
        open_s=problem.window_open.copy() if one_window else np.zeros(jobs, np.int32),
        close_s=problem.window_close.copy() if one_window else np.zeros(jobs, np.int32),
        simple=one_window and one_rest and not congested and not loaded and not problem.setup_s.any(),
        priced=bool(
            congested or len(problem.late_after) or problem.overtime_hour_cents.any() or problem.night.any()
        ),
        shared=bool(problem.assignment_cents.size or len(problem.meter)),
        parts=bool(len(problem.need_part)),
        fetching=bool(len(problem.fetch)),
        limited=bool(groups or (len(limits) and limits.min() < UNLIMITED)),
        grouped=groups,
        rivals=bool(len(problem.rival)),
        tied=bool(len(teams.lead)),
        apart=has_apart(problem),
        paired=bool((problem.link_who != ANYONE).any()),
        teams=teams,
        visits=_visits(problem),
        lanes=1 + (int(rests.max()) if len(rests) else 0),
        longest=0,
    )
    for field in (*tables, *tables.teams):
        if isinstance(field, np.ndarray):
            field.flags.writeable = False
    return tables


def eligible_shifts(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return, by job, the shifts that no code forbids and that the job's windows overlap (pointers, shifts)."""
    possible = np.zeros(problem.forbidden.shape, np.bool_)
    _overlapping(by_reference(problem), possible)
    rows, shifts = np.nonzero(possible)
    ptr = np.zeros(len(problem.place) + 1, np.int64)
    ptr[1:] = np.cumsum(np.bincount(rows, minlength=len(problem.place)))
    return ptr, shifts.astype(np.int32)


@kernel
def _overlapping(p: Problem, possible: NDArray[np.bool_]) -> None:
    """Mark the pairs that no code forbids where some window of the job overlaps the shift; drives are not looked at."""
    for job in range(possible.shape[0]):
        for shift in range(possible.shape[1]):
            if p.forbidden[job, shift] == 0:
                start = first_start(p, job, p.start_s[shift])
                possible[job, shift] = (
                    start + p.service_s[job, p.service_class[shift]] <= p.latest_end_s[shift]
                )


def _visits(problem: Problem) -> int:
    """Return how many rows are visits to customers."""
    return int((problem.shelf < 0).sum())


def _turned(travel: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the matrix with rows to and columns from; the same array, not a copy, where all ways are symmetric."""
    turned = travel.transpose(0, 2, 1, 3)
    return travel if np.array_equal(travel, turned) else np.ascontiguousarray(turned)


def _homes(problem: Problem, ptr: NDArray[np.int64], eligible: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the eligible shifts that start nearest to each job."""
    jobs = len(problem.place)
    home = np.full((jobs, HOMES), -1, np.int32)
    for job in range(jobs):
        shifts = eligible[ptr[job] : ptr[job + 1]]
        there = problem.travel[problem.profile[shifts], problem.start_place[shifts], problem.place[job], 0]
        nearest = shifts[np.argsort(there, kind="stable")[:HOMES]]
        home[job, : len(nearest)] = nearest
    return home


def _neighbours(problem: Problem) -> NDArray[np.int32]:
    """Return the nearest other jobs of each job by the quicker direction of the most used profile; none of halts."""
    jobs = _visits(problem)
    count = min(NEIGHBOURS, jobs - 1)
    near = np.zeros((len(problem.place), max(count, 0)), np.int32)
    if count <= 0 or not len(problem.profile):
        return near
    usual = int(np.bincount(problem.profile).argmax())
    places = problem.place[:jobs]
    there = problem.travel[usual][:, places, 0]
    for job in range(jobs):
        here = problem.place[job]
        distance = np.minimum(there[here], problem.travel[usual][places, here, 0]).astype(np.int64)
        distance[job] = FAR
        nearest = np.argpartition(distance, count - 1)[:count]
        nearest.sort()
        near[job] = nearest[np.argsort(distance[nearest], kind="stable")]
    return near


def _ranks(problem: Problem, choices: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the rank of each job: by priority, few shifts, long, tight, priority an hour, far, near, early."""
    jobs = len(problem.place)
    service = problem.service_s.max(axis=1, initial=1).astype(np.float64)
    worth = problem.weight + problem.unserved_cents / max(1.0, float(problem.unserved_cents.max(initial=1)))
    width = np.zeros(jobs)
    first = np.zeros(jobs)
    for job in range(jobs):
        rows = slice(problem.window_ptr[job], problem.window_ptr[job + 1])
        width[job] = (problem.window_close[rows] - problem.window_open[rows]).sum()
        first[job] = problem.window_close[rows].min(initial=FAR)
    reach = np.zeros(jobs)
    if len(problem.profile):
        reach = problem.travel[problem.profile[0]][np.unique(problem.start_place)].min(axis=0)[
            problem.place, 0
        ]
    keys = (-worth, choices, -service, width, -worth / np.maximum(service, 1.0), -reach, reach, first)
    rank = np.zeros((ORDERS, jobs), np.int32)
    for row, key in enumerate(keys):
        rank[row, np.argsort(key, kind="stable")] = np.arange(jobs, dtype=np.int32)
    return rank


def _longest(problem: Problem) -> int:
    """Return how many jobs a route can have at most: the shortest services that fit into the longest shift.

    Each may have a halt at a branch before it.
    """
    jobs = len(problem.place)
    if jobs == 0 or len(problem.profile) == 0:
        return 0
    service_s = problem.service_s[problem.shelf < 0].min(axis=1)
    shortest = np.cumsum(np.sort(service_s).astype(np.int64))
    span = int((problem.latest_end_s.astype(np.int64) - problem.start_s).max())
    fit = int(np.searchsorted(shortest, span, side="right"))
    most = min(fit, int(problem.max_jobs.max()))
    return min(2 * most if len(problem.fetch) else most, jobs)
