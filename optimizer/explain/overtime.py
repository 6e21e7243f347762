"""Why a day is longer than the shift, which stops lie behind its end, and the cheapest way to be back in time."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from optimizer.domain.explanation import OvertimeReason, Way
from optimizer.domain.plan import Stop
from optimizer.engines.lns.obstacle import AFTER, CENTS
from optimizer.explain.candidates import pairs, room
from optimizer.explain.fetching import fetched
from optimizer.explain.outings import last_shift, people_rows
from optimizer.explain.placing import Placement
from optimizer.explain.subject import Subject
from optimizer.explain.tied_changes import TiedChanges
from optimizer.explain.ways import prove, prove_without
from optimizer.explain.witness import Witness
from optimizer.words.bill import bill_change
from optimizer.words.moments import clock
from optimizer.words.numbers import count, listed, minutes, money


class Explained(NamedTuple):
    """An explanation and the plan that proves its way."""

    answer: OvertimeReason
    """What is said."""
    witness: Witness | None
    """The plan without the overtime; none: there is no such way."""


class _Relief(NamedTuple):
    """One job moved or left out so that the day ends in time, the cheapest first when sorted."""

    weight: int
    cents: int
    job: int
    shift: int
    """Where it goes, -1: it is left out."""
    pos: int
    placement: Placement | None = None
    """Where all visits of the job go, where it is tied to others."""


def overtime(subject: Subject, technician_id: str) -> tuple[Explained, ...]:
    """Return why each of a technician's days with overtime is too long.

    Parameters
    ----------
    subject : the plan that is explained
    technician_id : who
    """
    found = []
    for row in subject.rows_of.get(technician_id, []):
        over_s = _over_s(subject, row, subject.routes.stops[row])
        if over_s > 0:
            found.append(_explained(subject, row, over_s))
    return tuple(found)


def _over_s(subject: Subject, row: int, stops: tuple[int, ...]) -> int:
    """Return the seconds after the regular end at which the end place is reached; 0 for an empty day."""
    if not stops:
        return 0
    times = subject.timekeeper.time(row, stops)
    end_s = subject.compiled.timeline.seconds(last_shift(subject.compiled, row).end)
    return max(0, int(times.arrive[-1]) - end_s) if times is not None else 0


def _explained(subject: Subject, row: int, over_s: int) -> Explained:
    one = last_shift(subject.compiled, row)
    day = subject.days[one.key]
    behind = tuple(stop.job_id for stop in day.stops if stop.end.timestamp() > one.end.timestamp())
    reliefs = sorted(_reliefs(subject, row), key=lambda one: one[:5])
    ways = (_back_in_time(subject, row, reliefs), *_with_halts(subject, row))
    proven = min(
        (one for one in ways if one is not None), key=lambda one: _worth(subject, one[0]), default=None
    )
    way, shown = proven if proven is not None else (None, None)
    cause = f"{listed(behind)} {'ends' if len(behind) == 1 else 'end'} only after that"
    if not behind and day.halts:
        last = day.halts[-1]
        where = last.job_id if isinstance(last, Stop) else f"loading parts at {last.branch_id}"
        cause = f"the way back from {where}, which ends at {clock(last.end)}, lies behind it"
    elif not behind:
        cause = "the way back lies behind it"
    said = (
        f"{one.key} is back at {clock(day.last_leg.arrival)}, {minutes(over_s)} after the regular end at "
        f"{clock(one.end)}: {cause}. "
    )
    said += (
        _advice(way, reliefs)
        if way is not None
        else f"No single one of the {count(len(day.stops), 'stop')} moved or left out would bring the day to its "
        f"regular end, all other stops kept with their technicians{_as_they_are(subject)}."
    )
    answer = OvertimeReason(
        technician_id=one.key.technician_id,
        day=one.key.day,
        overtime_s=over_s,
        job_ids=behind,
        way=way,
        sentence=said,
    )
    return Explained(answer, shown)


def _as_they_are(subject: Subject) -> str:
    return (
        " and in their order"
        if subject.ties is None
        else ", in their order, and where they are tied at their times"
    )


def _advice(way: Way, reliefs: list[_Relief]) -> str:
    """Return the cheapest way in words; where nothing but a lost job helps, that is said first."""
    if way.kind != "leave_out" or any(relief.shift >= 0 for relief in reliefs):
        return f"Cheapest way to end in time: {way.sentence}"
    costs = f"that costs {money(way.cents)} more" if way.cents > 0 else bill_change(way.cents)
    if len(reliefs) == 1:
        return f"Only leaving out {way.job_id} would end it in time; {costs}."
    return f"Only leaving out a job would end it in time, {way.job_id} at the least price; {costs}."


def _back_in_time(subject: Subject, row: int, reliefs: list[_Relief]) -> tuple[Way, Witness] | None:
    """Return the cheapest single move, or single job left out, after which the day ends by its regular end."""
    for relief in reliefs:
        if relief.shift < 0:
            proven = prove_without(subject, relief.job)
        else:
            routes = subject.with_job(relief.job, relief.shift, relief.pos)
            if relief.placement is not None:
                routes = subject.with_placement(relief.job, relief.placement)
            proven = prove(subject, "move", relief.job, relief.shift, routes)
        if proven is not None and _ends_in_time(subject, row, proven[1]):
            return proven
    return None


def _with_halts(subject: Subject, row: int) -> Iterator[tuple[Way, Witness] | None]:
    """Yield for each job of a day its cheapest move with its parts loaded on the way, if the day then ends in time."""
    p = subject.problem
    for job in (one for one in subject.routes.stops[row] if p.shelf[one] < 0 and p.job_of[one] == one):
        shifts = people_rows(subject.compiled).tolist()
        yield fetched(subject, job, shifts, accept=lambda shown: _ends_in_time(subject, row, shown))


def _worth(subject: Subject, way: Way) -> tuple[int, int]:
    """Return what ways are compared by: the weight counts only where it is compared first."""
    return way.weight if subject.by_weight else 0, way.cents


def _ends_in_time(subject: Subject, row: int, shown: Witness) -> bool:
    """Tell whether a day ends in time in a plan; where visits agree anew, others may have to wait longer."""
    one = last_shift(subject.compiled, row)
    day = next((day for day in shown.plan.shifts if day.key == one.key), None)
    return day is None or day.work_ends.timestamp() <= one.end.timestamp()


def _reliefs(subject: Subject, row: int) -> Iterator[_Relief]:
    p, stops = subject.problem, subject.routes.stops[row]
    for job in (row for row in stops if p.shelf[row] < 0):
        if subject.is_tied(int(subject.compiled.problem.job_of[job])):
            yield from _tied_reliefs(subject, row, int(subject.compiled.problem.job_of[job]))
            continue
        off = set(subject.rows(job))
        others = tuple(one for one in stops if one not in off)
        shifts = np.flatnonzero(p.forbidden[job] == 0).astype(np.int32)
        shifts = shifts[shifts != row]
        same = np.array([(job, row, pos, pos) for pos in range(len(others) + 1)], np.int32)
        with subject.bench.without((job,)) as gap:
            elsewhere = subject.bench.examine(pairs(job, shifts))
            here = subject.bench.examine(same)
        left = int(p.unserved_cents[job])
        if not gap.unsound and _over_s(subject, row, others) == 0:
            yield _Relief(int(p.weight[job]) if subject.by_weight else 0, gap.cents, job, -1, 0)
            for i in np.flatnonzero(room(elsewhere)).tolist():
                cents = gap.cents + int(elsewhere[i, CENTS]) - left
                yield _Relief(0, cents, job, int(shifts[i]), int(elsewhere[i, AFTER]))
        for pos in np.flatnonzero(room(here)).tolist():
            order = (*others[:pos], job, *others[pos:])
            if order != stops and _over_s(subject, row, order) == 0:
                yield _Relief(0, gap.cents + int(here[pos, CENTS]) - left, job, row, pos)


def _tied_reliefs(subject: Subject, row: int, job: int) -> Iterator[_Relief]:
    """Yield what relieves a day of a job that takes several visits or is tied to others: all of it goes."""
    p = subject.problem
    off = set(subject.rows(job))
    others = tuple(one for one in subject.routes.stops[row] if one not in off)
    if _over_s(subject, row, others) > 0:
        return
    if not subject.needed(job):
        with subject.bench.without(subject.rows(job)) as gap:
            if not gap.unsound:
                yield _Relief(int(p.weight[job]) if subject.by_weight else 0, gap.cents, job, -1, 0)
    for one in TiedChanges(subject, job).as_it_stands():
        if all(put.shift != row for put in one.placement.puts):
            lead = one.placement.puts[0]
            yield _Relief(0, one.cents, job, lead.shift, lead.pos, one.placement)
