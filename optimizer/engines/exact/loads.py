"""Loads in the model: deliveries are on board from the start, pickups until the end."""

from optimizer.engines.exact.reach import HOME
from optimizer.engines.exact.terms import CpModel, total
from optimizer.engines.exact.tour import Tour
from optimizer.problem import UNLIMITED, Problem


def add_loads(model: CpModel, problem: Problem, tour: Tour) -> None:
    """Add the loads of a shift in every dimension.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    tour : the shift's route
    """
    for dimension, most in enumerate(problem.capacity[tour.reach.shift].tolist()):
        if most >= UNLIMITED:
            continue
        out = {job: int(problem.delivery[job, dimension]) for job in tour.serves}
        back = {job: int(problem.pickup[job, dimension]) for job in tour.serves}
        model.add(total(out[job] * served for job, served in tour.serves.items()) <= most)
        model.add(total(back[job] * served for job, served in tour.serves.items()) <= most)
        if any(out.values()) and any(back.values()):
            _add_load_on_the_way(model, tour, out, back, most)


def _add_load_on_the_way(
    model: CpModel, tour: Tour, out: dict[int, int], back: dict[int, int], most: int
) -> None:
    """Add what is on board when a place is left; it is held from below, which is enough for a limit from above."""
    load = {a: model.new_int_var(0, most, "") for a in (HOME, *tour.serves)}
    model.add(load[HOME] >= total(out[job] * served for job, served in tour.serves.items()))
    for (a, b), leg in tour.legs.items():
        if b != HOME:
            model.add(load[b] >= load[a] - out[b] + back[b]).only_enforce_if(leg)
