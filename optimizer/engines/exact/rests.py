"""Rests in the model: each in one of its windows, in order, never within a drive or a service."""

from collections.abc import Mapping

from optimizer.engines.exact.reach import HOME, cut
from optimizer.engines.exact.terms import CpModel, Interval, Variable, total
from optimizer.engines.exact.tour import Tour
from optimizer.problem import Problem


def add_rests(model: CpModel, problem: Problem, tour: Tour) -> list[Variable]:
    """Add the rests of a shift and return their begins; they mean nothing where the shift has no job.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    tour : the shift's route
    """
    begins: list[Variable] = []
    busy = []
    free = tour.start_s
    for rest in tour.rests:
        length = int(problem.rest_s[rest])
        begin = _begin(model, problem, tour, rest)
        model.add(begin >= free).only_enforce_if(tour.used)
        busy.append(model.new_optional_fixed_size_interval_var(begin, length, tour.used, ""))
        begins.append(begin)
        free = begin + length
    if begins:
        model.add_no_overlap(busy + _services(model, tour) + _drives(model, tour))
    return begins


def _begin(model: CpModel, problem: Problem, tour: Tour, rest: int) -> Variable:
    from ortools.sat.python.cp_model import Domain

    rows = range(problem.rest_window_ptr[rest], problem.rest_window_ptr[rest + 1])
    windows = [(int(problem.rest_open[row]), int(problem.rest_close[row])) for row in rows]
    spans = cut(windows, tour.start_s, tour.latest_end_s - int(problem.rest_s[rest]))
    if not spans:  # without the rest, the shift takes no job
        model.add(tour.used == 0)
        return model.new_int_var(0, 0, "")
    return model.new_int_var_from_domain(Domain.from_intervals(spans), "")


def _services(model: CpModel, tour: Tour) -> list[Interval]:
    found = []
    for job, served in tour.serves.items():
        stays = {key: leg.stay_s for key, leg in tour.reach.into(job).items()}
        found.append(_interval(model, tour, tour.start[job], stays, served))
    return found


def _drives(model: CpModel, tour: Tour) -> list[Interval]:
    found = []
    for a, driven in ((HOME, tour.used), *tour.serves.items()):
        drives = {key: leg.drive_s for key, leg in tour.reach.out_of(a).items()}
        found.append(_interval(model, tour, tour.leave[a], drives, driven))
    return found


def _interval(
    model: CpModel, tour: Tour, begin: Variable, lengths: Mapping[tuple[int, int], int], there: Variable
) -> Interval:
    """Return the span of a stay or a drive, as long as the leg says that is in the route."""
    least, most = min(lengths.values(), default=0), max(lengths.values(), default=0)
    if least == most:
        return model.new_optional_fixed_size_interval_var(begin, least, there, "")
    length = model.new_int_var(least, most, "")
    model.add(length == total(one * tour.legs[key] for key, one in lengths.items())).only_enforce_if(there)
    end = model.new_int_var(tour.start_s, tour.latest_end_s, "")
    return model.new_optional_interval_var(begin, length, end, there, "")
