"""Why a day is longer than the shift, which stops lie behind its end, and the cheapest way to be back in time."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from optimizer.domain.explanation import OvertimeReason, Way
from optimizer.engines.lns.obstacle import AFTER, CENTS
from optimizer.explain.candidates import pairs, room
from optimizer.explain.subject import Subject
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
    end_s = subject.compiled.timeline.seconds(subject.compiled.shifts[row].end)
    return max(0, int(times.arrive[-1]) - end_s) if times is not None else 0


def _explained(subject: Subject, row: int, over_s: int) -> Explained:
    one = subject.compiled.shifts[row]
    day = subject.days[one.key]
    behind = tuple(stop.job_id for stop in day.stops if stop.end.timestamp() > one.end.timestamp())
    reliefs = sorted(_reliefs(subject, row))
    proven = _back_in_time(subject, reliefs)
    way, shown = proven if proven is not None else (None, None)
    last = day.stops[-1]
    cause = (
        f"{listed(behind)} {'ends' if len(behind) == 1 else 'end'} only after that"
        if behind
        else f"the way back from {last.job_id}, which ends at {clock(last.end)}, lies behind it"
    )
    said = (
        f"{one.key} is back at {clock(day.last_leg.arrival)}, {minutes(over_s)} after the regular end at "
        f"{clock(one.end)}: {cause}. "
    )
    said += (
        _advice(way, reliefs)
        if way is not None
        else f"No single one of the {count(len(day.stops), 'stop')} moved or left out would bring the day to its "
        "regular end, all other stops kept with their technicians and in their order."
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


def _advice(way: Way, reliefs: list[_Relief]) -> str:
    """Return the cheapest way in words; where nothing but a lost job helps, that is said first."""
    if way.kind != "leave_out" or any(relief.shift >= 0 for relief in reliefs):
        return f"Cheapest way to end in time: {way.sentence}"
    costs = f"that costs {money(way.cents)} more" if way.cents > 0 else bill_change(way.cents)
    if len(reliefs) == 1:
        return f"Only leaving out {way.job_id} would end it in time; {costs}."
    return f"Only leaving out a job would end it in time, {way.job_id} at the least price; {costs}."


def _back_in_time(subject: Subject, reliefs: list[_Relief]) -> tuple[Way, Witness] | None:
    """Return the cheapest single move, or single job left out, after which the day ends by its regular end."""
    for relief in reliefs:
        if relief.shift < 0:
            proven = prove_without(subject, relief.job)
        else:
            routes = subject.with_job(relief.job, relief.shift, relief.pos)
            proven = prove(subject, "move", relief.job, relief.shift, routes)
        if proven is not None:
            return proven
    return None


def _reliefs(subject: Subject, row: int) -> Iterator[_Relief]:
    p, stops = subject.problem, subject.routes.stops[row]
    for job in stops:
        others = tuple(one for one in stops if one != job)
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
