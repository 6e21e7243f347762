"""What a shift can do at all: the jobs it can reach in time, the legs that may lie in its route."""

from collections.abc import Mapping
from typing import NamedTuple

from optimizer.problem import FAR, Problem

HOME = -1
"""Stands for the shift's start place at the beginning of a leg, and for its end place at the end."""

Spans = list[tuple[int, int]]
"""Closed spans of seconds, ascending."""


class Leg(NamedTuple):
    """One drive that may lie in a route, and the stay at its end."""

    drive_s: int
    """Seconds driven."""
    cents: int
    """Price of the drive."""
    stay_s: int
    """Seconds on site at its end, set-up included where it is due; 0 at the end place."""
    earliest: int
    """Earliest start of the service at its end; at the end place, earliest arrival."""


class Reach(NamedTuple):
    """What one shift can do. Rests and limits are not looked at, so it holds for every route."""

    shift: int
    """Row of the shift."""
    spans: Mapping[int, Spans]
    """Job → when its service may start; only jobs that can be served."""
    legs: Mapping[tuple[int, int], Leg]
    """(job or `HOME`, job or `HOME`) → the drive between them."""

    def into(self, b: int) -> dict[tuple[int, int], Leg]:
        """Return the legs that end at a job or `HOME`."""
        return {key: leg for key, leg in self.legs.items() if key[1] == b}

    def out_of(self, a: int) -> dict[tuple[int, int], Leg]:
        """Return the legs that begin at a job or `HOME`."""
        return {key: leg for key, leg in self.legs.items() if key[0] == a}


def reach_of(problem: Problem, shift: int) -> Reach:
    """Return what a shift can do.

    Parameters
    ----------
    problem : the compiled question, without congestion
    shift : row of the shift
    """
    day = _Day(problem, shift)
    earliest, latest = day.earliest(), day.latest()
    spans = {job: cut(day.spans[job], earliest[job], latest[job]) for job in day.jobs}
    spans = {job: found for job, found in spans.items() if found}
    legs = {}
    for a in (HOME, *spans):
        free = day.start_s if a == HOME else earliest[a] + day.service_s[a]
        for b in (HOME, *spans):
            arrival = free + day.drive_s(a, b)
            start = arrival if b == HOME else first_in(spans[b], arrival)
            together = (
                HOME not in (a, b) and problem.lead[a] == problem.lead[b]
            )  # the same visit, or of one crew
            if a != b and not together and start <= (day.latest_end_s if b == HOME else latest[b]):
                legs[a, b] = Leg(day.drive_s(a, b), day.cents(a, b), day.stay_s(a, b), start)
    return Reach(shift, spans, legs)


class _Day:
    """One shift in plain numbers."""

    def __init__(self, problem: Problem, shift: int) -> None:
        self._problem = problem
        self._shift = shift
        self._legs = problem.travel[problem.profile[shift]]
        self.start_s = int(problem.start_s[shift])
        self.latest_end_s = int(problem.latest_end_s[shift])
        self.jobs = [job for job in range(len(problem.place)) if not problem.forbidden[job, shift]]
        column = problem.service_class[shift]
        self.service_s = {job: int(problem.service_s[job, column]) for job in self.jobs}
        self._setup_s = {job: int(problem.setup_s[job, column]) for job in self.jobs}
        self.spans = {job: windows_of(problem, int(problem.lead[job])) for job in self.jobs}

    def _places(self, a: int, b: int) -> tuple[int, int]:
        p = self._problem
        here = p.start_place[self._shift] if a == HOME else p.place[a]
        there = p.end_place[self._shift] if b == HOME else p.place[b]
        return int(here), int(there)

    def drive_s(self, a: int, b: int) -> int:
        here, there = self._places(a, b)
        return int(self._legs[here, there, 0])

    def cents(self, a: int, b: int) -> int:
        here, there = self._places(a, b)
        return int(self._legs[here, there, 1])

    def stay_s(self, a: int, b: int) -> int:
        if b == HOME:
            return 0
        here, there = self._places(a, b)
        same = self._problem.site[here] == self._problem.site[there]
        return self.service_s[b] + (0 if same else self._setup_s[b])

    def earliest(self) -> dict[int, int]:
        """Return the earliest start of each job over all ways to it: the way round may be the shorter one."""
        found = {job: first_in(self.spans[job], self.start_s + self.drive_s(HOME, job)) for job in self.jobs}
        for _ in self.jobs:
            for b in self.jobs:
                ways = (found[a] + self.service_s[a] + self.drive_s(a, b) for a in self.jobs if a != b)
                found[b] = min(found[b], first_in(self.spans[b], min(ways, default=FAR)))
        return found

    def latest(self) -> dict[int, int]:
        """Return the latest start of each job over all ways home from it."""
        found = {}
        for job in self.jobs:
            at = self.latest_end_s - self.drive_s(job, HOME) - self.service_s[job]
            found[job] = last_in(self.spans[job], at)
        for _ in self.jobs:
            for a in self.jobs:
                ways = (found[b] - self.drive_s(a, b) - self.service_s[a] for b in self.jobs if b != a)
                found[a] = max(found[a], last_in(self.spans[a], max(ways, default=-FAR)))
        return found


def windows_of(problem: Problem, job: int) -> Spans:
    """Return when a job's service may start."""
    rows = range(problem.window_ptr[job], problem.window_ptr[job + 1])
    return [(int(problem.window_open[row]), int(problem.window_close[row])) for row in rows]


def first_in(spans: Spans, at: int) -> int:
    """Return the earliest moment of any span not before `at`, `FAR` where there is none."""
    return min((max(at, opens) for opens, closes in spans if at <= closes), default=FAR)


def last_in(spans: Spans, at: int) -> int:
    """Return the latest moment of any span not after `at`, `-FAR` where there is none."""
    return max((min(at, closes) for opens, closes in spans if opens <= at), default=-FAR)


def cut(spans: Spans, first: int, last: int) -> Spans:
    """Return the parts of spans between two moments."""
    return [(max(a, first), min(b, last)) for a, b in spans if max(a, first) <= min(b, last)]
