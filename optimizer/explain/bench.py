"""A workbench for routes: what jobs cost or lack where, with some jobs taken out, at other times, in longer days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.anneal import go_back, label_all
from optimizer.engines.lns.obstacle import COLUMNS, examine, take_out
from optimizer.engines.lns.openings import OPENING, openings
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.state import CENTS, LEFT_CENTS
from optimizer.engines.lns.tables import bare_tables
from optimizer.errors import BrokenPlan
from optimizer.explain.patches import shown
from optimizer.explain.ties import Ties
from optimizer.explain.trial import Trial
from optimizer.problem import FAR, Problem, Routes
from optimizer.schedule.reference import by_reference

Spans = Sequence[tuple[int, int]]


class Gap(NamedTuple):
    """What taking jobs out of their routes changes."""

    cents: int
    """What the bill changes by, the price of leaving them out included."""
    unsound: frozenset[int]
    """Shifts whose routes are not feasible without them, unless something else is put in."""


class Tied(NamedTuple):
    """What ties the routes on a bench, where anything does."""

    ties: Ties
    """The ties of the plan's jobs."""
    trial: Trial
    """Times changes with all ties."""


class Bench:
    """Routes laid out for trying things; whatever is tried, they are as before afterwards.

    Parameters
    ----------
    problem : the compiled question, without ties
    routes : feasible routes of it
    rests : the most rests a shift has in any variant of the problem that will be looked at
    tied : the ties that were cut
    """

    def __init__(self, problem: Problem, routes: Routes, *, rests: int = 0, tied: Tied | None = None) -> None:
        self.routes = routes
        self.tied = tied
        self.longest = max((len(stops) for stops in routes.stops), default=0) + 1
        tables = bare_tables(problem)
        tables = tables._replace(longest=self.longest, lanes=max(tables.lanes, rests + 1))
        self._lanes = tables.lanes
        self._open, self._close = problem.window_open.copy(), problem.window_close.copy()
        self._setup_s = problem.setup_s.copy()
        self.problem = problem._replace(
            window_open=shown(self._open), window_close=shown(self._close), setup_s=shown(self._setup_s)
        )
        self._search = Search(self.problem, tables, 0)
        self._search.load(routes)
        self._problem, self._tables, self._state = self._search.kernel
        if self._search.state.now.length.tolist() != [len(stops) for stops in routes.stops]:
            raise BrokenPlan(("Some routes to be explained are not feasible.",))

    def stops(self, shift: int) -> list[int]:
        """Return the stops of a shift as they stand now."""
        now = self._search.state.now
        rows: list[int] = now.jobs[shift, : now.length[shift]].tolist()
        return rows

    @property
    def with_ties(self) -> Problem:
        """The question with its ties and all windows as they are."""
        return self.problem if self.tied is None else self.tied.ties.problem

    def examine(self, pairs: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return what is lacking for each (job, shift), see `optimizer.engines.lns.obstacle.examine`.

        Parameters
        ----------
        pairs : (row, 2) left-out jobs and shifts, or (row, 4) with the first and last place to look at
        """
        rows = np.zeros((len(pairs), 4), np.int32)
        rows[:, 3] = FAR
        rows[:, : pairs.shape[1]] = pairs
        found = np.zeros((len(rows), COLUMNS), np.int64)
        examine(self._problem, self._tables, self._state, rows, found)
        return found

    def openings(self, pairs: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return from when to when each visit could begin in each shift, see `optimizer.engines.lns.openings`.

        Parameters
        ----------
        pairs : (row, 2) visits that stand in no route, and shifts
        """
        lengths = self._search.state.now.length[pairs[:, 1]].astype(np.int64)
        found = np.zeros((int(((lengths + 2) * self._lanes).sum()), OPENING), np.int64)
        return found[: openings(self._problem, self._tables, self._state, pairs, found)]

    @contextmanager
    def set_up(self, row: int) -> Iterator[None]:
        """Let a visit find its place set up for a while."""
        before = self._setup_s[row].copy()
        self._setup_s[row] = 0
        try:
            yield
        finally:
            self._setup_s[row] = before

    @contextmanager
    def without(self, jobs: Iterable[int]) -> Iterator[Gap]:
        """Take served jobs out of their routes for a while."""
        state = self._search.state
        before = int(state.total[CENTS] + state.total[LEFT_CENTS])
        unsound = np.zeros(len(self.routes.stops), np.bool_)
        take_out(self._problem, self._tables, self._state, np.array(list(jobs), np.int32), unsound)
        try:
            after = int(state.total[CENTS] + state.total[LEFT_CENTS])
            yield Gap(after - before, frozenset(np.flatnonzero(unsound).tolist()))
        finally:
            go_back(self._problem, self._tables, self._state)

    @contextmanager
    def starting(self, spans: Mapping[int, Spans]) -> Iterator[None]:
        """Let left-out jobs start inside these spans alone; no more spans a job than it has windows."""
        ptr = self.problem.window_ptr
        kept = {job: slice(int(ptr[job]), int(ptr[job + 1])) for job in spans}
        copies = {job: (self._open[rows].copy(), self._close[rows].copy()) for job, rows in kept.items()}
        for job, rows in kept.items():
            many = rows.stop - rows.start
            said = [*spans[job], *[(FAR, -1)] * many][:many]  # a window that is never open
            self._open[rows] = [opens for opens, _ in said]
            self._close[rows] = [closes for _, closes in said]
        try:
            yield
        finally:
            for job, rows in kept.items():
                self._open[rows], self._close[rows] = copies[job]

    @contextmanager
    def under(self, problem: Problem) -> Iterator[None]:
        """Look at the same routes under a variant of the problem: same jobs, shifts and drives."""
        usual = self._problem
        self._problem = by_reference(problem)
        label_all(self._problem, self._tables, self._state)
        try:
            yield
        finally:
            self._problem = usual
            label_all(self._problem, self._tables, self._state)
