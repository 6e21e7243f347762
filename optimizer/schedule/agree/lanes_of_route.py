"""How early and how late one route reaches its visits; a lane counts the rests that are taken by then."""

from typing import NamedTuple

from optimizer.problem import FAR, Problem
from optimizer.schedule.timing import (
    arrive,
    board_by,
    first_start,
    last_rest,
    last_start,
    leave_by,
    rested,
    ridden,
    visit_s,
)

Lanes = list[int]
"""(lane) seconds; `FAR` is never, `-FAR` is not in time."""


class Visit(NamedTuple):
    """Where a visit stands: the row of its shift, and its position in the route from 1."""

    shift: int
    position: int


class LanesOfRoute:
    """The lanes of one route; positions are 0 start place, 1…n jobs, n + 1 end place.

    Parameters
    ----------
    problem : the compiled question
    kernel : the same for kernels, see `by_reference`
    shift : row of the shift
    jobs : job rows in order of service
    """

    def __init__(self, problem: Problem, kernel: Problem, shift: int, jobs: tuple[int, ...]) -> None:
        self._kernel = kernel
        self._shift = shift
        self._nights_on_board = problem.sleeper.size > 0
        self._profile = int(problem.profile[shift])
        self._first_rest = int(problem.rest_ptr[shift])
        self._lanes = int(problem.rest_ptr[shift + 1]) - self._first_rest + 1
        self._start_s = int(problem.start_s[shift])
        self._latest_end_s = int(problem.latest_end_s[shift])
        places = [problem.start_place[shift], *problem.place[list(jobs)], problem.end_place[shift]]
        self._places = [int(place) for place in places]
        self.jobs = jobs
        self.stay_s = [0, *(visit_s(kernel, job, shift, self._places[i]) for i, job in enumerate(jobs)), 0]
        """(position) seconds on site."""

    @property
    def behind(self) -> int:
        """The position of the end place."""
        return len(self.jobs) + 1

    def at_the_start(self) -> Lanes:
        """Return when each lane is ready at the start place."""
        return [self._start_s, *[FAR] * (self._lanes - 1)]

    def at_the_end(self) -> Lanes:
        """Return when each lane has to be at the end place: what it still owes of rests is taken there."""
        return self._rests_before([-FAR] * (self._lanes - 1) + [self._latest_end_s])

    def forward(self, position: int, ready: Lanes, to: int) -> Lanes:
        """Return the earliest moment at which each lane can begin at a later position.

        Parameters
        ----------
        position : where the walk begins
        ready : when each lane is free to leave there
        to : where it ends; the visits between begin as early as they may
        """
        for there in range(position + 1, to + 1):
            ready = self._rests_after(ready)
            here_place, there_place = self._places[there - 1], self._places[there]
            asleep = self._rides(here_place, there_place, ready)
            ready = [arrive(self._kernel, self._profile, here_place, there_place, at) for at in ready]
            ready = [min(one) for one in zip(ready, asleep, strict=True)]
            ready = self._rests_after(ready)
            if there < to:
                job = self.jobs[there - 1]
                begin = [first_start(self._kernel, job, at) if at < FAR else FAR for at in ready]
                ready = [at + self.stay_s[there] if at < FAR else FAR for at in begin]
        return ready

    def backward(self, position: int, due: Lanes, to: int) -> Lanes:
        """Return the latest moment at which each lane may begin at an earlier position, its windows not looked at.

        Parameters
        ----------
        position : where the walk begins
        due : when each lane has to be there
        to : where it ends
        """
        for here in range(position - 1, to - 1, -1):
            here_place, there_place = self._places[here], self._places[here + 1]
            asleep = self._boards(here_place, there_place, due)
            due = [leave_by(self._kernel, self._profile, here_place, there_place, at) for at in due]
            due = [max(one) for one in zip(due, asleep, strict=True)]
            due = self._rests_before(due)
            due = [max(at - self.stay_s[here], -FAR) for at in due]
            if here > to:
                job = self.jobs[here - 1]
                due = self._rests_before([last_start(self._kernel, job, at) for at in due])
        return due

    def before_begin(self, begin: Lanes) -> Lanes:
        """Return when each lane has to be at a place where it may rest before it begins."""
        return self._rests_before(begin)

    def _rides(self, here: int, there: int, ready: Lanes) -> Lanes:
        """Let each lane ride through the next night."""
        found = [FAR] * self._lanes
        for lane in range(1, self._lanes if self._nights_on_board else 1):
            if ready[lane - 1] < FAR:
                rest = self._first_rest + lane - 1
                found[lane] = ridden(self._kernel, self._shift, rest, here, there, ready[lane - 1])
        return found

    def _boards(self, here: int, there: int, due: Lanes) -> Lanes:
        """Let each lane ride through the next night, just in time."""
        found = [-FAR] * self._lanes
        for lane in range(self._lanes - 1 if self._nights_on_board else 0):
            if due[lane + 1] > -FAR:
                rest = self._first_rest + lane
                found[lane] = board_by(self._kernel, self._shift, rest, here, there, due[lane + 1])
        return found

    def _rests_after(self, ready: Lanes) -> Lanes:
        """Let each lane take the next rests where it is."""
        found = list(ready)
        for lane in range(1, self._lanes):
            if found[lane - 1] < FAR:
                done = rested(self._kernel, self._first_rest + lane - 1, found[lane - 1])
                found[lane] = min(found[lane], done)
        return found

    def _rests_before(self, due: Lanes) -> Lanes:
        """Let each lane take the next rests where it is, just in time."""
        found = list(due)
        for lane in range(self._lanes - 2, -1, -1):
            if found[lane + 1] > -FAR:
                begin = last_rest(self._kernel, self._first_rest + lane, found[lane + 1])
                found[lane] = max(found[lane], begin)
        return found
