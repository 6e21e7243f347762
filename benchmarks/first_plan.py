"""How soon a day has a first plan, and how much memory the run takes."""

import argparse
import json
import resource
import time

from benchmarks import days
from optimizer.control import Seconds
from optimizer.engines import solve
from optimizer.engines.lns import warm_up
from optimizer.engines.lns.obstacle import Lack, obstacles
from optimizer.interchange.vroom.compile import compile_request
from optimizer.interchange.vroom.read import read_request


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``first-plan``."""
    parser.add_argument("--size", default="300-3000", choices=sorted(days.SIZES), help="technicians-jobs")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5], help="seeds of the days")
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="length of the search after the first plan"
    )


def main(options: argparse.Namespace) -> None:
    """Print one JSON line a day: seconds to compile, to the first plan, what it leaves out, peak memory so far."""
    warm_up()
    for seed in options.seeds:
        print(json.dumps(_measure(options.size, seed, options.seconds)), flush=True)


def _measure(size: str, seed: int, seconds: float) -> dict[str, object]:
    request = days.generate(size, seed).vroom_request()
    began = time.perf_counter()
    problem = compile_request(read_request(request)).problem
    compiled = time.perf_counter()
    greedy = solve(problem, engine="greedy", stop=Seconds(seconds))
    lacking = obstacles(problem, greedy.routes)
    searched = solve(problem, stop=Seconds(seconds))
    weight_unit = len(problem.place) + 1
    return {
        "size": size,
        "seed": seed,
        "compile_s": round(compiled - began, 2),
        "first_plan_s": round(searched.trace[0].elapsed_s, 2),
        "first_weight": searched.trace[0].weight // weight_unit,
        "first_insertable": sum(found.lack is Lack.WORTH for found in lacking.values()),
        "search_s": seconds,
        "last_weight": searched.weight // weight_unit,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
