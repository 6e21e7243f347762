"""What ties say to the slots of a left-out job: nobody to go along, no shared tool, not in this order."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.engines.lns.obstacle import CENTS
from optimizer.engines.lns.openings import SHARED
from optimizer.explain.bench import Bench
from optimizer.explain.codes import CREW, PRECEDENCE, SHARED_TOOL, WORTH, Codes, first_by_weight
from optimizer.explain.job_openings import JobOpenings
from optimizer.explain.outings import people_rows
from optimizer.explain.placing import FREE, HI, LO, SHIFT, Placing, offer
from optimizer.explain.ties import Span, Ties, common
from optimizer.explain.trial import Trials

MOST_TIMED = 200
"""Ways for one slot that are timed with all ties at most before it is called stopped."""
MANY = 50
"""Crews that are looked at for one lead and moment where the later parts need the same people."""
FOR_ALL = ("CERTIFICATE", "TOOL", "SHARED_TOOL")
"""Codes that forbid a crew job to everybody: nobody has what the crew needs between them, or the branch has not."""


class PutIn(NamedTuple):
    """A job put into the routes."""

    cents: int
    """What that adds to the bill."""
    stops: Mapping[int, tuple[int, ...]]
    """Shift → its new stops."""
    agreed: tuple[tuple[int, int], ...]
    """When all tied visits start then, see `Routes.agreed`."""


class TiedSlots:
    """Tells what ties stop one job, each kind of tie by itself.

    Parameters
    ----------
    bench : the routes, without the job
    ties : the ties of the plan
    trials : time routes with their ties
    job : row of a job that stands in no route
    people : rows of people's routes
    for_all : bits of the codes that stand against all places of a crew where they stand against any
    """

    def __init__(
        self, bench: Bench, ties: Ties, trials: Trials, job: int, people: NDArray[np.int32], *, for_all: int
    ) -> None:
        self.ties = ties
        self.job = job
        self.openings = JobOpenings(bench, ties, job, people)
        self.missing = ties.left_out_before(job)
        self.bench = bench
        self._trials = trials
        self._gone = frozenset(ties.rows(job) if job in ties.shift_of else ())
        self._links = self.openings.spans(own=False)
        self._room = self.openings.with_room()
        self.for_all = for_all if len(self.people) > 1 else 0
        self._but_for_all = self.openings.with_room(but_for=self.for_all)
        self._crews: dict[tuple[object, ...], frozenset[int] | None] = {}
        self._mates: dict[tuple[int, int], NDArray[np.int64]] = {}
        self._leading: dict[int, list[Span]] = {}
        for shift, opens, closes in self.openings.of[self.lead].offers[:, (SHIFT, LO, HI)].tolist():
            self._leading.setdefault(shift, []).append((opens, closes))

    @property
    def lead(self) -> int:
        """Row of the first part's lead."""
        return self.openings.parts[0][0]

    @property
    def people(self) -> list[int]:
        """Visits of people in the first part, the lead's first."""
        return [row for row in self.openings.parts[0] if not self.ties.is_tool(row)]

    @property
    def tools(self) -> list[int]:
        """Visits of shared tools in the first part."""
        return [row for row in self.openings.parts[0] if self.ties.is_tool(row)]

    def codes(self, shift: int, window: Span) -> tuple[str, ...]:
        """Return which ties stop a slot, each looked at as if the others were not."""
        spans = self.start_spans(shift, window)
        stopped = []
        if len(self.people) > 1 and not self.crew_fits(shift, spans):
            stopped.append(CREW)
        if any(not self.tool_fits(row, shift, spans) for row in self.tools):
            stopped.append(SHARED_TOOL)
        if self.missing or not self.order_fits(shift, spans):
            stopped.append(PRECEDENCE)
        return tuple(stopped)

    def start_spans(self, shift: int, window: Span) -> tuple[Span, ...]:
        """Return when the lead could start in a slot; where there is no room, any time of the slot."""
        spans = common(self._leading.get(shift, ()), (window,))
        p = self.bench.problem
        whole = (max(window[0], int(p.start_s[shift])), min(window[1], int(p.latest_end_s[shift])))
        return _joined(spans) or (whole,)

    def crew_fits(
        self,
        shift: int,
        spans: Sequence[Span],
        *,
        only: Sequence[int] | None = None,
        covered: bool = True,
    ) -> bool:
        """Tell whether enough people could come along at one of these moments.

        Parameters
        ----------
        shift : the lead's
        spans : when the lead could start
        only : the places that have to be taken; none: all
        covered : whether they must have between them what the crew needs
        """
        p = self.ties.problem
        rows = [self.lead, *(row for row in self.people[1:] if only is None or row in only)]
        cover = int(p.cover_row[self.lead])
        brings = int(p.cover[cover, shift]) if cover >= 0 else 0
        key = (tuple(spans), int(p.standing[shift]), brings, tuple(rows), covered)
        # Leads who bring the same are looked at once, as if each were nobody else's mate.
        if key not in self._crews:
            self._crews[key] = self._crew(rows, FREE, spans, like=shift, covered=covered)
        known = self._crews[key]
        if known is None:
            return False
        if p.person[shift] not in p.person[list(known)]:  # neither on the day nor on a trip
            return True
        return self._crew(rows, shift, spans, like=None, covered=covered) is not None

    def _crew(
        self,
        rows: Sequence[int],
        lead_shift: int,
        spans: Sequence[Span],
        *,
        like: int | None,
        covered: bool,
    ) -> frozenset[int] | None:
        """Return whose shifts would come along, none where nobody can."""
        standing = int(self.ties.problem.standing[lead_shift if like is None else like])
        offers = {row: self._going_with(standing, row) for row in rows[1:]}
        offers[rows[0]] = offer(lead_shift, spans)
        placing = Placing(self.ties, [rows], offers, {}, like=like, covered=covered)
        found = placing.first()
        if found is None:
            return frozenset() if placing.gave_up else None
        return frozenset(put.shift for put in found.puts[1:])

    def _going_with(self, standing: int, row: int) -> NDArray[np.int64]:
        """Return where a visit can be put by those who go with the members of a standing crew, or with nobody's."""
        if (standing, row) not in self._mates:
            found = self._but_for_all[row]
            self._mates[standing, row] = found[self.ties.problem.standing[found[:, SHIFT]] == standing]
        return self._mates[standing, row]

    def room(self, row: int) -> NDArray[np.int64]:
        """Return where a visit could be put, see `optimizer.explain.placing`."""
        return self._but_for_all[row]

    def tool_fits(self, row: int, shift: int, spans: Sequence[Span]) -> bool:
        """Tell whether a piece of a shared tool is free at one of these moments."""
        free = self._but_for_all[row]
        return any(bool(((free[:, LO] <= closes) & (free[:, HI] >= opens)).any()) for opens, closes in spans)

    def order_fits(self, shift: int, spans: Sequence[Span]) -> bool:
        """Tell whether the links to served jobs, and the days its later parts need, leave one of these moments."""
        leads = [rows[:1] for rows in self.openings.parts]
        if len(leads) == 1:
            return bool(common(spans, self._links[self.lead]))
        offers = {rows[0]: self._but_for_all[rows[0]] for rows in leads} | {self.lead: offer(shift, spans)}
        return Placing(self.ties, leads, offers, self._links, covered=False).possible()

    def put_at(self, shift: int, window: Span) -> PutIn | None:
        """Return the cheapest way to serve the job in a slot, timed with all ties; none: it is not possible."""
        if self.missing:
            return None
        offers = dict(self._room)
        offers[self.lead] = offers[self.lead][offers[self.lead][:, SHIFT] == shift]
        spans = self._links | {self.lead: common(self._links[self.lead], (window,))}
        trial = self._trials.of_window(self.lead, window)
        several = len(self.openings.parts) > 1
        # A week's limits may forbid the earliest days for later parts.
        for every_day in (False, True) if several else (False,):
            found = Placing(
                self.ties,
                self.openings.parts,
                offers,
                spans,
                most_each=MANY if several else 10,
                every_place=True,
                every_day=every_day,
            ).sorted()
            for placement in found[:MOST_TIMED]:
                timed = trial.put(placement, self._gone)
                if timed is not None:
                    stops = trial.with_puts(placement, self._gone)
                    return PutIn(timed.cents + placement.extra, stops, timed.agreed)
        return None


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the same moments in as few spans as possible."""
    joined: list[Span] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def add_ties(
    compiled: Compiled,
    bench: Bench,
    codes: Codes,
    jobs: Sequence[int],
    *,
    rows: NDArray[np.int32],
    mask: NDArray[np.int64],
    found: NDArray[np.int64],
    timed: bool = True,
) -> dict[int, TiedSlots]:
    """Add the codes of what ties stop to the masks of slots; return what was looked at for each tied job.

    Where nothing else stops a slot, the routes with the job in them are timed with all ties, and what that adds to
    the bill is written down.

    Parameters
    ----------
    compiled : the question
    bench : its routes
    codes : see `all_codes`
    jobs : rows of jobs that stand in no route
    rows, mask, found : the slots (job, shift, window), their codes, and what `examine` found
    timed : whether slots that nothing else stops are timed with all ties
    """
    if bench.tied is None:
        return {}
    p, ties = bench.with_ties, bench.tied.ties
    trials = Trials(ties.problem, bench.routes)
    for_all = sum(codes.bit(code) for code in FOR_ALL if code in codes.names)
    people = people_rows(compiled)
    looked = {
        job: TiedSlots(bench, ties, trials, job, people, for_all=for_all) for job in jobs if ties.is_tied(job)
    }
    by_weight = first_by_weight(p)
    for i, (job, shift, row) in enumerate(rows.tolist()):
        window = (int(p.window_open[row]), int(p.window_close[row]))
        if job in looked:
            mask[i] |= sum(codes.bit(code) for code in looked[job].codes(shift, window))
        if mask[i] & ~codes.bit(WORTH) or not timed:
            continue
        alone = looked.get(job)
        stopped = ties.kinds_of((job,) if alone else bench.routes.stops[shift])
        if not (alone or stopped):
            continue
        served = alone.put_at(shift, window) if alone else put_in(bench, ties, trials, job, shift, window)
        if served is None:
            mask[i] |= sum(codes.bit(code) for code in stopped or (PRECEDENCE,))
            continue
        found[i, CENTS] = served.cents
        mask[i] = 0
        if served.cents >= p.unserved_cents[ties.rows(job)].sum() and not by_weight[job]:
            mask[i] |= codes.bit(WORTH)
    return looked


def put_in(bench: Bench, ties: Ties, trials: Trials, job: int, shift: int, window: Span) -> PutIn | None:
    """Return the cheapest way to put a job that is tied to nothing into a route with tied stops; none: there is none.

    Parameters
    ----------
    bench : the routes
    ties : the ties of the plan
    trials : time routes with their ties
    job, shift : rows of what goes where
    window : first and last start
    """
    trial = trials.of_window(job, window)
    without = {
        row: tuple(one for one in bench.routes.stops[row] if one != job)
        for row in {shift, ties.shift_of.get(job, shift)}
    }
    others = without[shift]
    best: PutIn | None = None
    for pos in range(len(others) + 1):
        stops = {**without, shift: (*others[:pos], job, *others[pos:])}
        timed = trial.change(stops)
        if timed is not None and (best is None or timed.cents < best.cents):
            best = PutIn(timed.cents, stops, timed.agreed)
    if best is None:
        return None
    opened = bench.openings(np.array([(job, shift)], np.int32))
    return best._replace(cents=best.cents + int(opened[0, SHARED])) if len(opened) else best
