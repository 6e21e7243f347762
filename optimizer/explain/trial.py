"""Routes on trial with their ties: can they be timed, when do the tied visits start, and what do they cost more?"""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np

from optimizer.explain.outings import in_each_others_way
from optimizer.explain.patches import starting_in
from optimizer.explain.placing import Placement, with_puts
from optimizer.explain.untied import crew_of, has_ties, on_site_s
from optimizer.problem import ANY_ORDER, APART, Problem, Routes
from optimizer.schedule.agree import Agreed, agree
from optimizer.schedule.lanes import RouteTimes, Timekeeper
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import next_day


class Timed(NamedTuple):
    """Routes that keep every tie."""

    agreed: tuple[tuple[int, int], ...]
    """When their tied visits start, see `Routes.agreed`."""
    cents: int
    """What their drives, lateness and overtime cost more than those of the plan."""


class Trial:
    """Times changes of a plan's routes.

    Parameters
    ----------
    problem : the compiled question with its ties
    routes : the plan's routes, feasible
    """

    def __init__(self, problem: Problem, routes: Routes) -> None:
        self._p = problem
        self._routes = routes
        self._times: dict[int, RouteTimes | None] = {}

    @cached_property
    def _kernel(self) -> Problem:
        return by_reference(self._p)

    @cached_property
    def _timekeeper(self) -> Timekeeper:
        return Timekeeper(self._p, self._routes.agreed)

    def change(
        self, stops: Mapping[int, tuple[int, ...]], starts: tuple[tuple[int, int], ...] = ()
    ) -> Timed | None:
        """Return what comes of other stops in some shifts, none where they cannot be timed.

        Tied visits keep their agreed starts where that works; else all agree anew.

        Parameters
        ----------
        stops : shift → its new stops
        starts : (lead, second), when visits start that stood in no route
        """
        whole = list(self._routes.stops)
        for shift, route in stops.items():
            whole[shift] = route
        if in_each_others_way(self._p, whole):
            return None
        served = {row for route in whole for row in route}
        kept = tuple(
            sorted({lead: at for lead, at in (*self._routes.agreed, *starts) if lead in served}.items())
        )
        if self._hold(whole, dict(kept)):
            found = self._timed(whole, set(stops), kept)
            if found is not None:
                return found
        if not has_ties(self._p):
            return None
        anew = agree(self._p, whole)
        if not isinstance(anew, Agreed):
            return None
        moved = {lead for lead, _ in {*anew.starts} ^ {*self._routes.agreed}}
        rows = {row for lead in moved for row in crew_of(self._p, lead)}
        touched = {shift for shift, route in enumerate(whole) if not rows.isdisjoint(route)}
        return self._timed(whole, touched | set(stops), anew.starts)

    def put(self, placement: Placement, gone: frozenset[int] = frozenset()) -> Timed | None:
        """Return what comes of putting all visits of a job into the routes, none where they cannot be timed.

        Parameters
        ----------
        placement : where they go; places in the order do not count those that are gone
        gone : visits that are taken out
        """
        return self.change(self.with_puts(placement, gone), placement.starts)

    def with_puts(self, placement: Placement, gone: frozenset[int]) -> dict[int, tuple[int, ...]]:
        """Return the new stops of all shifts that change."""
        return {
            shift: with_puts(
                [row for row in route if row not in gone],
                [put for put in placement.puts if put.shift == shift],
            )
            for shift, route in enumerate(self._routes.stops)
            if not gone.isdisjoint(route) or any(put.shift == shift for put in placement.puts)
        }

    def _timed(
        self, whole: list[tuple[int, ...]], changed: set[int], agreed: tuple[tuple[int, int], ...]
    ) -> Timed | None:
        p, cents = self._p, 0
        timekeeper = Timekeeper(p, agreed)
        times: dict[int, RouteTimes] = {}
        for shift in changed:
            if whole[shift]:
                found = timekeeper.time(shift, whole[shift])
                if found is None:
                    return None
                times[shift] = found
                cents += found.cents + int(p.use_cents[shift])
            before = self._before(shift)
            if before is not None:
                cents -= before.cents + int(p.use_cents[shift])
        return Timed(agreed, cents) if self._within_weeks(whole, changed, times) else None

    def _before(self, shift: int) -> RouteTimes | None:
        if shift not in self._times:
            stops = self._routes.stops[shift]
            self._times[shift] = self._timekeeper.time(shift, stops) if stops else None
        return self._times[shift]

    def _within_weeks(
        self, whole: list[tuple[int, ...]], changed: set[int], times: dict[int, RouteTimes]
    ) -> bool:
        """Tell whether the weeks of the changed shifts keep their limits."""
        p = self._p
        for group in {int(p.group[shift]) for shift in changed} - {-1}:
            shifts = [shift for shift in np.flatnonzero(p.group == group).tolist() if whole[shift]]
            walks = [times[shift] if shift in changed else self._before(shift) for shift in shifts]
            work_s = sum(one.driven_s + one.on_site_s for one in walks if one is not None)
            jobs = sum(int((p.shelf[list(whole[shift])] < 0).sum()) for shift in shifts)
            if jobs > p.group_max_jobs[group] or work_s > p.group_max_work_s[group]:
                return False
        return True

    def _hold(self, whole: list[tuple[int, ...]], starts: Mapping[int, int]) -> bool:
        """Tell whether these starts keep all links between visits."""
        p = self._p
        at = {row: (shift, pos) for shift, stops in enumerate(whole) for pos, row in enumerate(stops)}
        for link in np.flatnonzero(p.link_order != ANY_ORDER).tolist():
            first, second = int(p.link_from[link]), int(p.link_to[link])
            if first not in starts or second not in starts:
                continue
            if p.link_order[link] == APART:
                one, other = sorted((first, second), key=starts.__getitem__)
                if starts[other] < starts[one] + self._stay_s(whole, *at[one]):
                    return False
                continue
            gap = starts[second] - starts[first]
            gap -= self._stay_s(whole, *at[first]) if p.link_on_end[link] else 0
            too_early = p.link_next_day[link] and starts[second] < next_day(
                self._kernel, at[first][0], starts[first]
            )
            if too_early or not p.link_least[link] <= gap <= p.link_most[link]:
                return False
        return True

    def _stay_s(self, whole: list[tuple[int, ...]], shift: int, pos: int) -> int:
        p, stops = self._p, whole[shift]
        before = p.place[stops[pos - 1]] if pos else p.start_place[shift]
        return on_site_s(p, stops[pos], shift, int(before))


class Trials:
    """Times changes of a plan's routes in which one job starts in one window alone.

    Parameters
    ----------
    problem : the compiled question with its ties
    routes : the plan's routes, feasible
    """

    def __init__(self, problem: Problem, routes: Routes) -> None:
        self._p = problem
        self._routes = routes
        self._whole = Trial(problem, routes)
        self._known: dict[tuple[int, tuple[int, int]], Trial] = {}

    def of_window(self, job: int, window: tuple[int, int]) -> Trial:
        """Return what times routes in which a job starts in one of its windows.

        Parameters
        ----------
        job : row of the job's lead
        window : first and last start
        """
        if self._p.window_ptr[job + 1] - self._p.window_ptr[job] == 1:
            return self._whole
        key = (job, window)
        if key not in self._known:
            self._known[key] = Trial(starting_in(self._p, job, [window]), self._routes)
        return self._known[key]
