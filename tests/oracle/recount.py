"""A full recomputation of everything the search keeps up to date while it moves, from the routes alone."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np

from optimizer.engines.lns.state import NEVER
from optimizer.problem import FAR, Problem
from tests.oracle.sharing import (
    jobs_of,
)
from tests.oracle.timing import LONG_AGO, Spans, Timing, Twin, first_in

T = TypeVar("T")
Route = tuple[int, ...]


class Insertion(NamedTuple):
    """The best insertion of a job into a route; `NEVER` where there is none."""

    cents: int
    slot: int
    cents_at: dict[int, int]
    """Cents added at every position where the job fits."""
    sure: bool
    """False where timings equally good differ in work, and the group's limit lies between them."""


class Recount:
    """What must be true of a search over a problem, computed from nothing but its routes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.twin = Twin(problem)
        self._known: dict[tuple[Any, ...], Any] = {}
        self._windows = list(self.twin.windows)
        self.starts: dict[int, int] = {}
        """Visit → its agreed start."""
        self._latest: dict[int, Spans] = {}
        self._finishes: dict[tuple[Any, ...], dict[tuple[int, int, int, bool], bool]] = {}

    def pin(self, starts: Mapping[int, int], lates: Mapping[int, int]) -> None:
        """Let tied visits begin when their teams agreed; those that come after others, by `lates` at the latest."""
        self.starts = dict(starts)
        self._latest = {row: _cut(self._windows[row], -FAR, late) for row, late in lates.items()}
        pinned = {row: [(start, start)] for row, start in starts.items()}
        self.twin.windows = [pinned.get(row, spans) for row, spans in enumerate(self._windows)]

    def windows(self, row: int) -> Spans:
        """Return the windows of a visit, whatever was agreed."""
        return self._windows[row]

    def pushed(self, jobs: Route, pos: int) -> dict[int, Spans]:
        """Return the windows of the tied visits behind a position when they may start later than now."""
        return {
            row: _cut(self._latest[row], self.starts[row], FAR) for row in jobs[pos:] if row in self.starts
        }

    def allowing(self, windows: Mapping[int, Spans], ask: Callable[[], T]) -> T:
        """Return the answer to a question when some visits have other windows."""
        before = list(self.twin.windows)
        for row, spans in windows.items():
            self.twin.windows[row] = spans
        try:
            return ask()
        finally:
            self.twin.windows = before

    def _pins(self, jobs: Route) -> tuple[Any, ...]:
        return tuple((row, *self.twin.windows[row]) for row in jobs if row in self.starts)

    def best(self, shift: int, jobs: Route) -> tuple[Timing, ...]:
        """Return the timings of a route that may be chosen."""
        return self._once(self._best, shift, jobs)

    def ready(self, shift: int, jobs: Route) -> list[dict[int, int]]:
        """Return for each position, by rests taken, the earliest end of service."""
        return self._once(self._ready, shift, jobs)

    def timed(self, shift: int, jobs: Route) -> bool:
        """Tell whether a route can be timed."""
        return self._once(self._timed, shift, jobs)

    def _once(self, ask: Callable[[int, Route], T], shift: int, jobs: Route) -> T:
        key = (ask.__name__, shift, jobs, self._pins(jobs))
        if key not in self._known:
            self._known[key] = ask(shift, jobs)
        found: T = self._known[key]
        return found

    def _best(self, shift: int, jobs: Route) -> tuple[Timing, ...]:
        return tuple(self.twin.best(shift, jobs))

    def _timed(self, shift: int, jobs: Route) -> bool:
        return any(True for _ in self.twin.timings(shift, jobs))

    def cents(self, shift: int, jobs: Route) -> int:
        """Return the price of a feasible route, 0 if empty."""
        return self.best(shift, jobs)[0].cents + self.twin.use_cents[shift] if jobs else 0

    def on_site_s(self, shift: int, jobs: Route) -> int:
        """Return the seconds on site of a route, set-up included."""
        places = self.twin.places(shift, jobs)
        return sum(self.twin.stay(job, shift, places[i]) for i, job in enumerate(jobs))

    def loads_fit(self, shift: int, jobs: Route) -> bool:
        """Tell whether a route's load stays within the capacity from the start to the end."""
        p = self.problem
        on_board = p.delivery[list(jobs)].sum(axis=0)
        highest = on_board.copy()
        for job in jobs:
            on_board = on_board - p.delivery[job] + p.pickup[job]
            highest = np.maximum(highest, on_board)
        return bool((highest <= p.capacity[shift]).all())

    def _ready(self, shift: int, jobs: Route) -> list[dict[int, int]]:
        """Return for each position, by rests taken, the earliest end of service over all placements of rests."""
        found = []
        for i in range(len(jobs) + 1):
            reached = self._ends(shift, jobs[:i])
            found.append({taken: min(at for t, at in reached if t == taken) for taken, _ in reached})
        return found

    def _ends(self, shift: int, jobs: Route) -> set[tuple[int, int]]:
        """Return the possible ends of the last of some jobs with the rests taken, over all placements of rests."""
        reached = {(0, self.twin.start_s[shift])}
        places = self.twin.places(shift, jobs)
        for i, job in enumerate(jobs):
            onward = set()
            for taken, at in reached:
                for step in self.twin.steps(shift, places[i], places[i + 1], at, taken):
                    start = first_in(self.twin.windows[job], step.ready)
                    if start is not None:
                        end = start + self.twin.stay(job, shift, places[i])
                        onward.add((taken + len(step.rests), end))
            reached = onward
        return reached

    def can_finish(self, shift: int, jobs: Route, pos: int, taken: int, at: int, *, arriving: bool) -> bool:
        """Tell whether the rest of a route can be done by who arrives at (or leaves) a position then."""
        lates = tuple(tuple(self._latest[row]) for row in jobs if row in self._latest)
        known = self._finishes.setdefault((shift, jobs, lates), {})
        key = (pos, taken, at, arriving)
        if key not in known:
            known[key] = self._can_finish(shift, jobs, pos, taken, at, arriving)
        return known[key]

    def _can_finish(self, shift: int, jobs: Route, pos: int, taken: int, at: int, arriving: bool) -> bool:
        twin = self.twin
        owed = twin.rests[shift][taken:]
        if owed:  # rest here, on arriving or before leaving
            begin = first_in(twin.rest_windows[owed[0]], at)
            if begin is not None:
                rested = begin + twin.rest_s[owed[0]]
                if self.can_finish(shift, jobs, pos, taken + 1, rested, arriving=arriving):
                    return True
        places = twin.places(shift, jobs)
        if not arriving and owed and twin.can_ride(shift, owed[0], places[pos], places[pos + 1]):
            begin = first_in(twin.rest_windows[owed[0]], at)
            if begin is not None:
                morning = begin + twin.rest_s[owed[0]]
                if self.can_finish(shift, jobs, pos + 1, taken + 1, morning, arriving=True):
                    return True
        if not arriving:
            at = twin.arrival(twin.profile[shift], places[pos], places[pos + 1], at)
            return self.can_finish(shift, jobs, pos + 1, taken, at, arriving=True)
        if pos > len(jobs):
            return not owed and at <= twin.latest_end_s[shift]
        start = first_in(self._latest.get(jobs[pos - 1], twin.windows[jobs[pos - 1]]), at)
        if start is None:
            return False
        end = start + twin.stay(jobs[pos - 1], shift, places[pos - 1])
        return self.can_finish(shift, jobs, pos, taken, end, arriving=False)

    def is_latest(self, shift: int, jobs: Route, pos: int, taken: int, at: int, *, arriving: bool) -> bool:
        """Tell whether `at` is the latest moment from which the rest can be done; `-FAR` if none is."""
        if at <= -FAR:
            return not self.can_finish(shift, jobs, pos, taken, LONG_AGO, arriving=arriving)
        return self.can_finish(shift, jobs, pos, taken, at, arriving=arriving) and not self.can_finish(
            shift, jobs, pos, taken, at + 1, arriving=arriving
        )

    def insertion(self, job: int, shift: int, jobs: Route, room: tuple[float, float]) -> Insertion:
        """Return the best insertion by trying every position, the first of equals.

        Parameters
        ----------
        job, shift, jobs : what to put where
        room : jobs and seconds of work that the shift's group leaves to this route
        """
        before = self.cents(shift, jobs)
        cents_at = {}
        sure = True
        for pos in range(len(jobs) + 1):
            longer = (*jobs[:pos], job, *jobs[pos:])
            spans = self.behind(shift, jobs, job, pos)
            timings = self.allowing(spans, partial(self.best, shift, longer))
            if not timings or not self.loads_fit(shift, longer):
                continue
            work_s = {timing.driven_s + timing.on_site_s for timing in timings}
            if (jobs_of(self.problem, longer) <= room[0] or self.problem.shelf[job] >= 0) and min(
                work_s
            ) <= room[1]:
                cents_at[pos] = timings[0].cents + self.twin.use_cents[shift] - before
                sure = sure and max(work_s) <= room[1]
        slot = min(cents_at, key=lambda pos: (cents_at[pos], pos), default=-1)
        return Insertion(cents_at.get(slot, NEVER), slot, cents_at, sure)

    def fits(self, shift: int, jobs: Route, job: int, pos: int) -> bool:
        """Tell whether a job fits in time behind a position, with tied visits behind it at their latest or before."""
        longer = (*jobs[:pos], job, *jobs[pos:])
        return self.allowing(self.ahead(shift, jobs, job, pos), lambda: self.timed(shift, longer))

    def ahead(self, shift: int, jobs: Route, job: int, pos: int) -> dict[int, Spans]:
        """Return the windows of a job put behind a position, and of the tied visits behind it.

        These may start at their latest or before; the next one no sooner than agreed, where its set-up changes.
        """
        windows = {row: self._latest[row] for row in jobs[pos:] if row in self.starts}
        for row in jobs[pos : pos + 1]:
            before = self.twin.places(shift, jobs)[pos]
            anew = self.twin.stay(row, shift, before) != self.twin.stay(row, shift, self.twin.place[job])
            if row in self.starts and anew:
                windows[row] = _cut(self._latest[row], self.starts[row], FAR)
        return {job: self._windows[job], **windows}

    def behind(self, shift: int, jobs: Route, job: int, pos: int) -> dict[int, Spans]:
        """Return the windows of the tied visits behind an insertion for its exact price.

        Where prices depend on time, each of them starts as early as it then can, one after the other.
        """
        if not self.priced:
            return self.ahead(shift, jobs, job, pos)
        spans = {**self.pushed(jobs, pos), job: self._windows[job]}
        longer = (*jobs[:pos], job, *jobs[pos:])
        for x in range(pos, len(jobs)):
            row = jobs[x]
            if row in spans:
                reached = self.allowing(spans, partial(self._reach, shift, longer[: x + 2]))
                spans[row] = self._least(shift, jobs, x + 1, reached, spans[row])
        return spans

    def _reach(self, shift: int, jobs: Route) -> dict[int, int]:
        """Return the earliest moment of being free for the last of some jobs, by rests taken."""
        found: dict[int, int] = {}
        places = self.twin.places(shift, jobs)
        n = len(jobs)
        for taken, at in self._ends(shift, jobs[:-1]):
            for step in self.twin.steps(shift, places[n - 1], places[n], at, taken):
                lane = taken + len(step.rests)
                found[lane] = min(found.get(lane, FAR), step.ready)
        return found

    def reach(self, shift: int, jobs: Route) -> dict[int, int]:
        """Return the earliest moment of being free for the last of some jobs, by rests taken."""
        return self._once(self._reach, shift, jobs)

    def can_start(self, shift: int, jobs: Route, pos: int, taken: int, at: int) -> bool:
        """Tell whether the visit at a position can start then, with so many rests taken, and all after it be done."""
        stay = self.twin.stay(jobs[pos - 1], shift, self.twin.places(shift, jobs)[pos - 1])
        return self.can_finish(shift, jobs, pos, taken, at + stay, arriving=False)

    def _least(self, shift: int, jobs: Route, pos: int, reached: dict[int, int], spans: Spans) -> Spans:
        """Return the earliest possible start of a tied visit as a window, none where it has none."""
        found = [
            at
            for taken, there in reached.items()
            if (at := first_in(spans, there)) is not None and self.can_start(shift, jobs, pos, taken, at)
        ]
        return [(min(found), min(found))] if found else []

    @property
    def priced(self) -> bool:
        """Whether some price depends on time."""
        p = self.problem
        return bool(p.pace.size or len(p.late_after) or p.overtime_hour_cents.any() or p.night.any())

    def estimate(self, job: int, shift: int, jobs: Route) -> tuple[int, int]:
        """Return cents and slot of the best insertion by the drives' price alone, whatever the limits of hours."""
        twin = self.twin
        profile = twin.profile[shift]
        places = twin.places(shift, jobs)
        found = []
        for pos in range(len(jobs) + 1):
            longer = (*jobs[:pos], job, *jobs[pos:])
            if not self.fits(shift, jobs, job, pos) or not self.loads_fit(shift, longer):
                continue
            before, here, after = places[pos], twin.place[job], places[pos + 1]
            to, on, straight = (
                twin.travel[profile][a][b] for a, b in ((before, here), (here, after), (before, after))
            )
            seconds = to[0] + on[0] - (straight[0] if jobs else 0)
            cents = to[1] + on[1] - (straight[1] if jobs else -twin.use_cents[shift])
            found.append((cents + seconds * twin.hour_cents[profile] // 3600, pos))
        return min(found, default=(NEVER, -1))


def _cut(spans: Spans, opens: int, closes: int) -> Spans:
    """Return what lies between two moments."""
    return [(max(a, opens), min(b, closes)) for a, b in spans if max(a, opens) <= min(b, closes)]
