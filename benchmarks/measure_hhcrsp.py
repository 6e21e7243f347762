"""One home health care instance in a process of its own on one core; run as `python -m benchmarks.measure_hhcrsp`."""

import argparse
import json
import os
import time
from typing import Any

from benchmarks.machine import installed_versions
from benchmarks.process import peak_memory_mb
from optimizer.control import Progress, Seconds
from optimizer.engines.lns import warm_up
from optimizer.interchange.hhcrsp.door import solve_hhcrsp
from optimizer.interchange.hhcrsp.read import load_instance


def measure(path: str, seed: int, seconds: float, core: int) -> dict[str, Any]:
    """Solve and return the answer, the clock, the share of the core that was had, and peak memory.

    Parameters
    ----------
    path : the instance
    seed : start of the random numbers
    seconds : time limit of the search
    core : the core everything is pinned to
    """
    os.sched_setaffinity(0, {core})
    instance = load_instance(path)
    warm_up()
    last: list[Progress] = []

    def watch(progress: Progress) -> None:
        last[:] = [progress]

    begin, worked_s = time.perf_counter(), sum(os.times()[:4])
    answer = solve_hhcrsp(instance, stop=Seconds(seconds), seed=seed, progress=watch)
    clock_s, worked_s = time.perf_counter() - begin, sum(os.times()[:4]) - worked_s
    return {
        "answer": answer.model_dump(mode="json"),
        "iterations": last[-1].iterations,
        "clock_s": round(clock_s, 3),
        "cpu_share": round(worked_s / clock_s, 2),
        "peak_mb": round(peak_memory_mb("self")),
        "versions": installed_versions(),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    parser.add_argument("seed", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("core", type=int)
    print(json.dumps(measure(**vars(parser.parse_args()))))
