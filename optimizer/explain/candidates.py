"""Every single change that makes room for a job, priced on the bench; nothing is compiled again for it."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.explanation import ChangeKind
from optimizer.engines.lns.obstacle import AFTER, BARS, CENTS, NO_PARTS, TIME
from optimizer.engines.lns.state import NEVER
from optimizer.explain.outings import people_rows
from optimizer.explain.subject import Subject
from optimizer.explain.variants import MORE_OVERTIME_MIN, MOST_OVERTIME_MIN, overtime_limit_min
from optimizer.problem import Problem

KINDS: Final[tuple[ChangeKind, ...]] = (
    "serve",
    "part",
    "tool",
    "territory",
    "window",
    "overtime",
    "certificate",
    "gap",
    "anyone",
    "shared_tool",
    "helper",
    "leave_out",
)
"""The kinds of single changes; of equally good ones the first."""

LENT: Final[dict[str, ChangeKind]] = {"TOOL": "tool", "CERTIFICATE": "certificate", "TERRITORY": "territory"}
"""Codes that a change of the technician lifts."""


class Candidate(NamedTuple):
    """A single change and what it does, best first when sorted."""

    weight: int
    """Change of the unserved priority weight, 0 where money alone counts."""
    cents: int
    """Change of the bill."""
    rank: int
    """Place in `KINDS`."""
    shift: int
    pos: int
    """How many stops come before the job."""
    left_out: tuple[int, ...] = ()
    """Job rows that are left out."""

    @property
    def kind(self) -> ChangeKind:
        """What is changed."""
        return KINDS[self.rank]


def room(found: NDArray[np.int64], bars: int = 0) -> NDArray[np.bool_]:
    """Return where a job can be put in, but for these bars."""
    return np.asarray((found[:, TIME] < 0) & (found[:, BARS] == bars) & (found[:, CENTS] < NEVER))


def candidates(subject: Subject, job: int) -> list[Candidate]:
    """Return every single change that lets a left-out job be served, the best first.

    All shifts are looked at with all places in their order; the other stops stay where they are and in order.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of a left-out job
    """
    shifts = people_rows(subject.compiled)
    found = granted(subject, job, shifts)
    return sorted([*found, *_leaving_out(subject, job, shifts, found)])


def granted(subject: Subject, job: int, shifts: NDArray[np.int32]) -> list[Candidate]:
    """Return every single change that lets some shifts serve a job that stands in no route, all others served."""
    return [
        *_facts(subject, job, shifts),
        *_more_overtime(subject, job, shifts),
        *_any_time(subject, job, shifts),
    ]


def pairs(job: int, shifts: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return one row for each shift, as the bench takes them."""
    return np.stack([np.full(len(shifts), job, np.int32), shifts], axis=1)


def _made(
    subject: Subject,
    job: int,
    kind: ChangeKind,
    shifts: NDArray[np.int32],
    found: NDArray[np.int64],
    where: NDArray[np.bool_],
) -> Iterator[Candidate]:
    p = subject.problem
    weight = -int(p.weight[job]) if subject.by_weight else 0
    left = int(p.unserved_cents[job])
    for i in np.flatnonzero(where).tolist():
        cents, after = int(found[i, CENTS]) - left, int(found[i, AFTER])
        yield Candidate(weight, cents, KINDS.index(kind), int(shifts[i]), after)


def _facts(subject: Subject, job: int, shifts: NDArray[np.int32]) -> Iterator[Candidate]:
    """Yield what needs no other times: serving it all the same, parts fetched, what is lent or given."""
    found = subject.bench.examine(pairs(job, shifts))
    forbidden = subject.problem.forbidden[job, shifts]
    yield from _made(subject, job, "serve", shifts, found, (forbidden == 0) & room(found))
    yield from _made(subject, job, "part", shifts, found, (forbidden == 0) & room(found, NO_PARTS))
    codes = subject.names.codes
    for code, kind in LENT.items():
        if code in codes:
            alone = forbidden == np.uint32(1 << codes.index(code))
            yield from _made(subject, job, kind, shifts, found, alone & room(found))


