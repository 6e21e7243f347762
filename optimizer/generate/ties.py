"""What ties the jobs of a generated scenario together: crews, a few hoists, one job after another."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.ties import After, Seat

HOIST: Final = "hoist"
HOIST_JOBS: Final = 5
"""Jobs that need a hoist for every piece there is and day: one or two more than it can do."""
THREE_SHARE: Final = 0.15
"""Share of the crews that have three people; the others have two."""
ANY_HANDS_SHARE: Final = 0.5
"""Share of the crews in which the mates need no skill of their own."""
DRYING_MIN: Final = (0, 30, 60)
"""Minutes that the second of two chained jobs waits at least for the first."""


class Ties(NamedTuple):
    """How many ties a generated scenario has.

    Parameters
    ----------
    crew_percent : of all jobs take two or three people, 0 to 100
    hoists : pieces of one shared tool at the busiest branch, 0 to 100
    chain_percent : of all jobs follow another one at the same customer, 0 to 100
    """

    crew_percent: int = 0
    hoists: int = 0
    chain_percent: int = 0


NO_TIES: Final = Ties()
"""Everybody works alone."""


def with_ties(
    rng: Random, jobs: Sequence[Job], branches: Sequence[Branch], ties: Ties, *, days: int
) -> tuple[tuple[Job, ...], tuple[Branch, ...]]:
    """Return the jobs and branches with ties; without any the same ones.

    Parameters
    ----------
    rng : source of chance
    jobs : all jobs
    branches : all branches
    ties : how many of which kind
    days : number of planned days, at least 1
    """
    tied = list(jobs)
    for row in _drawn(rng, len(tied), ties.crew_percent):
        tied[row] = _with_crew(rng, tied[row])
    equipped = list(branches)
    if ties.hoists and jobs:
        near = [_nearest(job, branches) for job in tied]
        busiest = max(Counter(near).items(), key=lambda count: (count[1], -count[0]))[0]
        equipped[busiest] = branches[busiest].model_copy(update={"shared_tools": {HOIST: ties.hoists}})
        fit = [
            row for row, branch in enumerate(near) if branch == busiest and tied[row].type == "installation"
        ]
        for row in sorted(rng.sample(fit, min(len(fit), HOIST_JOBS * ties.hoists * days))):
            tied[row] = tied[row].model_copy(update={"shared_tools": (HOIST,)})
    for row in _drawn(rng, len(tied), ties.chain_percent):
        if row > 0 and not tied[row - 1].after and not tied[row].shared_tools:
            tied[row] = _following(rng, tied[row], tied[row - 1])
    return tuple(tied), tuple(equipped)


def _drawn(rng: Random, jobs: int, percent: int) -> list[int]:
    return sorted(rng.sample(range(jobs), round(jobs * percent / 100)))


def _with_crew(rng: Random, job: Job) -> Job:
    seats = 3 if rng.random() < THREE_SHARE else 2
    mates = (Seat(),) * (seats - 1) if rng.random() < ANY_HANDS_SHARE else ()
    return job.model_copy(update={"seats": seats, "mates": mates})


def _following(rng: Random, job: Job, first: Job) -> Job:
    """Return the job moved to the place and customer of the first one, behind it in time."""
    after = After(
        job_id=first.job_id,
        min_gap_min=rng.choice(DRYING_MIN),
        who=rng.choices(("anyone", "same", "another"), (60, 30, 10))[0],
    )
    moved = {"place": first.place, "area": first.area, "customer": first.customer, "windows": ()}
    return job.model_copy(update=moved | {"after": (after,), "intake_at": None, "dispatched_at": None})


def _nearest(job: Job, branches: Sequence[Branch]) -> int:
    return min(range(len(branches)), key=lambda row: _apart(job.place, branches[row].place))


def _apart(one: Place, other: Place) -> float:
    # Good enough to tell which branch is nearest on a region's scale: a degree of longitude is 0.88 of one of latitude.
    return (one.lat - other.lat) ** 2 + (0.88 * (one.lon - other.lon)) ** 2
