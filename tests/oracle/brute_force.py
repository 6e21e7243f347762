"""The best value of a small problem: all orders of all jobs in every shift, all ways to share them out."""

from typing import NamedTuple

from optimizer.problem import Problem, features
from tests.oracle.recount import Recount
from tests.oracle.sharing import halts_in_order, jobs_of, parts_suffice, rivals_meet, shared_cents
from tests.oracle.timing import Twin, first_in

MOST_JOBS = 7
MOST_ROWS = 9
"""Jobs, and halts at branches that may come before them."""

Value = tuple[int, int]
"""Unserved weight (0 where money alone counts) and cents."""


class Walk(NamedTuple):
    """How far somebody has come along a route."""

    taken: int
    """Rests taken."""
    at: int
    """End of the last service."""
    driven_s: int


class Tally(NamedTuple):
    """What the shifts looked at so far have taken on."""

    served: int
    """Bit mask of jobs."""
    jobs: tuple[int, ...]
    """Jobs of each group."""
    work_s: tuple[int, ...]
    """Seconds of work of each group."""
    routes: tuple[tuple[int, ...], ...]
    """Jobs of each shift so far, where who serves what matters beyond the shift; else nothing."""


class Option(NamedTuple):
    """One route a shift may take."""

    served: int
    work_s: int
    cents: int


def optimum(problem: Problem) -> Value:
    """Return the value of the best plan of a problem of at most `MOST_ROWS` rows."""
    jobs, shifts = problem.forbidden.shape
    assert jobs <= MOST_ROWS
    assert not {"crews", "links"} & features(problem), "see brute_force_ties"
    none = (0,) * len(problem.group_max_jobs)
    plans = {Tally(0, none, none, ()): 0}
    shared = bool(
        problem.assignment_cents.size or len(problem.meter) or len(problem.need_part) or len(problem.rival)
    )
    for shift in range(shifts):
        if shared:
            plans = {tally._replace(routes=(*tally.routes, ())): cents for tally, cents in plans.items()}
        longer = dict(plans)
        for option in _Routes(problem, shift).options():
            for tally, cents in plans.items():
                added = _added(problem, shift, tally, option)
                if added is not None:
                    longer[added] = min(longer.get(added, cents + option.cents), cents + option.cents)
        plans = longer
    return min(
        _value(problem, tally, cents)
        for tally, cents in plans.items()
        if parts_suffice(problem, tally.routes) and not rivals_meet(problem, tally.routes)
    )


def _value(problem: Problem, tally: Tally, cents: int) -> Value:
    left = [job for job in range(len(problem.place)) if not tally.served >> job & 1]
    weight = int(problem.weight[left].sum()) if problem.levels[0] == 1 else 0
    cents += shared_cents(problem, tally.routes) + int(problem.charged_cents[0])
    return weight, cents + int(problem.unserved_cents[left].sum())


def _added(problem: Problem, shift: int, tally: Tally, option: Option) -> Tally | None:
    """Return the tally with one more route, None where it cannot be."""
    if tally.served & option.served:
        return None
    if tally.routes:
        rows = tuple(job for job in range(len(problem.place)) if option.served >> job & 1)
        tally = tally._replace(routes=(*tally.routes[:-1], rows))
    group = int(problem.group[shift])
    if group < 0:
        return tally._replace(served=tally.served | option.served)
    jobs, work_s = list(tally.jobs), list(tally.work_s)
    jobs[group] += jobs_of(problem, [job for job in range(len(problem.place)) if option.served >> job & 1])
    work_s[group] += option.work_s
    if jobs[group] > problem.group_max_jobs[group] or work_s[group] > problem.group_max_work_s[group]:
        return None
    return Tally(tally.served | option.served, tuple(jobs), tuple(work_s), tally.routes)