def _under(subject: Subject, job: int, problem: Problem, shifts: NDArray[np.int32]) -> NDArray[np.int64]:
    with subject.bench.under(problem):
        return subject.bench.examine(pairs(job, shifts))


def grantable(subject: Subject) -> list[int]:
    """Return the shifts that can be given an hour of overtime more."""
    scenario = subject.compiled.scenario
    return [
        row
        for row, one in enumerate(subject.compiled.shifts)
        if overtime_limit_min(one.shift, scenario) + MORE_OVERTIME_MIN <= MOST_OVERTIME_MIN
    ]


def _more_overtime(subject: Subject, job: int, shifts: NDArray[np.int32]) -> Iterator[Candidate]:
    found = _under(subject, job, subject.longer_loose, shifts)
    open_to_it = np.isin(shifts, grantable(subject)) & (subject.longer_loose.forbidden[job, shifts] == 0)
    yield from _made(subject, job, "overtime", shifts, found, open_to_it & room(found))


def _any_time(subject: Subject, job: int, shifts: NDArray[np.int32]) -> Iterator[Candidate]:
    if not subject.compiled.scenario.jobs[job].windows:
        return
    anytime = subject.anytime_loose(job)
    found = _under(subject, job, anytime, shifts)
    open_to_it = anytime.forbidden[job, shifts] == 0
    yield from _made(subject, job, "window", shifts, found, open_to_it & room(found))


def lesser_jobs(subject: Subject, job: int) -> list[int]:
    """Return the served jobs that matter less: by priority weight, or by the price of leaving them out.

    A job that another served one needs is not among them: it cannot be left out alone.
    """
    p = subject.problem
    matter = p.weight if subject.by_weight else p.unserved_cents
    return [
        row
        for row in range(len(subject.names.jobs))
        if row in subject.shift_of and matter[row] < matter[job] and not subject.needed(row)
    ]


def _leaving_out(
    subject: Subject, job: int, shifts: NDArray[np.int32], others: list[Candidate]
) -> Iterator[Candidate]:
    """Yield every lesser job whose place lets this one be served; not those that cannot be better than the others."""
    p, bench = subject.problem, subject.bench
    best = min(others, default=None)
    anywhere = any(one.kind == "serve" for one in others)
    open_to_it = shifts[p.forbidden[job, shifts] == 0]
    for other in sorted(lesser_jobs(subject, job)):
        weight = int(p.weight[other] - p.weight[job]) if subject.by_weight else 0
        if best is not None and subject.by_weight and weight > best.weight:
            continue
        # Where it could not be put in before, only who gains by the other's absence has room now.
        gone = subject.rows(other)
        near = open_to_it if anywhere else open_to_it[gaining(subject, job, gone)[open_to_it]]
        if not len(near):
            continue
        with bench.without(gone) as gap:
            found = bench.examine(pairs(job, near))
        for candidate in _made(subject, job, "leave_out", near, found, room(found)):
            if gap.unsound <= {candidate.shift}:
                yield candidate._replace(weight=weight, cents=candidate.cents + gap.cents, left_out=(other,))


def gaining(subject: Subject, job: int, gone: Sequence[int]) -> NDArray[np.bool_]:
    """Return the shifts that can take more when some visits are given up: theirs, their weeks', those that share parts.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of the job that is to be served instead
    gone : the visits
    """
    p = subject.problem
    found = np.zeros(len(p.profile), np.bool_)
    for shift in {subject.shift_of[row] for row in gone}:
        found[shift] = True
        if (
            p.rival.size
        ):  # somebody who is not on a trip any more has the days for themselves, and the other way round
            found[p.rival[p.rival_ptr[shift] : p.rival_ptr[shift + 1]]] = True
        if p.group[shift] >= 0:
            found |= p.group == p.group[shift]
        if p.need_ptr[job + 1] > p.need_ptr[job]:
            # Pieces set free on a van go to its other days; what their branches then keep, others may load on any day.
            own = p.van == p.van[shift]
            branches = np.unique(p.branch[own & (p.branch >= 0)])
            found |= own | np.isin(p.van, p.van[np.isin(p.branch, branches)])
    return found
