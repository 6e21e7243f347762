"""Engine `exact`: a first answer by `lns`, then CP-SAT until it is proven that nothing is better."""

from optimizer.control import AnyOf, Budget, Cancel, EndedBy, Iterations, Progress, Stop, Watcher
from optimizer.engines.base import Engine, Solution, TracePoint
from optimizer.engines.exact.model import Model
from optimizer.engines.exact.solver import Proof, minimise
from optimizer.engines.exact.terms import Amount
from optimizer.engines.exact.worth import worth
from optimizer.engines.lns.engine import Lns
from optimizer.errors import BrokenPlan, UnsupportedFeature
from optimizer.problem import Problem, Routes

FIRST_ITERATIONS = 500
"""Iterations of `lns` for the first answer; they are not counted."""

MOST_DRIVES = 20_000
"""Drives between two jobs in one shift that a question may have."""


class Exact(Engine):
    """The whole question as one CP-SAT model: the best plan with its proof, for small questions."""

    name = "exact"
    handles = frozenset(
        {
            "setup",
            "several windows",
            "lateness prices",
            "overtime prices",
            "several rests",
            "capacities",
            "weekly limits",
            "assignment prices",
            "load prices",
            "parts",
            "halts at branches",
            "crews",
            "links",
        }
    )

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
        """See `Engine.solve`.

        An iteration is a thousandth of the solver's deterministic time, about a millisecond. A limit of iterations
        binds the solver to one thread. Without a proof of the unserved weight there is no bound of the cents.

        Raises
        ------
        UnsupportedFeature
            When the question is too large for a model.
        """
        drives = int(((problem.forbidden == 0).sum(axis=0) ** 2).sum())
        if drives > MOST_DRIVES:
            raise UnsupportedFeature(
                f"Engine 'exact' is for small questions: here {drives:,} drives are possible, it takes"
                f" {MOST_DRIVES:,} at most; use lns."
            )
        budget = Budget(stop, cancel)
        shortly = AnyOf((stop, Iterations(FIRST_ITERATIONS)))
        first = Lns().solve(problem, stop=shortly, seed=seed, warm=warm, cancel=cancel)
        return _Run(problem, budget, seed, threads, watch).solution(first)


class _Run:
    """One solve: the best routes so far and what is known about better ones."""

    def __init__(
        self, problem: Problem, budget: Budget, seed: int, threads: int, watch: Watcher | None
    ) -> None:
        self._problem = problem
        self._budget = budget
        self._seed = seed
        self._workers = threads if budget.iterations_left() is None else 1
        self._watch = watch
        self._routes = Routes((), ())
        self._value = (0, 0)
        self._trace: list[TracePoint] = []
        self._asked_to_end: EndedBy | None = None

    def solution(self, first: Solution) -> Solution:
        """Improve a first answer until it is proven, or the budget ends."""
        self._take(first.routes)
        if self._value != (first.weight, first.cents):
            raise BrokenPlan((f"exact: lns says {first.weight, first.cents} of routes worth {self._value}.",))
        bound = None
        if not self._must_end():
            bound = self._search()
        weight, cents = self._value
        return Solution(
            routes=self._routes,
            weight=weight,
            cents=cents,
            iterations=self._budget.iterations,
            ended_by=self._asked_to_end or "finished",
            lower_bound_cents=bound,
            trace=tuple(self._trace),
        )

    def _search(self) -> int | None:
        """Search for better routes; return the proven bound of the cents, if any."""
        model = Model(self._problem)
        if self._problem.levels[0] == 1:
            if self._value[0] > model.hopeless_weight:
                proof = self._minimise(model, model.weight)
                if not proof.optimal:
                    return None
                self._agree(proof, self._value[0])
            model.cp.add(model.weight <= self._value[0])
        proof = self._minimise(model, model.cents)
        if proof.optimal:
            self._agree(proof, self._value[1])
            self._asked_to_end = None  # whoever asked meanwhile was too late
        return proof.bound

    def _minimise(self, model: Model, amount: Amount) -> Proof:
        model.begin_with(self._routes)
        left = self._budget.iterations_left()
        proof = minimise(
            model,
            amount,
            seed=self._seed,
            workers=self._workers,
            iterations=left,
            take=self._take,
            must_end=self._must_end if left is None or self._budget.timed else self._cancelled,
        )
        done = proof.iterations if left is None else min(left, proof.iterations)
        if not proof.optimal and self._asked_to_end is None and left is not None:
            done = left
        self._budget.note(self._value, self._budget.iterations + done)
        if not proof.optimal:
            self._must_end()
        self._tell()
        return proof

    def _take(self, routes: Routes) -> None:
        """Keep routes that are better than the best so far."""
        value = worth(self._problem, routes)
        if value is None:
            raise BrokenPlan((f"exact: the schedule finds no times for {routes.stops}.",))
        if not self._trace or value < self._value:
            self._routes, self._value = routes, value
            self._trace.append(TracePoint(self._budget.elapsed_s, self._budget.iterations, *value))
            self._budget.note(value, self._budget.iterations)

    def _must_end(self) -> bool:
        self._tell()
        self._asked_to_end = self._asked_to_end or self._budget.ended_by()
        return self._asked_to_end is not None

    def _cancelled(self) -> bool:
        """Tell whether somebody asked to end: a run that is to be repeatable ends in the middle for nothing else."""
        self._tell()
        if self._budget.ended_by() == "cancelled":
            self._asked_to_end = "cancelled"
        return self._asked_to_end is not None

    def _tell(self) -> None:
        if self._watch is not None:
            done, share = self._budget.iterations, self._budget.share()
            left = len(self._routes.unserved)
            self._watch(Progress(self._budget.elapsed_s, done, share, *self._value, left))

    def _agree(self, proof: Proof, value: int) -> None:
        """Make sure that what is proven of the model is true of the routes."""
        if proof.value != value:
            raise BrokenPlan((f"exact: the model proves {proof.value}, the schedule finds {value}.",))
