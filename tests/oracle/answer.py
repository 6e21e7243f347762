"""What an engine's answer is worth, after everything that must hold of it was asserted."""

from collections import Counter

from optimizer.problem import Problem, Routes
from tests.oracle.recount import Recount
from tests.oracle.sharing import halts_in_order, jobs_of, parts_suffice, rivals_meet, shared_cents


def value_of(problem: Problem, routes: Routes) -> tuple[int, int]:
    """Return unserved weight (0 where money alone counts) and cents of an answer; assert that it is sound.

    Parameters
    ----------
    problem : the compiled question
    routes : every job exactly once, in a route or left out; every route within all limits
    """
    recount = Recount(problem)
    named = Counter([*routes.unserved, *(job for stops in routes.stops for job in stops)])
    halts = {row for row in named if problem.shelf[row] >= 0}
    assert named == Counter([*(problem.shelf < 0).nonzero()[0].tolist(), *halts])
    assert all(halts_in_order(problem, stops) for stops in routes.stops)
    assert list(routes.unserved) == sorted(routes.unserved)
    assert len(routes.stops) == len(problem.profile)
    jobs, work_s = Counter[int](), Counter[int]()
    cents = int(problem.unserved_cents[list(routes.unserved)].sum())
    for shift, stops in enumerate(routes.stops):
        if not stops:
            continue
        assert not problem.forbidden[list(stops), shift].any()
        assert recount.loads_fit(shift, stops)
        timings = recount.best(shift, stops)
        assert timings, (shift, stops)
        cents += recount.cents(shift, stops)
        group = int(problem.group[shift])
        assert jobs_of(problem, stops) <= problem.max_jobs[shift]
        jobs[group] += jobs_of(problem, stops)
        work_s[group] += min(timing.driven_s + timing.on_site_s for timing in timings)
    for group in range(len(problem.group_max_jobs)):
        assert jobs[group] <= problem.group_max_jobs[group]
        assert work_s[group] <= problem.group_max_work_s[group]
    assert parts_suffice(problem, routes.stops)
    assert not rivals_meet(problem, routes.stops)
    cents += shared_cents(problem, routes.stops) + int(problem.charged_cents[0])
    weight = int(problem.weight[list(routes.unserved)].sum()) if problem.levels[0] == 1 else 0
    return weight, cents
