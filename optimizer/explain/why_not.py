"""Why this technician and not that one: the job is given to the other by force, and the bills are compared."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from optimizer.control import Stop
from optimizer.domain.explanation import ChangeKind, Way, WhyNot
from optimizer.domain.reasons import Block
from optimizer.engines import solve
from optimizer.engines.lns.obstacle import AFTER, CENTS
from optimizer.explain.candidates import KINDS, Candidate, granted, pairs, room
from optimizer.explain.codes import all_codes
from optimizer.explain.fetching import fetched
from optimizer.explain.lacking import Lacking
from optimizer.explain.outings import is_tool, technician_of
from optimizer.explain.reasons import blocks_of
from optimizer.explain.slots import job_slots
from optimizer.explain.subject import Subject
from optimizer.explain.tied_changes import TiedChanges
from optimizer.explain.ways import best_proven, first_proven, prove
from optimizer.explain.witness import Witness
from optimizer.problem import Routes
from optimizer.words.bill import bill_change
from optimizer.words.hindrances import hindrance
from optimizer.words.numbers import count, listed, money
from optimizer.words.ways import GRANTED

MOST_DROPPED = 3
"""Of long days at most so many jobs are left out together; of shorter ones any number."""
SHORT_DAY = 10
"""Jobs of a day up to which all sets of them are looked at."""


class Answered(NamedTuple):
    """An answer and the plan that proves its better way."""

    answer: WhyNot
    """What is said."""
    witness: Witness | None
    """The plan with the job at the other technician; none: impossible."""


def why_not(subject: Subject, job: int, technician_id: str, *, search: Stop | None = None) -> Answered:
    """Return what it would mean to let a certain technician do a job.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of the job
    technician_id : who should do it
    search : how long a search tries to make the best of it, the job kept with that technician; none: not at all
    """
    rows = subject.rows_of.get(technician_id, [])
    here = subject.shift_of.get(job)
    now_with = None if here is None else technician_of(subject.compiled, here)
    answer = WhyNot(
        job_id=subject.names.jobs[job], technician_id=technician_id, now_with=now_with, way=None, sentence=""
    )
    along = technician_id in {
        technician_of(subject.compiled, subject.shift_of[row])
        for row in subject.rows(job)
        if row in subject.shift_of and not is_tool(subject.compiled, subject.shift_of[row])
    }
    if not rows or now_with == technician_id or along:
        said = "has no shift on the planned days" if not rows else f"does {answer.job_id} already"
        if along and now_with != technician_id:
            said = f"comes along to {answer.job_id} already; {now_with} leads"
        return Answered(answer.model_copy(update={"sentence": f"{technician_id} {said}."}), None)
    kind: ChangeKind = "serve" if here is None else "move"
    proven = _as_it_stands(subject, job, rows)
    if proven is None:
        slots, blocks = _stopped(subject, job, rows)
        answer = answer.model_copy(update={"possible": False, "slots": slots, "blocks": blocks})
        proven = _what_gives(subject, job, rows)
    if proven is None:
        return Answered(answer.model_copy(update={"sentence": _sentence(subject, answer)}), None)
    way, shown = proven
    update: dict[str, object] = {"way": way}
    if search is not None and way.kind in ("serve", "move", "leave_out"):
        found = _searched(subject, job, rows, shown, search)
        better = prove(subject, kind, job, found[0], found[1]) if found else None
        if better is not None and _worth(subject, better[0]) < _worth(subject, way):
            update["better"], shown = better
    answer = answer.model_copy(update=update)
    return Answered(answer.model_copy(update={"sentence": _sentence(subject, answer)}), shown)


def next_best(subject: Subject, job: int) -> tuple[Way, Witness] | None:
    """Return the cheapest move of a served job to somebody else, the rest in its order; none: nobody could take it.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of a served job
    """
    here = technician_of(subject.compiled, subject.shift_of[job])
    others = [row for who, rows in subject.rows_of.items() if who != here for row in rows]
    return _as_it_stands(subject, job, others)


def _worth(subject: Subject, way: Way) -> tuple[int, int]:
    """Return what ways are compared by: the weight counts only where it is compared first."""
    return way.weight if subject.by_weight else 0, way.cents


def _as_it_stands(subject: Subject, job: int, rows: list[int]) -> tuple[Way, Witness] | None:
    """Return the cheapest place in the other's days, the rest in its order; of a crew they lead it.

    Where the van lacks its parts, they may load them at a branch before it.
    """
    if subject.is_tied(job):
        return best_proven(subject, job, TiedChanges(subject, job, leads=rows).as_it_stands())
    found = [one for one in (_straight(subject, job, rows), fetched(subject, job, rows)) if one is not None]
    return min(found, key=lambda one: _worth(subject, one[0]), default=None)


def _straight(subject: Subject, job: int, rows: list[int]) -> tuple[Way, Witness] | None:
    """Return the cheapest place in some days where nothing is loaded for it on the way."""
    p = subject.problem
    shifts = np.array(rows, np.int32)
    with subject.bench.without((job,)) as gap:
        found = subject.bench.examine(pairs(job, shifts))
    possible = np.flatnonzero((p.forbidden[job, shifts] == 0) & room(found))
    for i in sorted(possible.tolist(), key=lambda i: int(found[i, CENTS])):
        shift, pos = rows[i], int(found[i, AFTER])
        if gap.unsound <= {shift}:
            kind: ChangeKind = "move" if job in subject.shift_of else "serve"
            return prove(subject, kind, job, shift, subject.with_job(job, shift, pos))
    return None


def _stopped(subject: Subject, job: int, rows: list[int]) -> tuple[int, tuple[Block, ...]]:
    """Return how many slots the other has, and what stops the job in them."""
    codes = all_codes(subject.loose)
    with subject.bench.without(subject.rows(job)):
        (slots,) = job_slots(subject.loose, subject.bench, codes, (job,))
    own = slots.of_shifts(rows)
    return len(own.shift), blocks_of(codes, own, Lacking(subject.loose))


def _what_gives(subject: Subject, job: int, rows: list[int]) -> tuple[Way, Witness] | None:
    """Return the cheapest single change that lets the other do it, or the cheapest set of jobs left out for it."""
    if subject.is_tied(job):
        looked = TiedChanges(subject, job, leads=rows)
        return best_proven(subject, job, sorted([*looked.granted(), *looked.leaving_out()]))
    served = subject.by_weight and job in subject.shift_of
    weight = int(subject.problem.weight[job]) if served else 0
    with subject.bench.without((job,)) as gap:
        found = granted(subject, job, np.array(rows, np.int32))
    changes = [
        one._replace(weight=one.weight + weight, cents=one.cents + gap.cents)
        for one in found
        if gap.unsound <= {one.shift}
    ]
    dropped = [one._replace(weight=one.weight + weight) for one in _dropped(subject, job, rows)]
    return first_proven(subject, job, sorted([*changes, *dropped]))


def _dropped(subject: Subject, job: int, rows: list[int]) -> Iterator[Candidate]:
    """Yield the sets of jobs of one day without which the other can do the job; none contains another."""
    p = subject.problem
    for shift in (row for row in rows if p.forbidden[job, row] == 0):
        stops = _alone(subject, shift)
        most = len(stops) if len(stops) <= SHORT_DAY else MOST_DROPPED
        enough: list[set[int]] = []
        for gone in (some for size in range(1, most + 1) for some in combinations(stops, size)):
            if any(known <= set(gone) for known in enough):
                continue
            rows_gone = [row for one in gone for row in subject.rows(one)]
            with subject.bench.without((job, *rows_gone)) as gap:
                found = subject.bench.examine(pairs(job, np.array([shift], np.int32)))
            if room(found)[0] and gap.unsound <= {shift}:
                enough.append(set(gone))
                weight = int(p.weight[list(gone)].sum() - p.weight[job]) if subject.by_weight else 0
                cents = gap.cents + int(found[0, CENTS] - p.unserved_cents[job])
                rank = KINDS.index("leave_out")
                yield Candidate(weight, cents, rank, shift, int(found[0, AFTER]), gone)


def _alone(subject: Subject, shift: int) -> tuple[int, ...]:
    """Return the jobs of a day that can be left out alone, each by its first row."""
    job_of = subject.compiled.problem.job_of
    jobs = dict.fromkeys(int(job_of[row]) for row in subject.routes.stops[shift])
    return tuple(job for job in jobs if not subject.needed(job))


def _searched(
    subject: Subject, job: int, rows: list[int], start: Witness, stop: Stop
) -> tuple[int, Routes] | None:
    """Return what a search finds that must keep the job with the other: the job's shift and all routes."""
    p = subject.compiled.problem
    forbidden, weight, unserved = p.forbidden.copy(), p.weight.copy(), p.unserved_cents.copy()
    others = np.ones(len(p.profile), np.bool_)
    others[rows] = False
    forbidden[job, others] |= np.uint32(1 << 31)
    weight[job] = weight.sum() + 1  # leaving it out is worse than leaving out all the rest
    unserved[job] = unserved.sum() + 1
    for array in (forbidden, weight, unserved):
        array.flags.writeable = False
    bound = p._replace(forbidden=forbidden, weight=weight, unserved_cents=unserved)
    found = solve(bound, stop=stop, warm=subject.routes_of(start.plan)).routes
    return next(((row, found) for row in rows if job in found.stops[row]), None)


