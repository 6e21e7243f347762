"""One solver on one day, in a process of its own on one core; run as `python -m benchmarks.measure`."""

import argparse
import json
import os
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from benchmarks.days import generate
from benchmarks.peers import PEERS
from benchmarks.process import peak_memory_mb

PACKAGES: Final = ("paigong", "pyvroom", "pyvrp", "ortools", "numba", "numpy")


def measure(size: str, seed: int, solver: str, seconds: float, core: int) -> dict[str, Any]:
    """Solve and return routes, clocks, the share of the core that was had, and peak memory.

    Parameters
    ----------
    size, seed
        Which day.
    solver
        A name in `PEERS`.
    seconds
        The time limit, model building included.
    core
        The core everything is pinned to.
    """
    os.sched_setaffinity(0, {core})
    peer = next(peer for peer in PEERS if peer.name == solver)
    day = generate(size, seed)
    peer.prepare()
    begin, worked_s = time.perf_counter(), sum(os.times()[:4])
    answer = peer.solve(day, seconds, seed)
    process_s, worked_s = time.perf_counter() - begin, sum(os.times()[:4]) - worked_s
    return {
        "routes": answer.routes,
        "clock_s": round(process_s if answer.clock_s is None else answer.clock_s, 3),
        "process_s": round(process_s, 3),
        "cpu_share": round(worked_s / process_s, 2),
        "peak_mb": round(peak_memory_mb("self") if answer.peak_mb is None else answer.peak_mb),
        "versions": _versions(),
    }


def _versions() -> dict[str, str]:
    found = {"python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("size")
    parser.add_argument("seed", type=int)
    parser.add_argument("solver")
    parser.add_argument("seconds", type=float)
    parser.add_argument("core", type=int)
    print(json.dumps(measure(**vars(parser.parse_args()))))
