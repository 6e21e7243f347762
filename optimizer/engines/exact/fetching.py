"""Halts at branches in the model: each may come before its job, in the same route, or is not made."""

from collections import defaultdict

from optimizer.engines.exact.terms import CpModel, Variable
from optimizer.engines.exact.tour import Tour
from optimizer.problem import Problem


def add_halts(model: CpModel, problem: Problem, tours: list[Tour]) -> None:
    """Add that halts come before their jobs, at most one before each.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    tours : all routes
    """
    meant = set(problem.fetch.tolist())
    made: dict[int, list[Variable]] = defaultdict(list)
    for tour in tours:
        for halt, serves in tour.serves.items():
            if problem.shelf[halt] < 0:
                continue
            job = int(problem.job_of[halt])
            if halt not in meant or job not in tour.serves:
                model.add(serves == 0)
                continue
            model.add_implication(serves, tour.serves[job])
            end = tour.start[halt] + tour.stay_s[halt]
            model.add(tour.start[job] >= end).only_enforce_if(serves)
            made[job].append(serves)
    for halts in made.values():
        model.add_at_most_one(halts)