class _Routes:
    """All routes of one shift, found by walking on from every route that can be walked so far."""

    def __init__(self, problem: Problem, shift: int) -> None:
        self._problem = problem
        self._recount = Recount(problem)
        self._twin = Twin(problem)
        self._shift = shift
        self._work_counts = bool(problem.group[shift] >= 0)
        self._cheapest: dict[tuple[int, int], int] = {}

    def options(self) -> list[Option]:
        """Return the cheapest route of every set of jobs; of every amount of work where a group limits it."""
        twin = self._twin
        if twin.start_s[self._shift] <= twin.latest_end_s[self._shift]:
            self._walk((), {Walk(0, twin.start_s[self._shift], 0): 0}, 0)
        return [Option(served, work_s, cents) for (served, work_s), cents in self._cheapest.items()]

    def _walk(self, jobs: tuple[int, ...], reached: dict[Walk, int], on_site_s: int) -> None:
        """Note the route if it can end here, and walk on to every other job."""
        if jobs and halts_in_order(self._problem, jobs):
            self._note(jobs, reached, on_site_s)
        full = jobs_of(self._problem, jobs) == self._twin.max_jobs[self._shift]
        here = self._twin.places(self._shift, jobs)[-2]
        for job in range(len(self._problem.place)):
            longer = (*jobs, job)
            if job in jobs or self._problem.forbidden[job, self._shift]:
                continue
            if full and self._problem.shelf[job] < 0:
                continue
            if self._problem.shelf[job] >= 0 and self._problem.job_of[job] in jobs:
                continue
            if not self._recount.loads_fit(self._shift, longer):
                continue
            stay = self._twin.stay(job, self._shift, here)
            onward = self._onward(job, here, reached, stay, first=not jobs)
            if onward:
                self._walk(longer, onward, on_site_s + stay)

    def _onward(
        self, job: int, here: int, reached: dict[Walk, int], stay: int, *, first: bool
    ) -> dict[Walk, int]:
        """Return the ways to the end of one more service, with the least cents of each."""
        twin, shift = self._twin, self._shift
        profile, there = twin.profile[shift], twin.place[job]
        found: dict[Walk, int] = {}
        for walk, cents in reached.items():
            for step in twin.steps(shift, here, there, walk.at, walk.taken):
                start = first_in(twin.windows[job], step.ready)
                if start is None:
                    continue
                drive = twin.drive_s(shift, here, there, step)
                if first and not step.during:  # leave as late as changes nothing
                    leave = twin.latest_leave(profile, here, there, (*step.after, start)[0])
                    drive = twin.arrival(profile, here, there, leave) - leave
                owed = cents + step.nights + twin.leg_cents(profile, here, there, drive)
                owed += twin.lateness(job, start, start + stay)
                driven_s = walk.driven_s + (0 if step.during else drive)
                onward = Walk(walk.taken + len(step.rests), start + stay, driven_s)
                found[onward] = min(found.get(onward, owed), owed)
        return found

    def _note(self, jobs: tuple[int, ...], reached: dict[Walk, int], on_site_s: int) -> None:
        """Keep the best timing of a finished route: cheapest, then back earliest."""
        twin, shift = self._twin, self._shift
        here, home = twin.places(shift, jobs)[-2:]
        ends = []
        for walk, cents in reached.items():
            for step in twin.steps(shift, here, home, walk.at, walk.taken):
                all_rested = walk.taken + len(step.rests) == len(twin.rests[shift])
                drive = twin.drive_s(shift, here, home, step)
                driven_s = walk.driven_s + (0 if step.during else drive)
                if (
                    all_rested
                    and step.ready <= twin.latest_end_s[shift]
                    and driven_s <= twin.max_travel_s[shift]
                    and driven_s + on_site_s <= twin.max_work_s[shift]
                ):
                    owed = cents + step.nights + twin.leg_cents(twin.profile[shift], here, home, drive)
                    ends.append((owed + twin.overtime(shift, step.arrive), step.arrive, driven_s))
        if ends:
            cents, _, driven_s = min(ends)
            key = sum(1 << job for job in jobs), driven_s + on_site_s if self._work_counts else 0
            worth = cents + twin.use_cents[shift]
            self._cheapest[key] = min(self._cheapest.get(key, worth), worth)
