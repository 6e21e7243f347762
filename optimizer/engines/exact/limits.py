"""Limits in the model: jobs and hours of shifts and of groups."""

from optimizer.engines.exact.terms import Amount, CpModel, Variable, total
from optimizer.engines.exact.tour import Tour
from optimizer.problem import UNLIMITED, Problem


def add_limits(model: CpModel, problem: Problem, tours: list[Tour]) -> None:
    """Add the limits of shifts and groups.

    Parameters
    ----------
    model : is given the constraints
    problem : the compiled question
    tours : all routes
    """
    for tour in tours:
        shift = tour.reach.shift
        work_s = tour.driven_s() + tour.on_site_s()
        _at_most(model, total(_jobs(problem, tour)), int(problem.max_jobs[shift]))
        _at_most(model, tour.driven_s(), int(problem.max_travel_s[shift]))
        _at_most(model, work_s, int(problem.max_work_s[shift]))
        # Both follow from the times; said as sums they bound the routes without them.
        model.add(tour.home >= tour.start_s + work_s)
        rest_s = sum(int(problem.rest_s[rest]) for rest in tour.rests)
        model.add(work_s + rest_s * tour.used <= tour.latest_end_s - tour.start_s)
    for group in range(len(problem.group_max_jobs)):
        members = [tour for tour in tours if problem.group[tour.reach.shift] == group]
        jobs = total(served for tour in members for served in _jobs(problem, tour))
        work_s = total(tour.driven_s() + tour.on_site_s() for tour in members)
        _at_most(model, jobs, int(problem.group_max_jobs[group]))
        _at_most(model, work_s, int(problem.group_max_work_s[group]))


def _jobs(problem: Problem, tour: Tour) -> list[Variable]:
    """Return whom a route serves; halts at branches are no jobs."""
    return [served for row, served in tour.serves.items() if problem.shelf[row] < 0]


def _at_most(model: CpModel, amount: Amount, limit: int) -> None:
    if limit < UNLIMITED:
        model.add(amount <= limit)
