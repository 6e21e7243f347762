"""Which visits start together, and which jobs go into their routes as a whole: looked up, never changed.

A team is a lead with the mates and tools that start with it, or a single visit whose time is tied to another's.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import APART, BEFORE, UNLIMITED, Problem, pointers, tied


class Teams(NamedTuple):
    """The teams of a problem; everything is empty where no visit is tied to another in time."""

    team_of: NDArray[np.int32]
    """(job,) its team, -1 for a visit that is tied to nothing."""
    seat_of: NDArray[np.int32]
    """(job,) its row of `member`, -1 for a visit that is tied to nothing."""
    lead: NDArray[np.int32]
    """(team,) the lead's row."""
    member_ptr: NDArray[np.int32]
    """(team + 1,) rows of `member`."""
    member: NDArray[np.int32]
    """(seat,) the visits of each team, the lead first."""
    part_ptr: NDArray[np.int32]
    """(job + 1,) rows of `part`; none for further visits and for jobs that are tied to nothing."""
    part: NDArray[np.int32]
    """(row,) the teams of each job, in order of days."""
    most: NDArray[np.int32]
    """(row,) the links that allow a gap at most."""
    weight: NDArray[np.int64]
    """(job,) weight lost with the whole job; 0 for further visits."""
    cents: NDArray[np.int64]
    """(job,) cents on the bill when the whole job is left out; 0 for further visits."""


def make_teams(problem: Problem) -> Teams:
    """Return the teams of a problem.

    Parameters
    ----------
    problem : the compiled question
    """
    leads = np.flatnonzero(tied(problem)).astype(np.int32)
    if not len(leads):
        return _no_teams()
    rows = len(problem.lead)
    members = [
        problem.crew[problem.crew_ptr[lead] : problem.crew_ptr[lead + 1]].tolist() or [int(lead)]
        for lead in leads
    ]
    member = np.array([row for some in members for row in some], np.int32)
    team_of = np.full(rows, -1, np.int32)
    seat_of = np.full(rows, -1, np.int32)
    seat_of[member] = np.arange(len(member))
    for team, some in enumerate(members):
        team_of[some] = team
    parts: list[list[int]] = [[] for _ in range(rows)]
    for job in range(rows):
        if problem.job_of[job] == job and team_of[job] >= 0:
            first, last = problem.part_ptr[job], problem.part_ptr[job + 1]
            parts[job] = [int(team_of[lead]) for lead in problem.part[first:last]] or [int(team_of[job])]
    weight, cents = whole_jobs(problem)
    return Teams(
        team_of=team_of,
        seat_of=seat_of,
        lead=leads,
        member_ptr=pointers(members),
        member=member,
        part_ptr=pointers(parts),
        part=np.array([team for some in parts for team in some], np.int32),
        most=np.flatnonzero((problem.link_order == BEFORE) & (problem.link_most < UNLIMITED)).astype(
            np.int32
        ),
        weight=weight,
        cents=cents,
    )


def whole_jobs(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, by job row, weight and cents of leaving the whole job out; 0 for further visits of a job.

    Parameters
    ----------
    problem : the compiled question
    """
    weight = np.zeros(len(problem.job_of), np.int64)
    cents = np.zeros(len(problem.job_of), np.int64)
    np.add.at(weight, problem.job_of, problem.weight)
    np.add.at(cents, problem.job_of, problem.unserved_cents)
    return weight, cents


def largest_team(teams: Teams) -> int:
    """Return how many visits the largest team has."""
    return int(np.diff(teams.member_ptr).max(initial=0))


def has_apart(problem: Problem) -> bool:
    """Tell whether some visits must not be under way at the same time."""
    return bool((problem.link_order == APART).any())


def _no_teams() -> Teams:
    none = np.zeros(0, np.int32)
    return Teams(
        team_of=none,
        seat_of=none,
        lead=none,
        member_ptr=np.zeros(1, np.int32),
        member=none,
        part_ptr=np.zeros(1, np.int32),
        part=none,
        most=none,
        weight=np.zeros(0, np.int64),
        cents=np.zeros(0, np.int64),
    )
