"""Every single change that makes room for a job that is tied to others: each lets one visit more be possible."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.explanation import ChangeKind
from optimizer.engines.lns.obstacle import NO_PARTS
from optimizer.explain.bench import Gap
from optimizer.explain.candidates import KINDS, LENT, gaining, grantable, lesser_jobs
from optimizer.explain.codes import SHARED_TOOL
from optimizer.explain.job_openings import JobOpenings
from optimizer.explain.outings import people_rows
from optimizer.explain.placing import FREE, FREE_TOOL, SHIFT, Offers, Placement, Placing, offer
from optimizer.explain.subject import Subject
from optimizer.explain.ties import ALWAYS, Span, windows
from optimizer.explain.untied import CODE
from optimizer.problem import UNLIMITED, Problem

MOST_EACH: Final = 6
"""Ways to fill a crew that are kept for each lead and moment."""
MOST_OF_PARTS: Final = 50
"""The same for jobs in parts, whose later parts need the same people."""
MOST_LESSER: Final = 300
"""Lesser jobs that are tried to be left out at most; on larger days those that matter least."""
_OF_A_CREW: Final[tuple[tuple[str, ChangeKind], ...]] = (("TOOL", "tool"), ("CERTIFICATE", "certificate"))
"""What a crew has to have between them."""


class TiedCandidate(NamedTuple):
    """A single change with a way to serve the job, the best first when sorted."""

    weight: int
    """Change of the unserved priority weight, 0 where money alone counts."""
    cents: int
    """Change of the bill at least: by drives and by what shifts share."""
    rank: int
    """Place in `KINDS`."""
    placement: Placement
    row: int
    """The visit that the change is for."""
    left_out: tuple[int, ...] = ()
    """Job rows that are left out."""

    @property
    def kind(self) -> ChangeKind:
        """What is changed."""
        return KINDS[self.rank]


class TiedChanges:
    """Looks for single changes for one job; if it is served, for ways to serve it otherwise.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of the job
    leads : the shifts that may lead; none: any
    until : the latest start that is looked for; none: any
    """

    def __init__(
        self, subject: Subject, job: int, *, leads: Sequence[int] | None = None, until: int | None = None
    ) -> None:
        self._subject = subject
        self._job = job
        self._leads = leads
        self._until = until
        self._p: Problem = subject.compiled.problem
        ties = subject.ties
        if ties is None:
            raise ValueError("nothing is tied")
        self._ties = ties
        self._out = subject.rows(job) if job in subject.shift_of else []
        self._missing = ties.left_out_before(job)
        with self._without() as self._gap:
            self.openings = self._look()
            self._spans = self.openings.spans()
        self._room = self.openings.with_room()

    @contextmanager
    def _without(self, gone: Sequence[int] = ()) -> Iterator[Gap]:
        """Take the job out, if it is served, and other visits with it; it has its own windows then."""
        bench, p = self._subject.bench, self._p
        own = {row: windows(p, row) for row in self._out}
        with bench.without((*self._out, *gone)) as gap, bench.starting(own):
            yield gap

    def _look(self, problem: Problem | None = None, *, only: Collection[int] | None = None) -> JobOpenings:
        bench, people = self._subject.bench, people_rows(self._subject.compiled)
        return JobOpenings(bench, self._ties, self._job, people, problem=problem, only=only)

    def as_it_stands(self) -> list[TiedCandidate]:
        """Return the ways to serve it with nothing changed, the cheapest first."""
        return sorted(self._ways("serve", self._room, self._spans, self.openings.parts[0][0]))

    def granted(self) -> list[TiedCandidate]:
        """Return the ways with one fact changed, nothing left out for it."""
        if self._missing:
            return []  # what comes first has to be served before anything can help
        return sorted(
            [
                *self._facts(),
                *self._lent(),
                *self._more_overtime(),
                *self._any_time(),
                *self._loosened(),
                *self._one_more(),
            ]
        )

    def leaving_out(self) -> list[TiedCandidate]:
        """Return the ways with one lesser job left out."""
        if self._missing:
            return []
        subject, p = self._subject, self._subject.problem
        found: list[TiedCandidate] = []
        lesser = sorted(
            lesser_jobs(subject, self._job), key=lambda row: (p.weight[row], p.unserved_cents[row])
        )
        for other in lesser[:MOST_LESSER]:
            found += self._instead_of(other)
        return sorted(found)

    def _instead_of(self, other: int) -> Iterator[TiedCandidate]:
        """Yield the ways with a certain job left out: those that make use of the room it leaves."""
        subject, p = self._subject, self._subject.problem
        rows = subject.rows(other)
        linked = self._ties.linked(self._job, other)
        gaining_too = None if linked else np.flatnonzero(gaining(subject, self._job, rows)).tolist()
        with self._without(rows) as gap:
            openings = self._look(only=gaining_too)
            spans = openings.spans(without=other)
        room = openings.with_room()
        weight = int(p.weight[other]) if subject.by_weight else 0
        for offers in [room] if gaining_too is None else self._with_any_of(room, gaining_too):
            for one in self._ways("leave_out", offers, spans, self._job, gap=gap):
                yield one._replace(weight=one.weight + weight, left_out=(other,))

    def _with_any_of(
        self, room: Mapping[int, NDArray[np.int64]], shifts: Sequence[int]
    ) -> Iterator[dict[int, NDArray[np.int64]]]:
        """Yield the offers of all visits, one after the other held to what some shifts have to offer now."""
        every = {
            row: np.concatenate([kept[~np.isin(kept[:, SHIFT], shifts)], room[row]])
            for row, kept in self._room.items()
        }
        for row, found in room.items():
            if len(found):
                yield every | {row: found}

    def _ways(
        self,
        kind: ChangeKind,
        offers: Offers,
        spans: Mapping[int, Sequence[Span]],
        row: int,
        *,
        covered: bool = True,
        gap: Gap | None = None,
    ) -> Iterator[TiedCandidate]:
        if self._missing:
            return
        gap = gap or self._gap
        p, parts = self._subject.problem, self.openings.parts
        if self._leads is not None:
            kept = {
                rows[0]: offers[rows[0]][np.isin(offers[rows[0]][:, SHIFT], self._leads)] for rows in parts
            }
            offers = {**offers, **kept}
        if self._until is not None:
            lead = parts[0][0]
            spans = {**spans, lead: [(a, min(b, self._until)) for a, b in spans[lead] if a <= self._until]}
        by_weight = self._subject.by_weight and not self._out  # a served job weighs nothing either way
        weight = -int(p.weight[self._job]) if by_weight else 0
        left = int(p.unserved_cents[self._ties.rows(self._job)].sum())
        many = MOST_OF_PARTS if len(parts) > 1 else MOST_EACH
        placing = Placing(self._ties, parts, offers, spans, most_each=many, every_place=True, covered=covered)
        for one in placing.sorted():
            if gap.unsound <= {put.shift for put in one.puts}:
                yield TiedCandidate(weight, one.cents - left + gap.cents, KINDS.index(kind), one, row)

    def _seats(self) -> Iterator[list[int]]:
        """Yield the visits of each person's place, one of each part."""
        people = [[row for row in rows if not self._ties.is_tool(row)] for rows in self.openings.parts]
        yield from (list(rows) for rows in zip(*people, strict=True))

    def _with(self, rows: Sequence[int], of: Mapping[int, NDArray[np.int64]]) -> dict[int, NDArray[np.int64]]:
        """Return the offers as things are, those of some visits replaced."""
        return self._room | {row: of[row] for row in rows}

    def _facts(self) -> Iterator[TiedCandidate]:
        """Yield serving it all the same, and parts fetched."""
        yield from self._ways("serve", self._room, self._spans, self._job)
        lead = self.openings.parts[0][0]
        lacking = {lead: self.openings.of[lead].with_room(bars=NO_PARTS)}
        yield from self._ways("part", self._with((lead,), lacking), self._spans, lead)

    def _lent(self) -> Iterator[TiedCandidate]:
        """Yield what is lent or given to one person, for a place of one's own or for the crew."""
        codes = self._subject.names.codes
        for rows in self._seats():
            for code, kind in LENT.items():
                if code in codes:
                    bit = 1 << codes.index(code)
                    lifted = {row: self.openings.of[row].with_room(forbidden=bit) for row in rows}
                    yield from self._ways(kind, self._with(rows, lifted), self._spans, rows[0])
        if len(list(self._seats())) > 1:
            for code, kind in _OF_A_CREW:
                bit = 1 << codes.index(code) if code in codes else 0
                yield from self._ways(kind, self._lifted(bit), self._spans, self._job, covered=False)

    def _lifted(self, bit: int) -> dict[int, NDArray[np.int64]]:
        """Return the offers without the code that stands against all places of a crew where nobody has something."""
        of = self.openings.of
        return {
            row: np.concatenate([found, of[row].with_room(forbidden=bit)]) if bit else found
            for row, found in self._room.items()
        }

    def _more_overtime(self) -> Iterator[TiedCandidate]:
        longer = self._subject.longer_loose
        with self._without(), self._subject.bench.under(longer):
            found = self._look(longer)
        allowed = grantable(self._subject)
        for rows in self._seats():
            for row in rows:
                offers = found.of[row].with_room()
                offers = offers[np.isin(offers[:, SHIFT], allowed)]
                yield from self._ways("overtime", self._with((row,), {row: offers}), self._spans, row)

    def _any_time(self) -> Iterator[TiedCandidate]:
        if not self._subject.compiled.scenario.jobs[self._job].windows:
            return
        with self._without():
            found = self._look(self._subject.anytime_loose(self._job))
        yield from self._ways("window", found.with_room(), found.spans(), self._job)

    def _loosened(self) -> Iterator[TiedCandidate]:
        """Yield longer gaps to the jobs before it, and anybody for what somebody certain has to do."""
        p = self._p
        lead = self.openings.parts[0][0]
        links = p.link[p.link_ptr[lead] : p.link_ptr[lead + 1]]
        if any(p.link_most[link] < UNLIMITED for link in links.tolist()):
            yield from self._ways("gap", self._room, self.openings.spans(longest=False), lead)
        codes = self._subject.names.codes
        if CODE in codes:
            lifted = {lead: self.openings.of[lead].with_room(forbidden=1 << codes.index(CODE))}
            yield from self._ways("anyone", self._with((lead,), lifted), self._spans, lead)

    def _one_more(self) -> Iterator[TiedCandidate]:
        """Yield one more piece of a shared tool, and one more person for a place in the crew."""
        first = self.openings.parts[0]
        codes = self._subject.names.codes
        none = 1 << codes.index(SHARED_TOOL) if SHARED_TOOL in codes else 0
        room = self._lifted(none)
        brought = sum(1 << codes.index(code) for code, _ in _OF_A_CREW if code in codes)
        with_all = self.openings.with_room(but_for=brought if len(list(self._seats())) > 1 else 0)
        for number, row in enumerate(first):
            rows = [part[number] for part in self.openings.parts if number < len(part)]
            if self._ties.is_tool(row):
                more = {one: offer(FREE_TOOL, (ALWAYS,)) for one in rows}
                yield from self._ways("shared_tool", room | more, self._spans, row)
            elif number > 0:
                more = {one: offer(FREE, (ALWAYS,)) for one in rows}
                yield from self._ways("helper", with_all | more, self._spans, row)
