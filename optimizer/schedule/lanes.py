"""The timing rule for a whole route: earliest starts, rests where they are cheapest.

A lane counts the rests already taken: each before a drive, after it, or, a night on board, during it. Walking along
the route, each lane keeps its labels (end of service, cents so far, seconds driven); a label that is neither earlier
nor cheaper than another can never win. Leaving the start place is put off as long as nothing else changes by it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import (
    agreed_start,
    arrive,
    first_rest,
    lateness,
    leave_by,
    leg_cents,
    overtime,
    rest_cents,
    rested,
    ridden,
    visit_s,
)

LABELS_PER_LANE = 48


class Labels(NamedTuple):
    """Scratch space of `label_route`; positions are 0 start place, 1…n jobs, n + 1 end place."""

    at: NDArray[np.int64]
    """(position, lane, label) end of service, at the end place the arrival."""
    cents: NDArray[np.int64]
    """(position, lane, label) price so far."""
    driven: NDArray[np.int64]
    """(position, lane, label) seconds driven so far."""
    parent: NDArray[np.int32]
    """(position, lane, label) lane × LABELS_PER_LANE + label one position before."""
    before: NDArray[np.int32]
    """(position, lane, label) rests taken before leaving the position before."""
    rode: NDArray[np.bool_]
    """(position, lane, label) the next rest is a night on board of the drive that leads here."""
    kept: NDArray[np.int32]
    """(position, lane) labels kept."""
    total: NDArray[np.int64]
    """(3,) cents, seconds driven, seconds on site of the best label."""


def make_labels(problem: Problem, longest: int) -> Labels:
    """Return scratch space for routes of up to `longest` jobs."""
    lanes = 1 + (int(np.diff(problem.rest_ptr).max()) if len(problem.rest_ptr) > 1 else 0)
    shape = (longest + 2, lanes, LABELS_PER_LANE)
    return Labels(
        at=np.zeros(shape, np.int64),
        cents=np.zeros(shape, np.int64),
        driven=np.zeros(shape, np.int64),
        parent=np.zeros(shape, np.int32),
        before=np.zeros(shape, np.int32),
        rode=np.zeros(shape, np.bool_),
        kept=np.zeros(shape[:2], np.int32),
        total=np.zeros(3, np.int64),
    )


@kernel
def _keep(
    p: Problem,
    work: Labels,
    pos: int,
    lane: int,
    at: int,
    cents: int,
    driven: int,
    parent: int,
    before: int,
    rode: bool,
) -> None:
    """Add a label unless another one is at least as good; drop those it beats."""
    kept = 0
    congested = p.pace.size > 0
    for x in range(work.kept[pos, lane]):
        other_at = work.at[pos, lane, x]
        other_cents = work.cents[pos, lane, x]
        other_driven = work.driven[pos, lane, x]
        comparable = other_at == at or not congested
        if comparable and other_at <= at and other_cents <= cents and other_driven <= driven:
            return
        if comparable and at <= other_at and cents <= other_cents and driven <= other_driven:
            continue
        if kept < x:
            work.at[pos, lane, kept] = other_at
            work.cents[pos, lane, kept] = other_cents
            work.driven[pos, lane, kept] = other_driven
            work.parent[pos, lane, kept] = work.parent[pos, lane, x]
            work.before[pos, lane, kept] = work.before[pos, lane, x]
            work.rode[pos, lane, kept] = work.rode[pos, lane, x]
        kept += 1
    if kept < work.at.shape[2]:
        work.at[pos, lane, kept] = at
        work.cents[pos, lane, kept] = cents
        work.driven[pos, lane, kept] = driven
        work.parent[pos, lane, kept] = parent
        work.before[pos, lane, kept] = before
        work.rode[pos, lane, kept] = rode
        kept += 1
    work.kept[pos, lane] = kept


@kernel
def _drive_s(
    p: Problem, shift: int, a: int, b: int, leave: int, arrival: int, event: int, first: bool
) -> int:
    """Return the seconds of a drive; the first one leaves as late as still reaches `event`."""
    if first and p.pace.size:
        leave = leave_by(p, p.profile[shift], a, b, event)
        return arrive(p, p.profile[shift], a, b, leave) - leave
    return arrival - leave


@kernel
def label_route(
    p: Problem, shift: int, jobs: NDArray[np.int32], n: int, agreed: NDArray[np.int32], work: Labels
) -> int:
    """Time the first `n` of `jobs` in order; return the best label at the end place, -1 where none is feasible.

    `agreed` holds by job row when a visit that is tied to others starts, -1 where it may start at any time; it is
    empty where nothing is tied.
    `work.total` then holds cents (drives, lateness, overtime, nights), seconds driven and seconds on site.
    """
    first_row = p.rest_ptr[shift]
    lanes = p.rest_ptr[shift + 1] - first_row + 1
    profile = p.profile[shift]
    for pos in range(n + 2):
        for lane in range(lanes):
            work.kept[pos, lane] = 0
    _keep(p, work, 0, 0, p.start_s[shift], 0, 0, -1, 0, False)
    here = p.start_place[shift]
    on_site = 0
    for pos in range(1, n + 2):
        job = jobs[pos - 1] if pos <= n else -1
        there = p.place[job] if pos <= n else p.end_place[shift]
        stay = visit_s(p, job, shift, here) if pos <= n else 0
        on_site += stay
        for lane in range(lanes):
            for x in range(work.kept[pos - 1, lane]):
                for turn in range(lanes - lane):
                    before = (
                        lanes - lane - 1 - turn if pos == 1 else turn
                    )  # better rest at home than at the door
                    leave = work.at[pos - 1, lane, x]
                    nights = 0
                    for rest in range(lane, lane + before):
                        leave = rested(p, first_row + rest, leave)
                        nights += rest_cents(p, shift, first_row + rest, here)
                    if leave >= FAR:
                        continue
                    for asleep in range(2 if p.sleeper.size and lane + before < lanes - 1 else 1):
                        taken = lane + before + asleep
                        arrival = arrive(p, profile, here, there, leave)
                        owed = work.cents[pos - 1, lane, x] + nights
                        if asleep:
                            arrival = ridden(p, shift, first_row + lane + before, here, there, leave)
                            owed += p.transit_cents[0]
                        ready = arrival
                        event = arrival
                        for after in range(lanes - taken):
                            if after > 0:
                                begin = first_rest(p, first_row + taken + after - 1, ready)
                                event = begin if after == 1 else event
                                owed += rest_cents(p, shift, first_row + taken + after - 1, there)
                                ready = rested(p, first_row + taken + after - 1, ready)
                            if ready >= FAR:
                                break
                            cents = owed
                            if pos <= n:
                                start = agreed_start(p, job, ready, agreed)
                                if start >= FAR:
                                    break
                                event = start if after == 0 else event
                                end = start + stay
                                cents += lateness(p, job, start, end)
                            else:
                                if ready > p.latest_end_s[shift] or taken + after < lanes - 1:
                                    continue
                                end = arrival
                                cents += overtime(p, shift, arrival)
                            drive = p.travel[profile, here, there, 0]
                            driven = work.driven[pos - 1, lane, x]
                            if not asleep:
                                drive = _drive_s(p, shift, here, there, leave, arrival, event, pos == 1)
                                driven += drive
                            cents += leg_cents(p, profile, here, there, drive)
                            parent = lane * work.at.shape[2] + x
                            _keep(p, work, pos, taken + after, end, cents, driven, parent, before, asleep > 0)
        here = there
    return _best(p, shift, n, lanes - 1, on_site, work)


@kernel
def _best(p: Problem, shift: int, n: int, lane: int, on_site: int, work: Labels) -> int:
    """Return the cheapest, then earliest label at the end that keeps the shift's limits."""
    best = -1
    for x in range(work.kept[n + 1, lane]):
        driven = work.driven[n + 1, lane, x]
        if driven > p.max_travel_s[shift] or driven + on_site > p.max_work_s[shift]:
            continue
        cents = work.cents[n + 1, lane, x]
        if best >= 0 and (cents, work.at[n + 1, lane, x]) >= (work.total[0], work.at[n + 1, lane, best]):
            continue
        best = x
        work.total[0] = cents
        work.total[1] = driven
        work.total[2] = on_site
    return best


