"""Reasons of jobs that are tied to others can be proven too: what is called impossible is, what helps has a plan."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from optimizer.compile import Compiled, compile_scenario
from optimizer.control import Iterations
from optimizer.engines import solve
from optimizer.explain import Explainer
from optimizer.explain.codes import WORTH, all_codes
from optimizer.explain.laid_out import laid_out
from optimizer.explain.patches import starting_in
from optimizer.explain.slots import job_slots
from optimizer.explain.subject import routes_of
from optimizer.explain.untied import has_ties
from optimizer.problem import BEFORE, Problem, Routes
from optimizer.schedule.lanes import Timekeeper
from tests.oracle.tied_insertions import TiedInsertions
from tests.property.test_reasons import accepted
from tests.property.tied_scenarios import tied_scenario

MOST_INSERTIONS = 200
"""Jobs that could be put in in more ways are not tried the long way."""


def planned(seed: int) -> tuple[Compiled, Routes] | None:
    """Return a tied scenario with what a short search makes of it, none where nothing is tied."""
    compiled = compile_scenario(tied_scenario(seed, max_jobs=8, max_technicians=4))
    if not has_ties(compiled.problem):
        return None
    return compiled, solve(compiled.problem, stop=Iterations(40), seed=seed).routes


def thinner(p: Problem, routes: Routes, rng: Random) -> Routes | None:
    """Return the routes without some jobs, and without those that need them; what is left starts as it did.

    None where that does not work: a detour or a set-up may be what a route comes with to be in time.
    """
    served = {int(p.job_of[row]) for stops in routes.stops for row in stops}
    gone = {job for job in sorted(served) if rng.random() < 0.5}
    links = [link for link in range(len(p.link_from)) if p.link_order[link] == BEFORE]
    for _ in links:
        gone |= {int(p.job_of[p.link_to[link]]) for link in links if p.job_of[p.link_from[link]] in gone}
    stops = tuple(tuple(row for row in route if p.job_of[row] not in gone) for route in routes.stops)
    agreed = tuple(one for one in routes.agreed if p.job_of[one[0]] not in gone)
    keeper = Timekeeper(p, agreed)
    if any(route and keeper.time(shift, route) is None for shift, route in enumerate(stops)):
        return None
    return Routes(stops, tuple(sorted({*routes.unserved, *(gone & served)})), agreed)


def slots_twice(seed: int) -> Iterator[tuple[str, bool, bool]]:
    """Yield for each slot of left-out jobs what it is, whether it is called possible, and whether it naively is."""
    found = planned(seed)
    if found is None or found[0].problem.pace.size:
        return
    compiled, routes = found
    p = compiled.problem
    thinned = thinner(p, routes, Random(seed))
    if thinned is None:
        return
    loose, bench = laid_out(compiled, thinned)
    codes = all_codes(loose)
    for slots in job_slots(loose, bench, codes, bench.routes.unserved):
        if TiedInsertions(p, bench.routes).size(slots.job) > MOST_INSERTIONS:
            continue
        for i, (shift, row) in enumerate(zip(slots.shift.tolist(), slots.window.tolist(), strict=True)):
            window = (int(p.window_open[row]), int(p.window_close[row]))
            naive = TiedInsertions(starting_in(p, slots.job, [window]), bench.routes)
            stopped = set(codes.of(int(slots.mask[i]))) - {WORTH}
            kind = "plain" if slots.tied is None else "tied"
            yield kind, not stopped, naive.possible(slots.job, shift)


@pytest.mark.parametrize("seeds", [range(20), pytest.param(range(20, 1000), marks=pytest.mark.slow)])
def test_slots_are_stopped_exactly_where_no_way_is_found_naively(seeds: range) -> None:
    met: Counter[tuple[str, bool]] = Counter()
    for seed in seeds:
        for kind, said, naive in slots_twice(seed):
            assert said == naive, (seed, kind, said)
            met[kind, said] += 1
    assert met["tied", False] > 3 * len(seeds)
    assert met["tied", True] > len(seeds) // 8
    assert met["plain", False] + met["plain", True] > len(seeds) // 4


@pytest.mark.parametrize("seeds", [range(20), pytest.param(range(20, 250), marks=pytest.mark.slow)])
def test_what_is_said_about_tied_jobs_is_true(seeds: range) -> None:
    met: Counter[str] = Counter()
    for found in map(planned, seeds):
        if found is None:
            continue
        asked = Explainer(*found)
        again = routes_of(asked.subject.compiled, asked.plan)
        assert again == asked.subject.routes
        for reason in asked.reasons:
            tied = asked.subject.is_tied(asked.subject.job_row[reason.job_id])
            met["left out, tied" if tied else "left out"] += 1
            assert reason.slots == sum(one.alone for one in reason.blocks) + reason.jointly + reason.free
            fixed = asked.left_out(reason.job_id)
            assert fixed.answer.reason.blocks == reason.blocks
            if fixed.answer.fix is not None:
                met[f"by {fixed.answer.fix.kind}" if tied else "changed"] += 1
                accepted(asked, fixed.witness, fixed.answer.fix.cents)
                assert fixed.witness is not None
                assert reason.job_id not in fixed.witness.plan.unserved
    assert met["left out, tied"] > len(seeds)
    assert sum(number for kind, number in met.items() if kind.startswith("by ")) > len(seeds) // 10


@pytest.mark.parametrize("seeds", [range(24), pytest.param(range(24, 250), marks=pytest.mark.slow)])
def test_answers_about_served_tied_jobs_are_proven(seeds: range) -> None:
    met: Counter[str] = Counter()
    for seed, found in ((seed, planned(seed)) for seed in seeds):
        if found is None:
            continue
        asked, rng = Explainer(*found), Random(seed)
        scenario = asked.subject.compiled.scenario
        for job in rng.sample(scenario.jobs, min(3, len(scenario.jobs))):
            who = rng.choice(scenario.technicians).technician_id
            answered = asked.why_not(job.job_id, who, search=Iterations(20))
            best = answered.answer.better or answered.answer.way
            if best is not None:
                met["why not"] += 1
                accepted(asked, answered.witness, best.cents)
                assert best.technician_id == who
            other = asked.next_best(job.job_id)
            met["next best"] += other is not None
        for one in (late for job in scenario.jobs for late in asked.late(job.job_id)):
            met["late"] += 1
            if one.answer.way is not None:
                accepted(asked, one.witness, one.answer.way.cents)
        for technician in scenario.technicians:
            for day in asked.overtime(technician.technician_id):
                met["overtime"] += 1
                if day.answer.way is not None:
                    accepted(asked, day.witness, day.answer.way.cents)
    assert met["why not"] > len(seeds) // 4
    assert met["late"] > 0
    assert met["next best"] > 0
