"""Lays a plan out for explaining: its question with the ties cut, its routes on a bench, its ties beside them."""

from typing import NamedTuple

from optimizer.compile import Compiled
from optimizer.errors import BrokenPlan
from optimizer.explain.bench import Bench, Tied
from optimizer.explain.ties import Ties
from optimizer.explain.trial import Trial
from optimizer.explain.untied import CODE, has_ties, untied
from optimizer.problem import Problem, Routes, tied
from optimizer.schedule.agree import Agreed, agree


class LaidOut(NamedTuple):
    """A plan laid out."""

    compiled: Compiled
    """The question with the ties cut; the question itself where there are none."""
    bench: Bench
    """The routes, with their agreed starts, and the ties."""


def laid_out(compiled: Compiled, routes: Routes, *, rests: int = 0) -> LaidOut:
    """Lay a plan out.

    Parameters
    ----------
    compiled : the question
    routes : feasible routes of it
    rests : the most rests a shift has in any variant of the question that will be looked at

    Raises
    ------
    BrokenPlan
        The routes are not feasible.
    """
    if not has_ties(compiled.problem):
        return LaidOut(compiled, Bench(compiled.problem, routes, rests=rests))
    names = compiled.names
    if CODE not in names.codes:
        names = names._replace(codes=(*names.codes, CODE))
    routes = with_agreed(compiled.problem, routes)
    loose = untied(compiled.problem, routes, names.codes)
    ties = Ties(compiled.problem, routes, loose, compiled.visits)
    bench = Bench(loose.problem, routes, rests=rests, tied=Tied(ties, Trial(compiled.problem, routes)))
    return LaidOut(compiled._replace(problem=loose.problem, names=names), bench)


def with_agreed(problem: Problem, routes: Routes) -> Routes:
    """Return routes with the agreed starts of all served tied leads; where any is missing all agree anew.

    Raises
    ------
    BrokenPlan
        No starts keep all ties.
    """
    leads = tied(problem)
    served = {row for stops in routes.stops for row in stops if leads[row]}
    if served == {lead for lead, _ in routes.agreed}:
        return routes
    found = agree(problem, routes.stops)
    if not isinstance(found, Agreed):
        raise BrokenPlan(("Some routes to be explained cannot agree on common starts.",))
    return routes._replace(agreed=found.starts)