class RouteTimes(NamedTuple):
    """The times of one route in whole seconds; legs and positions as in `Labels`."""

    leave: NDArray[np.int64]
    """(n + 1,) leaving for each job and for the end place; who rides through a night leaves as it begins."""
    arrive: NDArray[np.int64]
    """(n + 1,) reaching them; who rides through a night does so as it ends."""
    start: NDArray[np.int64]
    """(n,) start of service."""
    end: NDArray[np.int64]
    """(n,) end of service."""
    rest_begin: NDArray[np.int64]
    """(rest,) begin of each rest."""
    cents: int
    """Drives, lateness, overtime and nights together."""
    driven_s: int
    """Seconds driven; nights on board are none."""
    on_site_s: int
    """Seconds on site."""


class Timekeeper:
    """Times routes of one problem.

    Parameters
    ----------
    problem : the compiled question
    agreed : when visits that are tied to others start, see `Routes.agreed`
    """

    def __init__(self, problem: Problem, agreed: Sequence[tuple[int, int]] = ()) -> None:
        self._problem = problem
        self._agreed = agreed_starts(problem, agreed)
        self._kernel = by_reference(problem)
        self._make_room(1)

    def _make_room(self, longest: int) -> None:
        self._labels = make_labels(self._problem, longest)
        self._work = by_reference(self._labels)

    def time(self, shift: int, jobs: tuple[int, ...]) -> RouteTimes | None:
        """Return the times of a route, or None where no timing keeps the hard limits.

        Parameters
        ----------
        shift : row of the shift
        jobs : job rows in order of service, at least one
        """
        n = len(jobs)
        if n + 2 > len(self._labels.kept):
            self._make_room(2 * n)
        rows = np.array(jobs, np.int32)
        best = label_route(self._kernel, shift, rows, n, self._agreed, self._work)
        if best < 0 or int((self._problem.shelf[rows] < 0).sum()) > self._problem.max_jobs[shift]:
            return None
        cents, driven_s, on_site_s = (int(total) for total in self._labels.total)
        rests = int(self._problem.rest_ptr[shift + 1] - self._problem.rest_ptr[shift])
        leave, reach, start, end, rest_begin = (
            np.zeros(size, np.int64) for size in (n + 1, n + 1, n, n, rests)
        )
        _trace(
            self._kernel, shift, rows, n, best, self._agreed, self._work, leave, reach, start, end, rest_begin
        )
        return RouteTimes(leave, reach, start, end, rest_begin, cents, driven_s, on_site_s)


