"""Engine `greedy`: cheapest insertion by priority, a first answer in milliseconds."""

from optimizer.control import Budget, Cancel, Stop, Watcher
from optimizer.engines.base import Engine, Solution, TracePoint
from optimizer.engines.lns.engine import ALL_FEATURES
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.tables import make_tables
from optimizer.problem import Problem, Routes


class Greedy(Engine):
    """Cheapest insertion in order of priority until nothing fits any more: a first answer in milliseconds."""

    name = "greedy"
    handles = ALL_FEATURES

    def solve(
        self,
        problem: Problem,
        *,
        stop: Stop,
        seed: int = 0,
        threads: int = 1,
        warm: Routes | None = None,
        watch: Watcher | None = None,
        cancel: Cancel | None = None,
    ) -> Solution:
        """See `Engine.solve`; the stop never binds, the seed and the threads change nothing."""
        budget = Budget(stop, cancel)
        search = Search(problem, make_tables(problem), seed)
        if warm is not None:
            search.load(warm)
        search.fill(thorough=True)
        weight, cents = search.score
        return Solution(
            routes=search.routes(),
            weight=weight,
            cents=cents,
            iterations=0,
            ended_by="finished",
            trace=(TracePoint(budget.elapsed_s, 0, weight, cents),),
        )
