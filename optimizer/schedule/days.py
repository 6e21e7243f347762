"""Cuts the times of a route into days: a trip has several, everything else has one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from optimizer.problem import Problem
from optimizer.schedule.lanes import RouteTimes


class Way(NamedTuple):
    """One drive of a route; staying where one is, is a way too."""

    here: int
    """Place row."""
    there: int
    """Place row."""
    leave_s: int
    reach_s: int
    ridden: bool = False
    """The night is spent on board."""


@dataclass
class Day:
    """What of a route lies on one day."""

    number: int
    """Which day of the route, from 0."""
    ways: list[Way] = field(default_factory=list)
    """The drive to each stop, then the last one."""
    stops: list[int] = field(default_factory=list)
    """Indices of the stops in the route."""
    rests: list[int] = field(default_factory=list)
    """Indices of the rests among the route's, nights not included."""
    away: bool = False
    """The night after it is away."""


def days_of(
    problem: Problem, shift: int, stops: Sequence[int], times: RouteTimes, begins_s: Sequence[int]
) -> list[Day]:
    """Return the days of a route on which something is done or somebody is away.

    Parameters
    ----------
    problem : the compiled question
    shift : row of the shift or trip
    stops : job rows in order of service
    times : its times
    begins_s : when each of its days begins, in seconds
    """
    return _Cut(problem, shift, stops, times, begins_s).days()


class _Cut:
    """One walk along a route."""

    def __init__(
        self, problem: Problem, shift: int, stops: Sequence[int], times: RouteTimes, begins_s: Sequence[int]
    ) -> None:
        self._p = problem
        self._times = times
        self._begins_s = begins_s
        self._first_rest = int(problem.rest_ptr[shift])
        self._places = [
            int(place)
            for place in (
                problem.start_place[shift],
                *(problem.place[job] for job in stops),
                problem.end_place[shift],
            )
        ]
        self._days = [Day(0)]
        self._rest = 0
        self._free_s = int(times.leave[0])

    def days(self) -> list[Day]:
        last = len(self._places) - 2
        for index, (here, there) in enumerate(pairwise(self._places)):
            leave_s, reach_s = int(self._times.leave[index]), int(self._times.arrive[index])
            self._rests_until(leave_s, here)
            way = Way(here, there, leave_s, reach_s, self._asleep(reach_s))
            days = len(self._days)
            self._free_s = reach_s
            self._rests_until(int(self._times.start[index]) if index < last else None, there, way)
            if len(self._days) > days:  # slept at the place: the way was yesterday's
                begins_s = self._begins_s[self._days[-1].number]
                way = Way(there, there, begins_s, begins_s)
            self._days[-1].ways.append(way)
            if index < last:
                self._days[-1].stops.append(index)
                self._free_s = int(self._times.end[index])
        return [
            day
            for number, day in enumerate(self._days)
            if day.stops
            or day.away
            or day.ways[-1].here != day.ways[-1].there
            or (number and self._days[number - 1].away)  # back in the morning
        ]

    def _asleep(self, reach_s: int) -> bool:
        """Tell whether the next rest is on the way: it is not over at leaving, and begins before reaching."""
        return self._rest < len(self._times.rest_begin) and int(self._times.rest_begin[self._rest]) < reach_s

    def _rests_until(self, at_s: int | None, place: int, way: Way | None = None) -> None:
        """Take the rests that are over by a moment, at a place; a night ends the day with the way there, if any."""
        while self._rest < len(self._times.rest_begin):
            row = self._first_rest + self._rest
            end_s = int(self._times.rest_begin[self._rest] + self._p.rest_s[row])
            if at_s is not None and end_s > at_s:
                return
            if self._p.night.size and self._p.night[row]:
                today = self._days[-1]
                today.ways.append(way or Way(place, place, self._free_s, self._free_s))
                on_board = way is not None and way.ridden
                today.away = on_board or place not in (self._places[0], self._places[-1])
                self._days.append(Day(today.number + 1))
                self._free_s, way = self._begins_s[today.number + 1], None
            else:
                self._days[-1].rests.append(self._rest)
            self._rest += 1
