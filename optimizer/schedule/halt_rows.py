"""Which visits the halts at branches in plans and orders are: for which jobs parts are loaded there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from optimizer.compile import Compiled


class Halt(NamedTuple):
    """A halt at a branch on the way, as a plan or orders have it."""

    branch_id: str
    """The branch."""
    before: int
    """How many of the day's visits come before it."""
    parts: Mapping[str, int]
    """Parts loaded: part → pieces; empty: those of the next job that takes some from there."""


class HaltedDay(NamedTuple):
    """A day's visits at customers and its halts."""

    visits: tuple[int, ...]
    """Rows in order."""
    halts: tuple[Halt, ...] = ()
    """Halts in order."""


class Woven(NamedTuple):
    """The days of a route with their halts among the visits."""

    days: tuple[tuple[int, ...], ...]
    """(day) rows in order."""
    idle: tuple[tuple[int, int], ...]
    """Day and number of each halt that no visit behind it has a use for."""


class _Offer(NamedTuple):
    """A visit behind a halt, and what a halt for it would load."""

    visit: int
    row: int
    loads: Counter[str]


def woven(compiled: Compiled, days: Sequence[HaltedDay]) -> Woven:
    """Return the days of one route with a row for each job that a halt serves, in front of what comes behind it.

    Parts loaded serve any later stop, but in a problem a halt belongs to a job. Jobs are taken so that they load what
    the halt does, the first of them that come behind it; where no jobs load exactly that, those that load no more,
    and if there are none, the first that takes any of it.

    Parameters
    ----------
    compiled : the question
    days : the days of one route, those of a trip in order
    """
    found: list[tuple[int, ...]] = []
    idle: list[tuple[int, int]] = []
    served: set[int] = set()
    for day, one in enumerate(days):
        later = [visit for following in days[day + 1 :] for visit in following.visits]
        rows: list[int] = []
        done = 0
        for number, halt in enumerate(one.halts):
            rows.extend(one.visits[done : halt.before])
            done = max(done, halt.before)
            behind = [visit for visit in (*one.visits[done:], *later) if visit not in served]
            chosen = _chosen(halt, _offers(compiled, halt.branch_id, behind))
            if not chosen:
                idle.append((day, number))
            rows.extend(offer.row for offer in chosen)
            served.update(offer.visit for offer in chosen)
        found.append((*rows, *one.visits[done:]))
    return Woven(tuple(found), tuple(idle))


def _offers(compiled: Compiled, branch_id: str, visits: Sequence[int]) -> list[_Offer]:
    problem, parts = compiled.problem, compiled.names.parts
    found = []
    for visit in visits:
        for row in problem.fetch[problem.fetch_ptr[visit] : problem.fetch_ptr[visit + 1]].tolist():
            if compiled.visits.rows[row].branch == branch_id:
                needs = range(problem.need_ptr[row], problem.need_ptr[row + 1])
                loads = {parts[problem.need_part[need]]: -int(problem.need_count[need]) for need in needs}
                found.append(_Offer(visit, row, Counter(loads)))
    return found


def _chosen(halt: Halt, offers: Sequence[_Offer]) -> Sequence[_Offer]:
    """Return for which visits a halt is made; none: it is of no use to any."""
    if not halt.parts:
        return offers[:1]
    exactly = _exactly(Counter(halt.parts), offers)
    if exactly:
        return exactly
    left, fitting = Counter(halt.parts), []
    for offer in offers:
        if offer.loads <= left:
            left -= offer.loads
            fitting.append(offer)
    return fitting or [offer for offer in offers if offer.loads.keys() & halt.parts.keys()][:1]


def _exactly(left: Counter[str], offers: Sequence[_Offer]) -> tuple[_Offer, ...] | None:
    """Return the first offers that together load just this; none: there are none."""
    if not left.total():
        return ()
    tried: list[Counter[str]] = []
    for number, offer in enumerate(offers):
        if offer.loads <= left and offer.loads not in tried:
            others = _exactly(left - offer.loads, offers[number + 1 :])
            if others is not None:
                return offer, *others
            tried.append(offer.loads)
    return None
