"""The earliest starts that keep the ties of a web, each visit after all it waits for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from optimizer.problem import FAR, UNLIMITED
from optimizer.schedule.agree.lanes_of_route import Lanes, Visit
from optimizer.schedule.agree.web import Circle, Tie, Web
from optimizer.schedule.timing import first_start, last_start

TRIES = 12
"""So many other places for rests are tried where the first choice leaves no moment for a visit."""

PATIENCE = 20
"""So many rounds pass before a first visit whose second one moves along is put off in growing steps."""

ROUNDS = 64
"""So often first visits are put off because their second ones would come too late; then it never ends."""


class NoMoment(NamedTuple):
    """There is no moment at which a crew can start."""

    lead: int
    """The lead."""
    later: tuple[tuple[int, int], ...] = ()
    """Starts of visits before it that would leave another place for a rest: lead and second."""


def common_starts(web: Web, decided: Sequence[Tie]) -> dict[int, int] | Circle | NoMoment:
    """Return the earliest starts in a web, or why there are none.

    Parameters
    ----------
    web : the tied visits and their routes
    decided : which of two that keep apart goes first, as far as that is decided
    """
    ties = (*web.links, *decided)
    order = web.order(ties)
    if isinstance(order, Circle):
        return order
    walk = _Walk(web, order, ties)
    waiting: list[dict[int, int]] = [{}]
    failure: NoMoment | None = None
    for _ in range(TRIES):
        if not waiting:
            break
        least = waiting.pop(0)
        found = walk.starts(least)
        if isinstance(found, dict):
            return found
        failure = failure or found
        waiting.extend({**least, lead: at} for lead, at in found.later if at > least.get(lead, -FAR))
    assert failure is not None
    return failure


class _Walk:
    """Goes through the visits of a web in order of time, forth and back."""

    def __init__(self, web: Web, order: tuple[int, ...], ties: Sequence[Tie]) -> None:
        self._web = web
        self._order = order
        self._after: Mapping[int, list[Tie]] = defaultdict(list)
        self._before: Mapping[int, list[Tie]] = defaultdict(list)
        for tie in ties:
            self._after[tie.first].append(tie)
            self._before[tie.second].append(tie)
        self._at_most = [tie for tie in ties if tie.most_s < UNLIMITED]
        self._later: dict[int, list[int]] = {}
        # What the other routes allow prunes more; what a route allows by itself tells whose fault it is.
        self._latest = self._latest_together()
        self._latest_alone: dict[Visit, Lanes] = {}

    def starts(self, least: Mapping[int, int]) -> dict[int, int] | NoMoment:
        """Return the earliest starts, none of them before the `least` given for some leads."""
        found = self._put_off(least, self._latest)
        if isinstance(found, dict):
            return found
        if not self._latest_alone:
            self._latest_alone = self._latest_begins({})
        return self._put_off(least, self._latest_alone)

    def _put_off(self, least: Mapping[int, int], latest: Mapping[Visit, Lanes]) -> dict[int, int] | NoMoment:
        """Start first visits later until no second one comes too late.

        Never by more than leaves the rests where they are: another place for one may need less. Where a second
        visit moves along with its first one, the steps grow.
        """
        least = dict(least)
        before: dict[int, int] = {}
        step: dict[int, int] = {}
        for turn in range(ROUNDS):
            found = self._forth(least, latest)
            if isinstance(found, NoMoment):
                return found
            early: dict[int, int] = {}
            for tie in self._at_most:
                if seconds := tie.too_early_s(found[tie.first], found[tie.second]):
                    early[tie.first] = max(seconds, early.get(tie.first, 0))
            if not early:
                return found
            other_rests_s = min(
                (at - found[lead] for lead, moments in self._later.items() for at in moments), default=FAR
            )
            step = {
                lead: 2 * step[lead] if turn > PATIENCE and seconds == before.get(lead) else seconds
                for lead, seconds in early.items()
            }
            before = early
            for lead, seconds in step.items():
                least[lead] = found[lead] + min(seconds, other_rests_s)
        return NoMoment(min(early))

    def _forth(self, least: Mapping[int, int], latest: Mapping[Visit, Lanes]) -> dict[int, int] | NoMoment:
        starts: dict[int, int] = {}
        fronts = {shift: (0, route.at_the_start()) for shift, route in self._web.routes.items()}
        later = self._later = {}
        for lead in self._order:
            bounds = (self._web.earliest(tie, starts[tie.first]) for tie in self._before[lead])
            begin = max((0, least.get(lead, 0), *bounds))
            visits = self._web.visits[lead]
            ready = {}
            for visit in visits:
                position, free = fronts[visit.shift]
                ready[visit] = self._web.routes[visit.shift].forward(position, free, visit.position)
            start = self._together(lead, begin, ready, latest)
            if start >= FAR:
                return NoMoment(lead, tuple(self._others(lead, later)))
            starts[lead] = int(start)
            later[lead] = sorted(
                {
                    at
                    for visit in visits
                    for at, last in zip(ready[visit], latest[visit], strict=True)
                    if start < at <= last
                }
            )
            for visit in visits:
                end = start + self._web.stay_s(visit)
                fronts[visit.shift] = visit.position, [end if at <= start else FAR for at in ready[visit]]
        return starts

    def _together(
        self, lead: int, begin: int, ready: Mapping[Visit, Lanes], latest: Mapping[Visit, Lanes]
    ) -> int:
        """Return the first moment at which everybody is there in time to go on; `FAR` for none."""
        while True:
            begin = first_start(self._web.kernel, lead, begin)
            if begin >= FAR:
                return FAR
            all_there = begin
            for visit, lanes in ready.items():
                moments = (
                    max(begin, at)
                    for at, last in zip(lanes, latest[visit], strict=True)
                    if max(begin, at) <= last
                )
                all_there = max(all_there, min(moments, default=FAR))
            if all_there == begin or all_there >= FAR:
                return all_there
            begin = all_there

    def _others(self, lead: int, later: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int]]:
        """Yield later starts of what comes right before a lead, the nearest first."""
        before = {one: None for tie in self._before[lead] for one in (tie.first,)}
        for visit in self._web.visits[lead]:
            before.update(dict.fromkeys(reversed(list(self._web.before(visit)))))
        for one in before:
            for at in later.get(one, ()):
                yield one, at

    def _latest_together(self) -> dict[Visit, Lanes]:
        """Return the latest begins where all visits have to be done in time."""
        last: dict[int, int] = {}
        for _ in range(len(self._at_most) + 1):
            before = dict(last)
            found = self._latest_begins(last, together=True)
            if last == before:
                break
        return found

    def _latest_begins(self, last: dict[int, int], *, together: bool = False) -> dict[Visit, Lanes]:
        """Return the latest begin of each visit and lane; `last` is filled with the latest start of each lead.

        Where routes are not looked at together, only the visit's own route has to be done in time.
        """
        known = dict(last)
        found: dict[Visit, Lanes] = {}
        for lead in reversed(self._order):
            bound = last_start(self._web.kernel, lead, FAR)
            if together:
                for tie in self._after[lead]:
                    bound = min(bound, self._web.latest(tie, last[tie.second]))
                for tie in self._before[lead]:
                    if tie.first in known:
                        bound = min(bound, known[tie.first] + tie.base_s + tie.most_s)
            for visit in self._web.visits[lead]:
                found[visit] = self._back_from_what_follows(visit, found)
                if together:
                    bound = min(bound, *[max(found[visit])])
            bound = last_start(self._web.kernel, lead, bound)
            last[lead] = bound
            for visit in self._web.visits[lead]:
                found[visit] = [min(at, bound) for at in found[visit]]
        return found

    def _back_from_what_follows(self, visit: Visit, found: Mapping[Visit, Lanes]) -> Lanes:
        route = self._web.routes[visit.shift]
        following = self._web.following(visit)
        if following is None:
            return route.backward(route.behind, route.at_the_end(), visit.position)
        due = route.before_begin(found[Visit(visit.shift, following[0])])
        return route.backward(following[0], due, visit.position)
