"""Ways to put all visits of a job into routes: who takes which place in the crew, where in the day, from when.

The openings of each visit are those of its route alone (see `optimizer.explain.untied`), so what is found here has
to be timed with the ties before it is called possible; what is not found here is impossible, all other stops kept with
their technicians and in their order.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.explain.ties import ALWAYS, Span, Ties, common
from optimizer.problem import A_TOOL, FAR, Problem
from optimizer.schedule.timing import next_day

SHIFT, POS, LO, HI, CENTS, EXTRA, COLUMNS = 0, 1, 2, 3, 4, 5, 6
"""Columns of offers: shift, how many stops come before, earliest and latest start, cents by the drives, and cents by
what shifts share."""
FREE, FREE_TOOL = -1, -2
"""The shifts of somebody, and of a tool, who are not there yet: free at any time; a person has all that is needed."""
MOST_TRIED, LEAST_TRIED = 20_000, 100
"""So many visits are put somewhere on trial at most in looking for one job, and at least so many at one moment."""

Offers = Mapping[int, NDArray[np.int64]]
"""Visit row → where it could be put."""


class Put(NamedTuple):
    """A visit put into a route."""

    row: int
    shift: int
    pos: int
    """How many stops come before it."""


class Placement(NamedTuple):
    """All visits of a job put into routes, the cheapest first when sorted."""

    cents: int
    """What it adds by the drives, and by what shifts share."""
    extra: int
    """The part of it that they share."""
    puts: tuple[Put, ...]
    starts: tuple[tuple[int, int], ...]
    """(lead row, second): the earliest common start of each part."""


class Placing:
    """Looks for ways to put a job into routes.

    Parameters
    ----------
    ties : the ties of the plan
    parts : the visits of each part, its lead first
    offers : where each visit could be put
    spans : lead row → when it may start by its windows and links; not named: any time
    most_each : placements found at most for each place of the lead and moment
    every_place : try every place in the order of stops, where any will do otherwise
    every_day : try every day for later parts, where the earliest one will do otherwise
    like : the shift whose crew and things along a free one has; none: it goes with everybody who is in no standing
        crew and brings all that is needed
    covered : whether the crew must have between them what it needs
    """

    def __init__(
        self,
        ties: Ties,
        parts: Sequence[Sequence[int]],
        offers: Offers,
        spans: Mapping[int, Sequence[Span]],
        *,
        most_each: int = 1,
        every_place: bool = False,
        every_day: bool = False,
        like: int | None = None,
        covered: bool = True,
    ) -> None:
        self._p: Problem = ties.problem
        self._ties = ties
        self._parts = parts
        self._offers = offers
        self._spans = spans
        self._most_each = most_each
        self._every_place = every_place
        self._every_day = every_day
        self._like = like
        self._covered_too = covered
        self.tried = 0
        """Visits put somewhere on trial so far."""
        self.gave_up = False
        """Whether more could have been tried."""

    def first(self) -> Placement | None:
        """Return any way, none where none was found."""
        return next(self._all(), None)

    def possible(self) -> bool:
        """Tell whether there may be a way: one was found, or too many were tried to be sure that there is none."""
        return self.first() is not None or self.gave_up

    def sorted(self) -> list[Placement]:
        """Return the ways found, the cheapest first."""
        return sorted(set(self._all()))

    def _all(self) -> Iterator[Placement]:
        for one in self._part(0, {}, frozenset(), -FAR):
            yield from self._with_later(0, one)

    def _with_later(self, number: int, found: Placement) -> Iterator[Placement]:
        """Yield a way for the first parts with one for the later parts, by the same people."""
        if number + 1 == len(self._parts):
            yield found
            return
        puts = {put.row: put for put in found.puts}
        here, following = self._parts[number], self._parts[number + 1]
        same = {again: int(self._p.person[puts[row].shift]) for row, again in zip(here, following, strict=False)
                if row in puts and puts[row].shift >= 0 and not self._ties.is_tool(row)}  # fmt: skip
        lead = puts[here[0]].shift
        opens = next_day(self._ties.kernel, lead, dict(found.starts)[here[0]]) if lead >= 0 else -FAR
        # A night's shift goes on when the next day has begun, but two days' work fits into a trip only.
        taken = frozenset(
            put.shift for put in found.puts if put.shift >= 0 and not with_nights(self._p, put.shift)
        )
        for later in self._part(number + 1, same, taken, opens):
            whole = Placement(
                found.cents + later.cents,
                found.extra + later.extra,
                found.puts + later.puts,
                found.starts + later.starts,
            )
            ways = list(self._with_later(number + 1, whole))
            if ways:
                yield from ways
                if not self._every_day:
                    return  # the same people: an earlier day leaves at least as much to the days after it

    def _part(
        self, number: int, same: Mapping[int, int], taken: frozenset[int], opens: int
    ) -> Iterator[Placement]:
        """Yield ways to put one part, in order of time: at each moment at which most are free together."""
        rows = self._parts[number]
        lead = rows[0]
        spans = common(self._spans.get(lead, (ALWAYS,)), ((opens, FAR),))
        offers = {row: self._in_time(row, same, taken, spans) for row in rows}
        if any(len(found) == 0 for found in offers.values()):
            return
        moments = _moments(list(offers.values()), spans)
        for moment in moments:
            until = self.tried + max(LEAST_TRIED, MOST_TRIED // len(moments))  # each moment has its share
            then = {row: (found[:, LO] <= moment) & (found[:, HI] >= moment) for row, found in offers.items()}
            if not all(free.any() for free in then.values()):
                continue
            there = {row: self._cheapest(offers[row][free]) for row, free in then.items()}
            for choice in there[lead]:
                for known, chosen in enumerate(self._crew(rows, [choice], there), start=1):
                    yield _placed(rows, chosen, moment, spans)
                    if known >= self._most_each or self.tried > until:
                        break
                if self.tried > until:
                    self.gave_up = True
                    break

    def _in_time(
        self, row: int, same: Mapping[int, int], taken: frozenset[int], spans: Sequence[Span]
    ) -> NDArray[np.int64]:
        """Return the offers of a visit that begin in the spans, those of a certain person where it is given.

        The cheapest come first.
        """
        found = self._offers[row]
        found = found[~np.isin(found[:, SHIFT], list(taken))] if taken else found
        if row in same:
            found = found[(found[:, SHIFT] >= 0) & (self._p.person[found[:, SHIFT]] == same[row])]
        inside = np.zeros(len(found), np.bool_)
        for opens, closes in spans:
            inside |= (found[:, LO] <= closes) & (found[:, HI] >= opens)
        found = found[inside]
        return found[np.lexsort((found[:, LO], found[:, POS], found[:, SHIFT], found[:, CENTS]))]

    def _cheapest(self, there: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the first offer of each shift, or of each of its places, in order."""
        same = there[:, SHIFT] * (1 << 20) + (there[:, POS] if self._every_place else 0)
        _, first = np.unique(same, return_index=True)
        return np.asarray(there[np.sort(first)])

    def _crew(
        self,
        rows: Sequence[int],
        chosen: list[NDArray[np.int64]],
        there: Mapping[int, NDArray[np.int64]],
    ) -> Iterator[list[NDArray[np.int64]]]:
        """Yield the choices for the rest of a crew whose first members are chosen."""
        self.tried += 1
        if len(chosen) == len(rows):
            if not self._covered_too or self._covered(rows[0], chosen):
                yield list(chosen)
            return
        for one in there[rows[len(chosen)]]:
            if self.tried > 2 * MOST_TRIED:
                self.gave_up = True
                return
            if self._go_together(chosen, one):
                yield from self._crew(rows, [*chosen, one], there)

    def _go_together(self, chosen: Sequence[NDArray[np.int64]], one: NDArray[np.int64]) -> bool:
        shift = int(one[SHIFT])
        if shift >= 0 and any(
            other[SHIFT] >= 0 and self._p.person[shift] == self._p.person[other[SHIFT]] for other in chosen
        ):
            return False
        mine = self._standing(shift)
        theirs = {self._standing(int(other[SHIFT])) for other in chosen} - {A_TOOL}
        return mine == A_TOOL or not theirs or theirs == {mine}

    def _standing(self, shift: int) -> int:
        if shift == FREE_TOOL:
            return A_TOOL
        if shift == FREE:
            return -1 if self._like is None else int(self._p.standing[self._like])
        return int(self._p.standing[shift])

    def _covered(self, lead: int, chosen: Sequence[NDArray[np.int64]]) -> bool:
        row = int(self._p.cover_row[lead])
        bits = 0
        for shift in (int(one[SHIFT]) for one in chosen):
            if row < 0 or (shift == FREE and self._like is None):
                return True
            if shift != FREE_TOOL:
                bits |= int(self._p.cover[row, self._like if shift == FREE else shift])
        return bits == int(self._p.cover_all[row])


