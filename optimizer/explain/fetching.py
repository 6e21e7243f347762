"""Putting a job into a day together with a halt at a branch before it, where its parts are loaded."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from optimizer.domain.explanation import ChangeKind, Way
from optimizer.engines.lns.obstacle import CENTS, NO_PARTS
from optimizer.explain.candidates import pairs, room
from optimizer.explain.subject import Subject
from optimizer.explain.trial import Trial
from optimizer.explain.ways import prove
from optimizer.explain.witness import Witness
from optimizer.problem import Problem, Routes

MOST_ROUTES: Final = 40
"""Routes that lack a job's parts are looked at up to so many, those first in which it would cost least with them."""


class Fetching(NamedTuple):
    """Where a job and its halt go, the cheapest first when sorted."""

    cents: int
    """What drives and prices of the routes add."""
    shift: int
    """The route."""
    stops: tuple[int, ...]
    """Its stops with both in them."""


def fetched(
    subject: Subject,
    job: int,
    shifts: Sequence[int],
    *,
    accept: Callable[[Witness], bool] = lambda _: True,
) -> tuple[Way, Witness] | None:
    """Return the cheapest proven way to let somebody load a job's parts on the way to it; none: nobody can.

    A job that is tied to others, or that takes several people or days, is never fetched for.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of a job; if it is served already, it is moved
    shifts : who may do it
    accept : tells whether a plan is of use
    """
    kind: ChangeKind = "move" if job in subject.shift_of else "serve"
    for one in sorted(fetchings(subject, job, shifts)):
        proven = prove(subject, kind, job, one.shift, _routes(subject, job, one))
        if proven is not None and accept(proven[1]):
            return proven
    return None


def fetchings(subject: Subject, job: int, shifts: Sequence[int]) -> Iterator[Fetching]:
    """Yield for each route and branch the places of the job and the halt with the cheapest drives that can be timed.

    All other stops keep their order. Routes near by are looked at, see `MOST_ROUTES`.

    Parameters
    ----------
    subject : the plan
    job : row of a job; if it is served already, it is moved
    shifts : who may do it
    """
    p = subject.compiled.problem
    halts = p.fetch[p.fetch_ptr[job] : p.fetch_ptr[job + 1]].tolist()
    open_to_it = np.array([row for row in shifts if p.forbidden[job, row] == 0], np.int32)
    if not halts or not len(open_to_it) or subject.is_tied(job):
        return
    with subject.bench.without(subject.rows(job) if job in subject.shift_of else ()):
        found = subject.bench.examine(pairs(job, open_to_it))
    trial = Trial(p, subject.routes)
    without = _without(subject, job)
    here = subject.shift_of.get(job)
    lacking = np.flatnonzero(room(found, NO_PARTS))
    nearest = open_to_it[lacking[np.argsort(found[lacking, CENTS], kind="stable")]][:MOST_ROUTES]
    for shift in nearest.tolist():
        for halt in (row for row in halts if p.forbidden[row, shift] == 0):
            orders = sorted(
                _orders(without[shift], halt, job), key=lambda stops: _driven_cents(p, shift, stops)
            )
            for stops in orders:
                timed = trial.change({shift: stops} if here is None else {here: without[here], shift: stops})
                if timed is not None:
                    yield Fetching(timed.cents, shift, stops)
                    break


def _driven_cents(p: Problem, shift: int, stops: tuple[int, ...]) -> int:
    places = [int(p.start_place[shift]), *p.place[list(stops)].tolist(), int(p.end_place[shift])]
    return int(p.travel[p.profile[shift], places[:-1], places[1:], 1].sum())


def _orders(stops: tuple[int, ...], halt: int, job: int) -> Iterator[tuple[int, ...]]:
    """Yield the stops with the halt somewhere and the job somewhere behind it."""
    for before in range(len(stops) + 1):
        for between in range(before, len(stops) + 1):
            yield (*stops[:before], halt, *stops[before:between], job, *stops[between:])


def _without(subject: Subject, job: int) -> list[tuple[int, ...]]:
    off = set(subject.rows(job))
    return [tuple(row for row in route if row not in off) for route in subject.routes.stops]


def _routes(subject: Subject, job: int, one: Fetching) -> Routes:
    stops = _without(subject, job)
    stops[one.shift] = one.stops
    return Routes(tuple(stops), tuple(row for row in subject.routes.unserved if row != job))
