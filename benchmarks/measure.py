"""One solver on one day, in a process of its own on one core; run as `python -m benchmarks.measure`."""

import argparse
import json
import os
import time
from typing import Any

from benchmarks.days import generate
from benchmarks.machine import installed_versions
from benchmarks.peers import PEERS
from benchmarks.process import peak_memory_mb


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
        "versions": installed_versions(),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("size")
    parser.add_argument("seed", type=int)
    parser.add_argument("solver")
    parser.add_argument("seconds", type=float)
    parser.add_argument("core", type=int)
    print(json.dumps(measure(**vars(parser.parse_args()))))