def with_nights(p: Problem, shift: int) -> bool:
    """Tell whether a shift is a trip with a night away."""
    return bool(p.night[p.rest_ptr[shift] : p.rest_ptr[shift + 1]].any())


def with_puts(route: Sequence[int], puts: Sequence[Put]) -> tuple[int, ...]:
    """Return the stops of a shift with visits put among them; of two at one place the later part comes second.

    Parameters
    ----------
    route : the stops so far
    puts : visits put into this shift, in order of parts
    """
    stops = list(route)
    for number, put in enumerate(puts):
        stops.insert(put.pos + sum(before.pos <= put.pos for before in puts[:number]), put.row)
    return tuple(stops)


def _placed(
    rows: Sequence[int], chosen: Sequence[NDArray[np.int64]], moment: int, spans: Sequence[Span]
) -> Placement:
    """Return the choices for a crew that are all free at a moment, from when they first are."""
    opens = next(a for a, b in spans if a <= moment <= b)
    starts = max(opens, *(int(one[LO]) for one in chosen))
    extra = sum(int(one[EXTRA]) for one in chosen)
    puts = tuple(Put(row, int(one[SHIFT]), int(one[POS])) for row, one in zip(rows, chosen, strict=True))
    return Placement(extra + sum(int(one[CENTS]) for one in chosen), extra, puts, ((rows[0], starts),))


def offer(shift: int, spans: Sequence[Span]) -> NDArray[np.int64]:
    """Return the offers of a shift that is free in some spans, at no price."""
    return np.array([(shift, 0, opens, closes, 0, 0) for opens, closes in spans], np.int64).reshape(
        -1, COLUMNS
    )


def _moments(offers: Sequence[NDArray[np.int64]], spans: Sequence[Span]) -> list[int]:
    """Return the moments to look at: at any other one nobody is free who is not free at one of these as well."""
    opens = {int(lo) for found in offers for lo in found[:, LO]} | {int(a) for a, _ in spans}
    closes = np.unique(
        np.concatenate([*(found[:, HI] for found in offers), np.array([b for _, b in spans], np.int64)])
    )
    inside = sorted(one for one in opens if any(a <= one <= b for a, b in spans))
    found = []
    for one, following in zip(inside, [*inside[1:], FAR + 1], strict=True):
        # Nobody leaves before the next one comes: then the next moment has everybody.
        at = int(np.searchsorted(closes, one))
        if at < len(closes) and closes[at] < following:
            found.append(one)
    return found
