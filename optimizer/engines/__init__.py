"""The engines: ways from a problem to routes; `ENGINES` is the table of contents."""

from optimizer.control import Cancel, Stop, Watcher
from optimizer.engines.base import Engine, Solution
from optimizer.engines.exact import Exact
from optimizer.engines.greedy import Greedy
from optimizer.engines.lns.engine import Lns
from optimizer.engines.order.engine import Order
from optimizer.errors import UnsupportedFeature
from optimizer.problem import Problem, Routes, features

ENGINES: tuple[Engine, ...] = (Lns(), Greedy(), Exact(), Order())
"""Every engine, the default first."""


def solve(
    problem: Problem,
    *,
    engine: str = "lns",
    stop: Stop,
    seed: int = 0,
    threads: int = 1,
    warm: Routes | None = None,
    progress: Watcher | None = None,
    cancel: Cancel | None = None,
) -> Solution:
    """Return the best routes an engine finds (see `Engine.solve`).

    Raises
    ------
    UnsupportedFeature
        When there is no such engine or it does not handle something the problem uses.
    """
    chosen = next((one for one in ENGINES if one.name == engine), None)
    if chosen is None:
        known = ", ".join(one.name for one in ENGINES)
        raise UnsupportedFeature(f"There is no engine named {engine!r}; choose one of: {known}.")
    missing = sorted(features(problem) - chosen.handles)
    if missing:
        raise UnsupportedFeature(f"Engine {engine!r} does not handle: {', '.join(missing)}; use lns.")
    return chosen.solve(
        problem, stop=stop, seed=seed, threads=threads, warm=warm, watch=progress, cancel=cancel
    )
