"""Who could take the new job in which window: every shift looked at, the cheapest first, and where it would stand."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np

from optimizer.engines.lns.obstacle import AFTER, CENTS
from optimizer.engines.lns.state import NEVER
from optimizer.explain.codes import WORTH, Codes, all_codes
from optimizer.explain.fetching import fetchings
from optimizer.explain.outings import people_rows, rows_in_use
from optimizer.explain.slots import JobSlots, job_slots
from optimizer.explain.subject import Subject
from optimizer.explain.tied_slots import put_in
from optimizer.explain.trial import Trials
from optimizer.offers.question import Question


class Candidate(NamedTuple):
    """A shift that could take the job in a window; the cheapest comes first when sorted."""

    cents: int
    """What the search's prices say it adds; only good for putting candidates in order."""
    shift: int
    """Row of the shift; of a crew the lead's."""
    slot: int
    """Which of the slots it is; -1: the job's parts are fetched on the way."""
    stops: tuple[int, ...] = ()
    """The stops of the shift with the job and the halt, where its parts are fetched."""


class Change(NamedTuple):
    """The routes with the job in them."""

    stops: Mapping[int, tuple[int, ...]]
    """Shift row → its new stops, of those that change."""
    agreed: tuple[tuple[int, int], ...]
    """When all tied visits start, see `Routes.agreed`."""


class Candidates:
    """The slots of a new job, each with what stops it.

    Parameters
    ----------
    question : the question with the job
    timed : whether every slot is timed with all ties at once; else only those that are tried
    """

    def __init__(self, question: Question, *, timed: bool) -> None:
        self._question = question
        subject = question.subject
        self.codes: Codes = all_codes(subject.loose)
        stops = subject.routes.stops
        tied = subject.is_tied(question.row)
        people = rows_in_use(subject.loose, stops) if tied else people_rows(subject.loose)
        (self.slots,) = job_slots(
            subject.loose, subject.bench, self.codes, [question.row], people=people, timed=timed
        )
        """Every shift and window, see `optimizer.explain.slots`."""
        first = int(subject.compiled.problem.window_ptr[question.row])
        self._number = self.slots.window - first

    def of_window(self, number: int) -> list[Candidate]:
        """Return who could take the job in a window, the cheapest first.

        Parameters
        ----------
        number : which of the question's windows
        """
        slots = self.slots
        stopped = slots.mask & ~np.int64(self.codes.bit(WORTH))
        free = (self._number == number) & (stopped == 0) & (slots.found[:, CENTS] < NEVER)
        found = [
            Candidate(int(slots.found[i, CENTS]), int(slots.shift[i]), i)
            for i in np.flatnonzero(free).tolist()
        ]
        return sorted([*found, *self._fetched(number)])

    def slots_of(self, number: int) -> JobSlots:
        """Return the slots of one window alone.

        Parameters
        ----------
        number : which of the question's windows
        """
        kept = self._number == number
        return self.slots._replace(
            shift=self.slots.shift[kept],
            window=self.slots.window[kept],
            mask=self.slots.mask[kept],
            found=self.slots.found[kept],
        )

    def change(self, one: Candidate) -> Change | None:
        """Return the routes with the job where it is cheapest; none: it cannot stand there after all.

        Parameters
        ----------
        one : a candidate
        """
        question, slots = self._question, self.slots
        subject, row = question.subject, question.row
        if one.slot < 0:
            return Change({one.shift: one.stops}, subject.routes.agreed)
        ties, stops = subject.ties, subject.routes.stops[one.shift]
        if ties is None or not (slots.tied is not None or ties.kinds_of(stops)):
            pos = int(slots.found[one.slot, AFTER])
            return Change({one.shift: (*stops[:pos], row, *stops[pos:])}, subject.routes.agreed)
        window = question.spans[int(self._number[one.slot])]
        if slots.tied is not None:
            found = slots.tied.put_at(one.shift, window)
        else:
            found = put_in(subject.bench, ties, self._trials, row, one.shift, window)
        return None if found is None else Change(found.stops, found.agreed)

    @cached_property
    def _trials(self) -> Trials:
        return Trials(self._question.compiled.problem, self._question.subject.routes)

    def _fetched(self, number: int) -> Iterator[Candidate]:
        """Yield who lacks the job's parts and could load them at a branch on the way."""
        question = self._question
        p = question.compiled.problem
        if p.fetch_ptr[question.row] == p.fetch_ptr[question.row + 1] or not self._lacks_parts(number):
            return
        subject = Subject(
            question.compiled._replace(problem=question.in_window(number)), question.subject.routes
        )
        for one in fetchings(subject, question.row, range(len(question.compiled.shifts))):
            yield Candidate(one.cents, one.shift, -1, one.stops)

    def _lacks_parts(self, number: int) -> bool:
        part = self.codes.bit("PART")
        return bool(((self._number == number) & (self.slots.mask == part)).any())
