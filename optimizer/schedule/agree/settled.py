"""The starts of an engine's routes in their usual form, so that the same orders always have the same times."""

from optimizer.problem import Problem, Routes
from optimizer.schedule.agree import Agreed, agree
from optimizer.schedule.lanes import Timekeeper


def settled(problem: Problem, routes: Routes) -> tuple[Routes, int]:
    """Return an engine's routes with the starts that their orders alone give, if those cost no more.

    Parameters
    ----------
    problem : the compiled question
    routes : feasible routes with the starts on which the engine let them agree

    Returns
    -------
    the routes, and by how many cents they are cheaper
    """
    if not routes.agreed:
        return routes, 0
    owed, found = _cents(problem, routes), agree(problem, routes.stops)
    if not isinstance(found, Agreed) or owed is None:
        return routes, 0
    same = routes._replace(agreed=found.starts)
    cents = _cents(problem, same)
    return (same, owed - cents) if cents is not None and cents <= owed else (routes, 0)


def _cents(problem: Problem, routes: Routes) -> int | None:
    """Return what the drives, lateness and overtime of all routes cost; none where one cannot be timed."""
    keeper = Timekeeper(problem, routes.agreed)
    cents = 0
    for row, stops in enumerate(routes.stops):
        times = keeper.time(row, stops) if stops else None
        if stops and times is None:
            return None
        cents += times.cents if times else 0
    return cents