def _sentence(subject: Subject, answer: WhyNot) -> str:
    who, job = answer.technician_id, answer.job_id
    said = [f"{job} is with {answer.now_with}." if answer.now_with else f"{job} is left out."]
    if answer.blocks:
        stops = listed([hindrance(block.code, names=block.names) for block in answer.blocks])
        said.append(f"As the plan stands {who} cannot take it: {stops}.")
    elif not answer.possible:
        said.append(f"No agreed window lies in a shift of {who}.")
    if answer.way is None:
        said.append(
            f"No single change of these kinds would let them: {GRANTED['en']}. Nor would leaving out jobs of that day."
        )
    else:
        said.append(answer.way.sentence)
    best = answer.way
    if answer.better is not None:
        best = answer.better
        found = f"{bill_change(best.cents)}{_swapped(best)}{_fewer(best, answer.now_with)}"
        said.append(f"A short search that keeps it there finds better: {found}.")
    if best is not None and _worth(subject, best) < (0, 0) and best.kind in ("serve", "move", "leave_out"):
        said.append(_improved(subject, best))
    return " ".join(said)


def _swapped(way: Way) -> str:
    """Return in words which jobs are left out and which are served instead."""
    said = [f"{listed(way.left_out)} left out"] if way.left_out else []
    said += [f"{listed(way.taken_in)} served in addition"] if way.taken_in else []
    return f", with {listed(said)}" if said else ""


def _fewer(way: Way, now_with: str | None) -> str:
    """Return in words how many jobs less or more than in the plan are served, and what that weighs."""
    fewer = len(way.left_out) - len(way.taken_in) - (now_with is None)
    jobs = "one job" if abs(fewer) == 1 else count(abs(fewer), "job")
    said = f"{jobs} {'less' if fewer > 0 else 'more'} than now" if fewer else ""
    rises = "rises" if way.weight > 0 else "falls"
    weight = f"the priority weight left out {rises} by {abs(way.weight)}" if way.weight else ""
    both = ", ".join(part for part in (said, weight) if part)
    return f" ({both})" if both else ""


def _improved(subject: Subject, way: Way) -> str:
    if subject.by_weight and way.weight < 0:
        return "So this plan can be improved: more urgent work would be served."
    return f"So this plan can be improved by {money(-way.cents)}."
