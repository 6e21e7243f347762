"""The best value of a small problem with tied routes: everybody anywhere, in every order, with every rest everywhere.

With orders and places of rests fixed, all times have least values: each visit waits for its crew, for the visits it
follows, and, where a gap is limited, for the visit that follows it. They are found by raising them until nothing
is too early any more. Prices never fall with time, so nothing else can be better.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from optimizer.problem import A_TOOL, ANOTHER, APART, BEFORE, SAME, Problem, Routes
from tests.oracle.next_days import evenings, next_day
from tests.oracle.sharing import parts_suffice, rivals_meet, shared_cents
from tests.oracle.timing import Twin
from tests.oracle.ways import Passage, Way, Ways

MOST_JOBS = 6

Value = tuple[int, int]
"""Unserved weight (0 where money alone counts) and cents."""

Placed = dict[int, int]
"""Visit → the shift that makes it."""


class Best(NamedTuple):
    """The best plan."""

    value: Value
    routes: Routes


def optimum_of_ties(problem: Problem) -> Best:
    """Return the best plan of a problem of at most `MOST_JOBS` jobs, without congestion.

    Parameters
    ----------
    problem : the compiled question
    """
    return _Choice(problem).best()


class _Link(NamedTuple):
    first: int
    second: int
    order: int
    on_end: bool
    least: int
    most: int
    next_day: bool
    who: int


class _Choice:
    """Tries who does what, cheapest first, as long as it may still become the best."""

    def __init__(self, problem: Problem) -> None:
        p = self._p = problem
        self._job_of: list[int] = p.job_of.tolist()
        self._lead: list[int] = p.lead.tolist()
        jobs = [row for row, job in enumerate(self._job_of) if row == job]
        assert len(jobs) <= MOST_JOBS
        self._rows = {job: [row for row, of in enumerate(self._job_of) if of == job] for job in jobs}
        self._links = [
            _Link(*link)
            for link in zip(
                p.link_from.tolist(), p.link_to.tolist(), p.link_order.tolist(), p.link_on_end.tolist(),
                p.link_least.tolist(), p.link_most.tolist(), p.link_next_day.tolist(), p.link_who.tolist(),
                strict=True,
            )
        ]  # fmt: skip
        twin = Twin(p)
        self._ways = [Ways(p, twin, shift) for shift in range(len(p.profile))]
        timed = [link for link in self._links if link.order in (BEFORE, APART)]
        self._timed = {row for link in timed for row in (link.first, link.second)}
        self._timed |= {lead for lead in self._lead if self._lead.count(lead) > 1}
        self._best = Best((1 << 60, 0), Routes((), ()))

    def best(self) -> Best:
        """Return the best plan."""
        choices = {job: list(self._choices(job)) for job in self._rows}
        self._choose(sorted(choices, key=lambda job: len(choices[job])), choices, {}, frozenset())
        return self._best

    def _choices(self, job: int) -> Iterator[Placed]:
        """Yield all ways to share a job's visits out, as far as they can be told apart from all other jobs'."""
        rows = self._rows[job]
        able = [
            [shift for shift, ways in enumerate(self._ways) if frozenset((row,)) in ways.least]
            for row in rows
        ]

        def share_out(placed: Placed) -> Iterator[Placed]:
            if len(placed) == len(rows):
                if all(self._covered(lead, placed) for lead in {self._lead[row] for row in rows}):
                    yield placed
                return
            row = rows[len(placed)]
            for shift in able[len(placed)]:
                longer = {**placed, row: shift}
                if self._together(row, longer) and self._who_is_right(longer):
                    yield from share_out(longer)

        return share_out({})

    def _together(self, row: int, placed: Placed) -> bool:
        """Tell whether a visit's shift can be in one crew with those of the others."""
        p, shift = self._p, placed[row]
        for mate, other in placed.items():
            if mate == row or self._lead[mate] != self._lead[row]:
                continue
            people = A_TOOL not in (p.standing[shift], p.standing[other])
            if other == shift or (people and p.standing[shift] != p.standing[other]):
                return False
            if max(p.start_s[shift], p.start_s[other]) > min(p.latest_end_s[shift], p.latest_end_s[other]):
                return False
        return True

    def _covered(self, lead: int, placed: Placed) -> bool:
        row = self._p.cover_row[lead]
        if row < 0:
            return True
        bits = 0
        for visit, shift in placed.items():
            if self._lead[visit] == lead:
                bits |= int(self._p.cover[row, shift])
        return bits & int(self._p.cover_all[row]) == int(self._p.cover_all[row])

    def _who_is_right(self, placed: Placed) -> bool:
        for link in self._links:
            if link.who in (SAME, ANOTHER) and link.first in placed and link.second in placed:
                same = self._p.person[placed[link.first]] == self._p.person[placed[link.second]]
                if same != (link.who == SAME):
                    return False
        return True

    def _nobody_ahead(self, placed: Placed, left: frozenset[int]) -> bool:
        """Tell whether nothing is served without what it follows."""
        return not any(
            link.order == BEFORE and self._job_of[link.first] in left and link.second in placed
            for link in self._links
        )

    def _choose(
        self, open_jobs: list[int], choices: dict[int, list[Placed]], placed: Placed, left: frozenset[int]
    ) -> None:
        """Go on with the next job in every way; those first that look cheapest."""
        if not open_jobs:
            _Times(self._p, self._ways, self._links, self._timed, placed, left, self).settle()
            return
        job = open_jobs[0]
        onward = [({**placed, **choice}, left) for choice in choices[job]]
        onward.append((placed, left | {job}))
        ranked = sorted(
            ((self._at_least(*one), number) for number, one in enumerate(onward)),
            key=lambda entry: entry[0] or (0, 0),
        )
        for value, number in ranked:
            if value is not None and value < self._best.value:
                more, out = onward[number]
                if self._who_is_right(more) and self._nobody_ahead(more, out):
                    self._choose(open_jobs[1:], choices, more, out)

    def _at_least(self, placed: Placed, left: frozenset[int]) -> Value | None:
        """Return what no plan falls below that does this and more, None where none does."""
        weight, cents = self.of_left(left)
        for ways, visits in zip(self._ways, visits_of(placed, len(self._ways)), strict=True):
            if visits not in ways.least:
                return None
            cents += ways.least[visits]
        return weight, cents

    def of_left(self, left: frozenset[int]) -> Value:
        """Return the value of leaving jobs out."""
        rows = [row for job in left for row in self._rows[job]]
        weight = int(self._p.weight[rows].sum()) if self._p.levels[0] == 1 else 0
        return weight, int(self._p.unserved_cents[rows].sum()) + int(self._p.charged_cents[0])

    def may_win(self, value: Value) -> bool:
        """Tell whether this is better than the best so far."""
        return value < self._best.value

    def take(self, best: Best) -> None:
        """Keep a plan if it is better than the best so far."""
        if best.value < self._best.value:
            self._best = best


