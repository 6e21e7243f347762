"""When tied visits start: as early as the orders and the places of the rests in a solution allow.

The solver may start a crew at any time that costs no more. Here all times are raised from the earliest ones until
nothing is too early, so they are the least that these routes have; prices never fall with time.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from optimizer.engines.exact.reach import Leg, first_in, windows_of
from optimizer.errors import BrokenPlan
from optimizer.problem import APART, BEFORE, FAR, UNLIMITED, Problem


class Halt(NamedTuple):
    """A drive of a route with the rests on either side of it, and the visit at its end."""

    before: tuple[int, ...]
    """Rows of the rests that are taken before leaving."""
    leg: Leg
    after: tuple[int, ...]
    """Rows of those that are taken on arrival."""
    visit: int
    """Row of the visit."""


class Trip(NamedTuple):
    """A route up to its last visit."""

    shift: int
    start_s: int
    halts: tuple[Halt, ...]


def agreed_times(
    problem: Problem, trips: Sequence[Trip], begins: Mapping[int, int]
) -> tuple[tuple[int, int], ...]:
    """Return when tied visits start at the earliest, as `Routes.agreed` has it.

    Parameters
    ----------
    problem : the compiled question
    trips : the routes of a solution
    begins : lead that is served and tied in time → a start that is possible, maybe later than need be

    Raises
    ------
    BrokenPlan
        When these starts are not possible: the model is wrong.
    """
    return tuple(sorted(_Times(problem, trips, begins).least().items()))


class _Times:
    """The least starts so far."""

    def __init__(self, problem: Problem, trips: Sequence[Trip], begins: Mapping[int, int]) -> None:
        self._problem = problem
        self._trips = trips
        self._lead: list[int] = problem.lead.tolist()
        self._possible = begins
        self._least = dict.fromkeys(begins, 0)
        self._shift = {halt.visit: trip.shift for trip in trips for halt in trip.halts}
        self._stay_s = {halt.visit: halt.leg.stay_s for trip in trips for halt in trip.halts}
        self._gaps = [gap for link in range(len(problem.link_from)) for gap in self._gaps_of(link, begins)]

    def _gaps_of(self, link: int, begins: Mapping[int, int]) -> list[tuple[int, int, int]]:
        """Return what a link asks of starts: (visit, other, seconds), the other not before so long after the visit."""
        p = self._problem
        first, second = int(p.link_from[link]), int(p.link_to[link])
        if first not in begins or second not in begins:
            return []
        if p.link_order[link] == APART:
            if begins[second] < begins[first]:
                first, second = second, first
            return [(first, second, self._stay_s[first])]
        if p.link_order[link] != BEFORE:
            return []
        if p.link_next_day[link]:
            self._raise(second, int(p.next_day_s[self._shift[first]]))
        took = self._stay_s[first] if p.link_on_end[link] else 0
        found = [(first, second, took + int(p.link_least[link]))]
        if p.link_most[link] < UNLIMITED:
            found.append((second, first, -took - int(p.link_most[link])))
        return found

    def least(self) -> dict[int, int]:
        """Return the least starts."""
        now: dict[int, int] = {}
        while now != self._least:
            now = dict(self._least)
            for trip in self._trips:
                self._follow(trip)
            for visit, other, seconds in self._gaps:
                self._raise(other, self._least[visit] + seconds)
        return now

    def _follow(self, trip: Trip) -> None:
        """Walk along a route; whoever comes later than the crew was to start puts its start off."""
        at = trip.start_s
        for halt in trip.halts:
            at = self._rested(halt.after, self._rested(halt.before, at) + halt.leg.drive_s)
            lead = self._lead[halt.visit]
            at = first_in(windows_of(self._problem, lead), max(at, self._least.get(lead, at)))
            if lead in self._least:
                self._raise(lead, at)
            at += halt.leg.stay_s

    def _rested(self, rests: Sequence[int], at: int) -> int:
        p = self._problem
        for rest in rests:
            rows = range(p.rest_window_ptr[rest], p.rest_window_ptr[rest + 1])
            at = first_in([(int(p.rest_open[row]), int(p.rest_close[row])) for row in rows], at)
            at = min(FAR, at + int(p.rest_s[rest]))
        return at

    def _raise(self, lead: int, at: int) -> None:
        if at > self._possible[lead]:
            raise BrokenPlan(
                (f"exact: visit {lead} cannot start at {self._possible[lead]}, but from {at} on.",)
            )
        self._least[lead] = max(self._least[lead], at)