def agreed_starts(problem: Problem, agreed: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    """Return (job,) when each visit starts by agreement, -1 for none; empty where nothing is agreed.

    Parameters
    ----------
    problem : the compiled question
    agreed : leads and seconds; all visits of a lead's crew start with it
    """
    if not agreed:
        return np.zeros(0, np.int32)
    leads, starts_s = np.array(agreed, np.int32).T
    of_lead = np.full(len(problem.lead), -1, np.int32)
    of_lead[leads] = starts_s
    return of_lead[problem.lead]


def time_route(problem: Problem, shift: int, jobs: tuple[int, ...]) -> RouteTimes | None:
    """Return the times of one route (see `Timekeeper.time`, which is quicker for many)."""
    return Timekeeper(problem).time(shift, jobs)


@kernel
def _trace(
    p: Problem,
    shift: int,
    jobs: NDArray[np.int32],
    n: int,
    best: int,
    agreed: NDArray[np.int32],
    work: Labels,
    leave: NDArray[np.int64],
    reach: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    rest_begin: NDArray[np.int64],
) -> None:
    """Walk the best label back to the start place and write down its times."""
    first_row = p.rest_ptr[shift]
    lane = len(rest_begin)
    x = best
    for pos in range(n + 1, 0, -1):
        parent = work.parent[pos, lane, x]
        parent_lane = parent // work.at.shape[2]
        parent_x = parent % work.at.shape[2]
        here = p.place[jobs[pos - 2]] if pos > 1 else p.start_place[shift]
        there = p.place[jobs[pos - 1]] if pos <= n else p.end_place[shift]
        at = work.at[pos - 1, parent_lane, parent_x]
        rest = parent_lane
        for _ in range(work.before[pos, lane, x]):
            rest_begin[rest] = first_rest(p, first_row + rest, at)
            at = rested(p, first_row + rest, at)
            rest += 1
        leave[pos - 1] = at
        rode = work.rode[pos, lane, x]
        if rode:
            rest_begin[rest] = first_rest(p, first_row + rest, at)
            leave[pos - 1] = rest_begin[rest]
            at = ridden(p, shift, first_row + rest, here, there, at)
            rest += 1
        else:
            at = arrive(p, p.profile[shift], here, there, at)
        reach[pos - 1] = at
        event = FAR
        while rest < lane:
            rest_begin[rest] = first_rest(p, first_row + rest, at)
            event = min(event, rest_begin[rest])
            at = rested(p, first_row + rest, at)
            rest += 1
        if pos <= n:
            start[pos - 1] = agreed_start(p, jobs[pos - 1], at, agreed)
            end[pos - 1] = work.at[pos, lane, x]
            event = min(event, start[pos - 1])
        if pos == 1 and event < FAR and not rode:
            leave[0] = leave_by(p, p.profile[shift], here, there, event)
            reach[0] = arrive(p, p.profile[shift], here, there, leave[0])
        lane = parent_lane
        x = parent_x
