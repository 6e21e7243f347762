"""All ways one shift may go on its own, and when it is where on each of them while others make it wait."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from typing import NamedTuple

from optimizer.problem import Problem
from tests.oracle.next_days import evenings
from tests.oracle.timing import Twin, first_in

Rests = tuple[tuple[int, int, int], ...]
"""For every drive of a route how many rests are taken just before it, on board (0 or 1) and just after it."""
Reached = dict[tuple[int, int, int], int]
"""Least cents by rests taken, time, and seconds ridden asleep."""


class Way(NamedTuple):
    """One way of a shift: an order of visits and a place for every rest."""

    shift: int
    order: tuple[int, ...]
    rests: Rests
    cents: int
    """What it owes where nobody makes it wait."""
    work_s: int


class Passage(NamedTuple):
    """When somebody is where on a way."""

    start: tuple[int, ...]
    end: tuple[int, ...]
    cents: int


class Ways:
    """The ways of one shift of a problem without congestion.

    Parameters
    ----------
    problem : the compiled question
    twin : the same in plain lists
    shift : row of the shift
    """

    def __init__(self, problem: Problem, twin: Twin, shift: int) -> None:
        self._twin = twin
        self._shift = shift
        self._lead: list[int] = problem.lead.tolist()
        self._delivery: list[list[int]] = problem.delivery.tolist()
        self._pickup: list[list[int]] = problem.pickup.tolist()
        self._capacity: list[int] = problem.capacity[shift].tolist()
        self._able = [row for row in range(len(self._lead)) if not problem.forbidden[row, shift]]
        self._strangers = _never_together(problem, shift)
        self._orders: dict[frozenset[int], list[tuple[int, ...]]] = {}
        self._ways: dict[tuple[frozenset[int], bool], list[Way]] = {}
        self.least: dict[frozenset[int], int] = {frozenset(): 0}
        """Visits → the fewest cents of any way that makes them, and maybe more; without those that no way makes."""
        if twin.start_s[shift] <= twin.latest_end_s[shift]:
            self._walk((), {(0, twin.start_s[shift], 0): 0}, 0)

    def _walk(self, order: tuple[int, ...], reached: Reached, work_s: int) -> None:
        """Note the order if it can end here, and walk on."""
        self._note(order, reached, work_s)
        if len(order) == self._twin.max_jobs[self._shift]:
            return
        here = self._twin.places(self._shift, order)[-2]
        for row in self._able:
            longer = (*order, row)
            if any(self._strange(row, other) for other in order) or not self._loads_fit(longer):
                continue
            there = self._twin.place[row]
            stay_s = self._twin.stay(row, self._shift, here)
            drive_s, leg_cents = self._twin.travel[self._twin.profile[self._shift]][here][there]
            onward: Reached = {}
            for (taken, at, asleep_s), cents in reached.items():
                for step in self._twin.steps(self._shift, here, there, at, taken):
                    start = first_in(self._twin.windows[self._lead[row]], step.ready)
                    if start is not None:
                        end = start + stay_s
                        key = taken + len(step.rests), end, asleep_s + (drive_s if step.during else 0)
                        owed = cents + leg_cents + step.nights + self._twin.lateness(row, start, end)
                        onward[key] = min(onward.get(key, owed), owed)
            if onward:
                self._walk(longer, _best(onward), work_s + stay_s + drive_s)

    def _strange(self, row: int, other: int) -> bool:
        """Tell whether two visits are never in one route: two of one crew, or the parts of a job on two days."""
        return row == other or self._lead[row] == self._lead[other] or (row, other) in self._strangers

    def _loads_fit(self, order: tuple[int, ...]) -> bool:
        for dimension, most in enumerate(self._capacity):
            load = sum(self._delivery[row][dimension] for row in order)
            if load > most:
                return False
            for row in order:
                load += self._pickup[row][dimension] - self._delivery[row][dimension]
                if load > most:
                    return False
        return True

    def _note(self, order: tuple[int, ...], reached: Reached, work_s: int) -> None:
        twin, shift = self._twin, self._shift
        here, home = twin.places(shift, order)[-2:]
        drive_s, leg_cents = twin.travel[twin.profile[shift]][here][home]
        driven_s = (
            work_s
            + drive_s
            - sum(
                twin.stay(row, shift, place)
                for row, place in zip(order, twin.places(shift, order), strict=False)
            )
        )
        if not order:
            return
        too_long_s = max(
            driven_s - twin.max_travel_s[shift],
            work_s + drive_s - twin.max_work_s[shift],
        )
        owed = [
            cents + leg_cents + step.nights + twin.overtime(shift, step.arrive) + twin.use_cents[shift]
            for (taken, at, asleep_s), cents in reached.items()
            for step in twin.steps(shift, here, home, at, taken)
            if taken + len(step.rests) == len(twin.rests[shift])
            and step.ready <= twin.latest_end_s[shift]
            and too_long_s <= asleep_s + (drive_s if step.during else 0)
        ]
        if owed:
            self._orders.setdefault(frozenset(order), []).append(order)
            for count in range(1, len(order) + 1):
                for some in combinations(order, count):
                    visits = frozenset(some)
                    self.least[visits] = min(self.least.get(visits, min(owed)), min(owed))

    def of(self, visits: frozenset[int], *, every: bool) -> list[Way]:
        """Return the ways that make these visits, cheapest first.

        Parameters
        ----------
        visits : rows, at least one
        every : with every place for the rests, else only with one of the cheapest for each order
        """
        key = visits, every
        if key not in self._ways:
            found = []
            for order in self._orders.get(visits, []):
                ways = sorted(self._rested(order), key=lambda way: way.cents)
                found += ways if every else ways[:1]
            self._ways[key] = sorted(found, key=lambda way: way.cents)
        return self._ways[key]

    def _rested(self, order: tuple[int, ...]) -> Iterator[Way]:
        """Yield the ways of an order with every place for its rests."""
        twin, shift = self._twin, self._shift
        places = twin.places(shift, order)
        on_site_s = sum(twin.stay(row, shift, place) for row, place in zip(order, places, strict=False))
        drives_s = [twin.travel[twin.profile[shift]][a][b][0] for a, b in pairwise(places)]
        count = len(twin.rests[shift])
        most = (count, 1 if twin.sleepers else 0, count)
        for rests in _splits(count, most * len(drives_s)):
            of_legs = tuple(zip(rests[::3], rests[1::3], rests[2::3], strict=True))
            driven_s = sum(
                drive_s for drive_s, (_, on_board, _) in zip(drives_s, of_legs, strict=True) if not on_board
            )
            way = Way(shift, order, of_legs, 0, on_site_s + driven_s)
            passage = self.passage(way, {})
            kept = driven_s <= twin.max_travel_s[shift] and way.work_s <= twin.max_work_s[shift]
            if passage is not None and kept:
                yield way._replace(cents=passage.cents)

    def passage(self, way: Way, not_before: Mapping[int, int]) -> Passage | None:
        """Return when the visits of a way are made at the earliest, None where that is too late.

        Parameters
        ----------
        way : one of this shift
        not_before : lead → no visit of its crew starts earlier
        """
        twin, shift = self._twin, self._shift
        places = twin.places(shift, way.order)
        cents, at, taken = twin.use_cents[shift], twin.start_s[shift], 0
        starts: list[int] = []
        ends: list[int] = []
        for leg, (before, on_board, after) in enumerate(way.rests):
            drive_s, leg_cents = twin.travel[twin.profile[shift]][places[leg]][places[leg + 1]]
            leave = self._after_rests(taken, before, at)
            if leave is None:
                return None
            owed = twin.rests[shift][taken:]
            arrive: int | None = leave + drive_s
            if on_board:
                if not twin.can_ride(shift, owed[before], places[leg], places[leg + 1]):
                    return None
                arrive = self._after_rests(taken + before, 1, leave)
                cents += twin.transit_cents
            if arrive is None:
                return None
            ready = self._after_rests(taken + before + on_board, after, arrive)
            if ready is None:
                return None
            cents += twin.nights(shift, owed[:before], places[leg])
            cents += twin.nights(shift, owed[before + on_board :][:after], places[leg + 1])
            taken += before + on_board + after
            cents += leg_cents
            if leg == len(way.order):
                if ready > twin.latest_end_s[shift]:
                    return None
                return Passage(tuple(starts), tuple(ends), cents + twin.overtime(shift, arrive))
            row = way.order[leg]
            lead = self._lead[row]
            start = first_in(twin.windows[lead], max(ready, not_before.get(lead, ready)))
            if start is None:
                return None
            at = start + twin.stay(row, shift, places[leg])
            cents += twin.lateness(row, start, at)
            starts.append(start)
            ends.append(at)
        return None

    def _after_rests(self, taken: int, count: int, at: int) -> int | None:
        """Return when so many more rests are over."""
        for rest in self._twin.rests[self._shift][taken : taken + count]:
            begin = first_in(self._twin.rest_windows[rest], at)
            if begin is None:
                return None
            at = begin + self._twin.rest_s[rest]
        return at


def _never_together(problem: Problem, shift: int) -> set[tuple[int, int]]:
    """Return the pairs of leads that are not both in this shift, since one comes on a day after it."""
    if evenings(problem, shift)[0].next_day_s <= problem.latest_end_s[shift]:
        return set()
    rows = problem.link_next_day.nonzero()[0]
    pairs = {(int(problem.link_from[row]), int(problem.link_to[row])) for row in rows}
    return pairs | {(b, a) for a, b in pairs}


def _best(reached: Reached) -> Reached:
    """Return the states that are earlier or cheaper than all others with as many rests taken and as long asleep."""
    found: Reached = {}
    least: dict[tuple[int, int], int] = {}
    for (taken, at, asleep_s), cents in sorted(reached.items()):
        if cents < least.get((taken, asleep_s), cents + 1):
            found[taken, at, asleep_s] = least[taken, asleep_s] = cents
    return found


def _splits(count: int, most: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield all ways to put so many things into places that hold so many at most."""
    if not most:
        if not count:
            yield ()
        return
    for here in range(min(count, most[0]) + 1):
        for others in _splits(count - here, most[1:]):
            yield (here, *others)
