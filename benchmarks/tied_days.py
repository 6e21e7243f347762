"""Days whose routes are tied together: how the search converges, and what the same day gives without the ties."""

import argparse
import json
import os
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.process import measured_alone
from optimizer.checker import check_plan
from optimizer.compile import compile_scenario
from optimizer.control import Seconds
from optimizer.domain.plan import Provenance
from optimizer.domain.scenario import Scenario
from optimizer.engines import solve
from optimizer.engines.base import TracePoint
from optimizer.engines.lns import warm_up
from optimizer.generate import Ties, generate_scenario
from optimizer.schedule.plan import make_plan

RESULTS: Final = Path(__file__).parent / "results" / "tied.jsonl"
SIZES: Final = {"20-100": (20, 100), "50-300": (50, 300), "100-700": (100, 700)}
"""Name of a size → technicians, jobs."""
HOISTS: Final = 2
CHAIN_PERCENT: Final = 5
TYING_RULES: Final = ("CREW", "PRECEDENCE", "SHARED_TOOL")
CURVE_S: Final = (0.3, 1, 3, 10, 30, 60, 100)
"""Moments at which the curve is read, seconds of search."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``tied``."""
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=["50-300", "100-700"])
    parser.add_argument(
        "--crews", nargs="+", type=int, default=[10, 25], help="percent of the jobs with a crew"
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--seconds", nargs="+", type=float, default=[1.0, 10.0, 60.0])
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="the core to pin to")
    parser.add_argument("--results", type=Path, default=RESULTS, help="file of one JSON line a run")
    parser.add_argument("--table", action="store_true", help="print the table, run nothing")
    parser.add_argument("--one", help=argparse.SUPPRESS)


def main(options: argparse.Namespace) -> None:
    """Run every day with its ties and without, each in a process of its own, or print the table."""
    if options.one is not None:
        print(json.dumps(measure(**json.loads(options.one))))
        return
    if options.table:
        print(table([json.loads(line) for line in options.results.read_text().splitlines()]))
        return
    options.results.parent.mkdir(parents=True, exist_ok=True)
    for size in options.sizes:
        for crews in options.crews:
            for seed in options.seeds:
                for seconds in options.seconds:
                    for tied in (True, False):
                        run = {"size": size, "crews": crews, "seed": seed, "seconds": seconds, "tied": tied}
                        line = {**run, **measured_alone("tied", run, options.core)}
                        with options.results.open("a") as file:
                            file.write(json.dumps(line) + "\n")
                        print(
                            json.dumps({key: line.get(key) for key in (*run, "status", "left_weight")}),
                            flush=True,
                        )


def day(size: str, crews: int, seed: int) -> Scenario:
    """Return the day of a size with so many percent of crew jobs."""
    technicians, jobs = SIZES[size]
    ties = Ties(crew_percent=crews, hoists=HOISTS, chain_percent=CHAIN_PERCENT)
    return generate_scenario(technicians=technicians, jobs=jobs, seed=seed, ties=ties)


def untied(scenario: Scenario) -> Scenario:
    """Return the same day with nothing that ties routes: one person a job, no order, tools for everybody."""
    rules = scenario.policy.rules | {code: {"active": False} for code in TYING_RULES}
    return scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"rules": rules})})


def measure(size: str, crews: int, seed: int, seconds: float, tied: bool) -> dict[str, Any]:
    """Plan one day and return what it leaves out, the curve, and what the independent checker found.

    Parameters
    ----------
    size, crews, seed
        Which day.
    seconds
        Length of the search.
    tied
        With its ties, or without.
    """
    warm_up()
    scenario = day(size, crews, seed) if tied else untied(day(size, crews, seed))
    compiled = compile_scenario(scenario)
    solution = solve(compiled.problem, stop=Seconds(seconds), seed=seed)
    plan = make_plan(
        compiled,
        solution.routes,
        Provenance(engine="lns", seed=seed, iterations=solution.iterations, ended_by=solution.ended_by),
    )
    left = set(plan.unserved)
    crewed = [job for job in scenario.jobs if (job.seats or 1) > 1]
    chained = [job for job in scenario.jobs if job.after]
    lifted = [job for job in scenario.jobs if job.shared_tools]
    whole = int(compiled.problem.weight.sum())
    return {
        "findings": len(check_plan(scenario, plan)),
        "weight": whole,
        "left_weight": solution.weight,
        "served_percent": round(100 * (1 - solution.weight / whole), 2),
        "left_jobs": len(left),
        "crew_jobs": len(crewed),
        "left_crew_jobs": sum(job.job_id in left for job in crewed),
        "chained_jobs": len(chained),
        "left_chained_jobs": sum(job.job_id in left for job in chained),
        "hoist_jobs": len(lifted),
        "left_hoist_jobs": sum(job.job_id in left for job in lifted),
        "cents": solution.cents,
        "iterations": solution.iterations,
        "curve": [[at, curve_at(solution.trace, at)] for at in CURVE_S if at <= seconds],
    }


def curve_at(trace: tuple[TracePoint, ...], elapsed_s: float) -> int:
    """Return the left-out weight of the best plan after so many seconds; before the first one, that of the first."""
    reached = [point.weight for point in trace if point.elapsed_s <= elapsed_s]
    return reached[-1] if reached else trace[0].weight


def table(lines: list[dict[str, Any]]) -> str:
    """Return a Markdown table: medians over the seeds of each cell, and the span of the weight left out."""
    cells: dict[tuple[str, int, float, bool], list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        if line["status"] == "ok":
            cells[line["size"], line["crews"], line["seconds"], line["tied"]].append(line)
    rows = [
        "| technicians–jobs | crew jobs | search | ties | priority served | left-out weight | crew jobs left out "
        "| chained left out | iterations/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for (size, crews, seconds, tied), found in sorted(cells.items(), key=lambda cell: str(cell[0])):
        weights = [line["left_weight"] for line in found]
        middle = {key: median(line[key] for line in found) for key in found[0] if key.startswith("left_")}
        rows.append(
            f"| {size} | {crews} % | {seconds:g} s | {'with' if tied else 'without'} "
            f"| {median(line['served_percent'] for line in found):.2f} % "
            f"| {median(weights):g} ({min(weights)}–{max(weights)}) "
            f"| {middle['left_crew_jobs']:g} of {found[0]['crew_jobs']} "
            f"| {middle['left_chained_jobs']:g} of {found[0]['chained_jobs']} "
            f"| {median(line['iterations'] for line in found) / seconds:,.0f} |"
        )
    return "\n".join(rows)