def visits_of(placed: Placed, shifts: int) -> list[frozenset[int]]:
    """Return the visits of each shift."""
    found: list[set[int]] = [set() for _ in range(shifts)]
    for row, shift in placed.items():
        found[shift].add(row)
    return [frozenset(rows) for rows in found]


class _Times:
    """Tries all orders and all places of rests for one way to share the visits out."""

    def __init__(
        self,
        problem: Problem,
        ways: Sequence[Ways],
        links: Sequence[_Link],
        timed: set[int],
        placed: Placed,
        left: frozenset[int],
        choice: _Choice,
    ) -> None:
        self._p = problem
        self._of = ways
        self._lead: list[int] = problem.lead.tolist()
        self._placed = placed
        self._left = left
        self._choice = choice
        self._timed = timed
        self._links = [
            link
            for link in links
            if link.order in (BEFORE, APART) and link.first in placed and link.second in placed
        ]
        self._visits = visits_of(placed, len(ways))
        weight, cents = choice.of_left(left)
        self._flat = weight, cents + shared_cents(problem, [sorted(visits) for visits in self._visits])

    def settle(self) -> None:
        """Hand the best plan over, if it is better than the best so far."""
        routes = [sorted(visits) for visits in self._visits]
        if not parts_suffice(self._p, routes) or rivals_meet(self._p, routes):
            return
        if not self._may_win(
            sum(ways.least[visits] for ways, visits in zip(self._of, self._visits, strict=True))
        ):
            return
        offers = [
            ways.of(visits, every=any(self._lead[row] in self._timed for row in visits))
            for ways, visits in zip(self._of, self._visits, strict=True)
            if visits
        ]
        offers.sort(key=len)
        begins: dict[int, int] = {}
        for link in self._links:
            if link.next_day and link.order == BEFORE:
                _raise(begins, link.second, evenings(self._p, self._placed[link.first])[0].next_day_s)
        self._go_on(offers, [], begins)

    def _may_win(self, cents: int) -> bool:
        return self._choice.may_win((self._flat[0], self._flat[1] + cents))

    def _go_on(self, offers: list[list[Way]], chosen: list[Way], begins: dict[int, int]) -> None:
        """Choose a way for one more shift; times so far only rise with every other choice."""
        if not offers:
            self._keep_apart(chosen, begins, ())
            return
        least = sum(ways[0].cents if ways else 0 for ways in offers[1:])
        for way in offers[0]:
            now = [*chosen, way]
            if not self._groups_kept(now):
                continue
            later = dict(begins)
            passages = self._raised(now, later, ())
            if passages is not None and self._may_win(sum(one.cents for one in passages) + least):
                self._go_on(offers[1:], now, later)

    def _groups_kept(self, chosen: list[Way]) -> bool:
        p = self._p
        for group in range(len(p.group_max_jobs)):
            mine = [way for way in chosen if p.group[way.shift] == group]
            if sum(len(way.order) for way in mine) > p.group_max_jobs[group]:
                return False
            if sum(way.work_s for way in mine) > p.group_max_work_s[group]:
                return False
        return True

    def _keep_apart(
        self, chosen: list[Way], begins: dict[int, int], orders: tuple[tuple[int, int], ...]
    ) -> None:
        """Hand the plan over; where two visits are under way together that must not be, try both orders."""
        later = dict(begins)
        passages = self._raised(chosen, later, orders)
        if passages is None or not self._may_win(sum(one.cents for one in passages)):
            return
        start, end = _clock(chosen, passages)
        for link in self._links:
            a, b = link.first, link.second
            if link.order == APART and start[a] < end[b] and start[b] < end[a]:
                self._keep_apart(chosen, later, (*orders, (a, b)))
                self._keep_apart(chosen, later, (*orders, (b, a)))
                return
        stops: list[tuple[int, ...]] = [()] * len(self._of)
        for way in chosen:
            stops[way.shift] = way.order
        agreed = tuple(sorted((row, start[row]) for row in self._timed if row in start))
        value = self._flat[0], self._flat[1] + sum(one.cents for one in passages)
        self._choice.take(Best(value, Routes(tuple(stops), tuple(sorted(self._left)), agreed)))

    def _raised(
        self, chosen: list[Way], begins: dict[int, int], orders: tuple[tuple[int, int], ...]
    ) -> list[Passage] | None:
        """Raise the begins of leads until nothing is too early; return the passages, None where that is too late."""
        while True:
            passages = []
            for way in chosen:
                passage = self._of[way.shift].passage(way, begins)
                if passage is None:
                    return None
                passages.append(passage)
            start, end = _clock(chosen, passages)
            before = dict(begins)
            for row in start:
                if self._lead[row] in self._timed:
                    _raise(begins, self._lead[row], start[row])
            for link in self._links:
                if link.order == BEFORE and link.first in start and link.second in start:
                    since = end[link.first] if link.on_end else start[link.first]
                    _raise(begins, link.second, since + link.least)
                    if link.next_day:
                        shift = self._placed[link.first]
                        _raise(begins, link.second, next_day(self._p, shift, start[link.first]))
                    took = since - start[link.first]
                    _raise(begins, link.first, start[link.second] - link.most - took)
            for first, second in orders:
                _raise(begins, second, end[first])
            if begins == before:
                return passages


def _raise(begins: dict[int, int], lead: int, at: int) -> None:
    if at > begins.get(lead, -1):
        begins[lead] = at


def _clock(chosen: list[Way], passages: list[Passage]) -> tuple[dict[int, int], dict[int, int]]:
    """Return when each visit starts and ends."""
    start: dict[int, int] = {}
    end: dict[int, int] = {}
    for way, passage in zip(chosen, passages, strict=True):
        start.update(zip(way.order, passage.start, strict=True))
        end.update(zip(way.order, passage.end, strict=True))
    return start, end
