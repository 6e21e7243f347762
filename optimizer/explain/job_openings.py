"""Where each visit of a job could be put into the routes as they stand, and what else would be in the way."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.openings import (
    BARRED,
    DETOUR,
    EARLIEST,
    LATEST,
    PAIR,
    PLACE,
    SHARED,
)
from optimizer.explain.bench import Bench
from optimizer.explain.placing import COLUMNS, with_nights
from optimizer.explain.ties import Span, Ties, common, windows
from optimizer.problem import FAR, Problem


class RowOpenings(NamedTuple):
    """Where one visit could be put."""

    offers: NDArray[np.int64]
    """(opening, column) see `optimizer.explain.placing`."""
    bars: NDArray[np.int64]
    """(opening,) bits of what is lacking besides time."""
    forbidden: NDArray[np.int64]
    """(opening,) bits of the codes that forbid the shift."""

    def with_room(self, bars: int = 0, forbidden: int = 0, *, but_for: int = 0) -> NDArray[np.int64]:
        """Return the offers that exactly these bars and codes stand against; some codes may be not looked at."""
        codes = self.forbidden & ~np.int64(but_for)
        return np.asarray(self.offers[(self.bars == bars) & (codes == forbidden)])


class JobOpenings:
    """Where the visits of a job could be put; looked at as the bench stands now.

    Parameters
    ----------
    bench : the routes, without the job
    ties : the ties of the plan
    job : row of the job
    people : rows of people's routes
    problem : whose windows and codes count; none: those of the bench
    only : the shifts to look at; none: all
    """

    def __init__(
        self,
        bench: Bench,
        ties: Ties,
        job: int,
        people: NDArray[np.int32],
        *,
        problem: Problem | None = None,
        only: Collection[int] | None = None,
    ) -> None:
        self.ties = ties
        self.job = job
        self.parts = ties.parts(job)
        self._p = problem or bench.problem
        self._only = only
        self.of = {row: self._look(bench, row, people) for rows in self.parts for row in rows}

    def _look(self, bench: Bench, row: int, people: NDArray[np.int32]) -> RowOpenings:
        shifts = people.astype(np.int64)
        if self.ties.is_tool(row):
            shifts = np.flatnonzero(self._p.forbidden[row] == 0).astype(np.int64)
        if self._only is not None:
            shifts = shifts[np.isin(shifts, list(self._only))]
        pairs = np.stack([np.full(len(shifts), row), shifts], axis=1).astype(np.int32)
        found = self._openings(bench, row, pairs)
        found = found[self._in_order(bench, row, shifts[found[:, PAIR]], found[:, PLACE])]
        shift = shifts[found[:, PAIR]]
        offers = np.zeros((len(found), COLUMNS), np.int64)
        columns = (
            shift,
            found[:, PLACE],
            found[:, EARLIEST],
            found[:, LATEST],
            found[:, DETOUR],
            found[:, SHARED],
        )
        for column, values in enumerate(columns):
            offers[:, column] = values
        return RowOpenings(offers, found[:, BARRED].copy(), self._p.forbidden[row, shift].astype(np.int64))

    def _openings(self, bench: Bench, row: int, pairs: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return the openings of a visit; on a trip a later part may come right behind the one before, set up."""
        found = bench.openings(pairs)
        away = np.array([with_nights(self._p, shift) for shift in pairs[:, 1].tolist()], np.bool_)
        if not away.any() or row in self.parts[0]:
            return found
        with bench.set_up(row):
            on_trips = bench.openings(pairs[away])
        on_trips[:, PAIR] = np.flatnonzero(away)[on_trips[:, PAIR]]
        return np.concatenate([found[~away[found[:, PAIR]]], on_trips])

    def _in_order(
        self, bench: Bench, row: int, shift: NDArray[np.int64], place: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Return which places come behind what goes before a visit in the same route, and before what follows it."""
        kept = np.ones(len(place), np.bool_)
        for other, before in self.ties.order(row):
            at = self.ties.shift_of.get(other, -1)
            stops = bench.stops(at) if at >= 0 else []
            if other in stops:
                here = shift == at
                index = stops.index(other)
                kept &= ~here | (place > index if before else place <= index)
        return kept

    def with_room(self, *, but_for: int = 0) -> dict[int, NDArray[np.int64]]:
        """Return where each visit can be put as things are, or but for some codes."""
        return {row: found.with_room(but_for=but_for) for row, found in self.of.items()}

    def spans(
        self, *, own: bool = True, longest: bool = True, without: int = -1
    ) -> dict[int, tuple[Span, ...]]:
        """Return when the lead of each part may start by its windows and the links to served visits.

        Parameters
        ----------
        own : by its windows as well
        longest : keep the longest gaps as well
        without : a job that is left out
        """
        found = {}
        for lead in (rows[0] for rows in self.parts):
            spans = windows(self._p, lead) if own else ((-FAR, FAR),)
            for bound in self.ties.bounds(lead, self.least_s(lead), longest=longest, without=without):
                spans = common(spans, bound.spans)
            found[lead] = spans
        return found

    def least_s(self, row: int) -> int:
        """Return the fewest seconds a visit takes for anybody who may make it, set-up not counted."""
        allowed = np.flatnonzero(self._p.forbidden[row] == 0)
        columns = self._p.service_class[allowed]
        return int(self._p.service_s[row, columns].min(initial=FAR)) if len(allowed) else 0
