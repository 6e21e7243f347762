"""Which visits the halts at branches in plans and orders are: for which jobs parts are loaded there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from optimizer.compile import Compiled

MOST_WAYS: Final = 5
"""So many ways to share out what a halt loads are tried, where the halts behind it come out wrong."""


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


class _Place(NamedTuple):
    """A halt, and the visits that come behind it."""

    day: int
    halt: Halt
    behind: tuple[int, ...]


def woven(compiled: Compiled, days: Sequence[HaltedDay]) -> Woven:
    """Return the days of one route with a row for each job that a halt serves, in front of what comes behind it.

    Parts loaded serve any later stop, but in a problem a halt belongs to a job. Jobs are taken so that all halts load
    just what they do, the first that come behind them; where no jobs do, each halt by itself is for those that load no
    more, and if there are none, for the first that takes any of it.

    Parameters
    ----------
    compiled : the question
    days : the days of one route, those of a trip in order
    """
    places = [
        _Place(day, halt, (*one.visits[halt.before :], *_visits(days[day + 1 :])))
        for day, one in enumerate(days)
        for halt in one.halts
    ]
    chosen = _all_exactly(compiled, places, frozenset())
    if chosen is None:
        chosen = _one_by_one(compiled, places)
    found: list[tuple[int, ...]] = []
    idle: list[tuple[int, int]] = []
    for day, one in enumerate(days):
        rows: list[int] = []
        done = 0
        mine = [offers for place, offers in zip(places, chosen, strict=True) if place.day == day]
        for number, (halt, offers) in enumerate(zip(one.halts, mine, strict=True)):
            rows.extend(one.visits[done : halt.before])
            done = max(done, halt.before)
            rows.extend(offer.row for offer in offers)
            if not offers:
                idle.append((day, number))
        found.append((*rows, *one.visits[done:]))
    return Woven(tuple(found), tuple(idle))


def _visits(days: Sequence[HaltedDay]) -> Iterator[int]:
    for day in days:
        yield from day.visits


def _all_exactly(
    compiled: Compiled, places: Sequence[_Place], served: frozenset[int]
) -> list[Sequence[_Offer]] | None:
    """Return for which visits the halts are made so that each loads just what it does; none: there are none."""
    if not places:
        return []
    first, others = places[0], places[1:]
    if not first.halt.parts:
        return None
    offers = _offers(compiled, first.halt.branch_id, [one for one in first.behind if one not in served])
    for chosen in islice(_exactly(Counter(first.halt.parts), offers), MOST_WAYS):
        rest = _all_exactly(compiled, others, served | {offer.visit for offer in chosen})
        if rest is not None:
            return [chosen, *rest]
    return None


def _one_by_one(compiled: Compiled, places: Sequence[_Place]) -> list[Sequence[_Offer]]:
    """Return for which visits each halt is made, in order; none: it is of no use to any."""
    served: set[int] = set()
    found: list[Sequence[_Offer]] = []
    for place in places:
        behind = [one for one in place.behind if one not in served]
        found.append(_chosen(place.halt, _offers(compiled, place.halt.branch_id, behind)))
        served.update(offer.visit for offer in found[-1])
    return found


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
    if exactly := next(_exactly(Counter(halt.parts), offers), None):
        return exactly
    left, fitting = Counter(halt.parts), []
    for offer in offers:
        if offer.loads <= left:
            left -= offer.loads
            fitting.append(offer)
    return fitting or [offer for offer in offers if offer.loads.keys() & halt.parts.keys()][:1]


def _exactly(left: Counter[str], offers: Sequence[_Offer]) -> Iterator[tuple[_Offer, ...]]:
    """Yield offers that together load just this, the first ones first."""
    if not left.total():
        yield ()
        return
    in_vain: list[Counter[str]] = []
    for number, offer in enumerate(offers):
        if offer.loads <= left and offer.loads not in in_vain:
            found = False
            for others in _exactly(left - offer.loads, offers[number + 1 :]):
                found = True
                yield offer, *others
            if not found:
                in_vain.append(offer.loads)
