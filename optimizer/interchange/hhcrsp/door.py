"""The door itself: an instance in, a checked answer out."""

from optimizer.control import Cancel, Stop, Watcher
from optimizer.engines import solve
from optimizer.errors import BrokenPlan
from optimizer.interchange.hhcrsp.answer import answer_of
from optimizer.interchange.hhcrsp.check import findings
from optimizer.interchange.hhcrsp.compile import compile_instance
from optimizer.interchange.hhcrsp.instance import Instance
from optimizer.interchange.hhcrsp.records import HhcrspAnswer


def solve_hhcrsp(
    instance: Instance,
    *,
    stop: Stop,
    seed: int = 0,
    threads: int = 1,
    progress: Watcher | None = None,
    cancel: Cancel | None = None,
) -> HhcrspAnswer:
    """Answer an instance; the answer has passed the independent checker.

    Parameters
    ----------
    instance : the question
    stop : when the search ends
    seed : any whole number from 0
    threads : searches side by side, from 1
    progress : is told how the run stands; a cent is a thousandth of three times the cost
    cancel : flag that ends the run early

    Raises
    ------
    BrokenPlan
        The answer did not pass the checker; it is withheld.
    """
    compiled = compile_instance(instance)
    solution = solve(
        compiled.problem,
        engine="order",
        stop=stop,
        seed=seed,
        threads=threads,
        progress=progress,
        cancel=cancel,
    )
    answer = answer_of(instance, compiled, solution.routes)
    found = findings(instance, answer)
    if found:
        raise BrokenPlan(found)
    return answer
