"""What planning a week at once is worth: the whole week against its days planned one after another."""

import argparse
import json
import os
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.day_by_day import day_by_day
from benchmarks.machine import installed_versions, machine
from benchmarks.process import measured_alone
from optimizer.assess import assess
from optimizer.control import Seconds
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.engines.lns import warm_up
from optimizer.interchange.scenario_file import load_scenario
from optimizer.planning import plan_scenario

RESULTS: Final = Path(__file__).parent / "results" / "week.jsonl"
INSTANCES: Final = (Path(__file__).parent.parent / "scenarios" / "screens-network",)
WAYS: Final = ("week", "days")
"""All at once, or one day after another."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``week``."""
    parser.add_argument(
        "--instances", nargs="+", type=Path, default=list(INSTANCES), help="scenarios of several days"
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument(
        "--seconds", nargs="+", type=float, default=[15.0], help="search of the whole week in all"
    )
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="the core to pin to")
    parser.add_argument("--results", type=Path, default=RESULTS, help="file of one JSON line a run")
    parser.add_argument("--table", action="store_true", help="print the table, run nothing")
    parser.add_argument("--one", help=argparse.SUPPRESS)


def main(options: argparse.Namespace) -> None:
    """Plan every week both ways, each run in a process of its own, or print the table."""
    if options.one is not None:
        print(json.dumps(measure(**json.loads(options.one))))
        return
    if options.table:
        print(table([json.loads(line) for line in options.results.read_text().splitlines()]))
        return
    options.results.parent.mkdir(parents=True, exist_ok=True)
    for path in options.instances:
        for seconds in options.seconds:
            for seed in options.seeds:
                for way in WAYS:
                    run = {"seed": seed, "seconds": seconds, "way": way}
                    measured = measured_alone("week", {"path": str(path), **run}, options.core)
                    line = {"instance": path.name, **run, **machine(), **measured}
                    with options.results.open("a") as file:
                        file.write(json.dumps(line) + "\n")
                    print(json.dumps(line), flush=True)


def measure(path: str, seed: int, seconds: float, way: str) -> dict[str, Any]:
    """Plan a week one way and return what the assessor says of the whole of it.

    Parameters
    ----------
    path
        The scenario.
    seed
        Start of the random numbers.
    seconds
        Length of the search in all; each day has its equal part.
    way
        One of `WAYS`.
    """
    warm_up()
    scenario = load_scenario(path)
    return {
        "instance": scenario.name,
        **installed_versions(),
        **worth(scenario, planned(scenario, seed=seed, seconds=seconds, way=way)),
    }


def planned(scenario: Scenario, *, seed: int, seconds: float, way: str) -> Plan:
    """Return the week's plan, made one way.

    Parameters
    ----------
    scenario
        The whole week.
    seed, seconds, way
        See `measure`.
    """
    if way == "week":
        return plan_scenario(scenario, stop=Seconds(seconds), seed=seed).plan
    share = seconds / scenario.horizon.days
    return day_by_day(scenario, lambda day: plan_scenario(day, stop=Seconds(share), seed=seed).plan)


def worth(scenario: Scenario, plan: Plan) -> dict[str, Any]:
    """Return what a week's plan leaves out and costs, by the one assessor on the whole week."""
    assessment = assess(scenario, plan)
    kpis = assessment.kpis
    priorities = {job.job_id: job.priority for job in scenario.jobs}
    left: defaultdict[str, int] = defaultdict(int)
    for job_id in plan.unserved:
        left[priorities[job_id]] += 1
    return {
        "findings": [finding.sentence for finding in assessment.findings],
        "left_weight": kpis.unserved_weight,
        "left_jobs": len(plan.unserved),
        "left_by_class": dict(left),
        "cents": assessment.bill.total_cents,
        "clocks_missed": kpis.clocks - kpis.clocks_met,
        "travel_h": round(kpis.travel_h, 2),
        "service_h": round(kpis.service_h, 2),
        "overtime_h": round(kpis.overtime_h, 2),
        "jobs_a_day": [
            len({stop.job_id for shift in plan.shifts if shift.day == day for stop in shift.stops})
            for day in scenario.horizon.dates()
        ],
        "iterations": plan.provenance.iterations,
    }


def table(lines: list[dict[str, Any]]) -> str:
    """Return a Markdown table: medians over the seeds of each cell, with the span of weight and bill."""
    cells: dict[tuple[str, float, str], list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        cells[line["instance"], line["seconds"], line["way"]].append(line)
    rows = [
        "| week | search in all | planned | left-out weight | jobs left out | bill | clocks missed | driven "
        "| jobs a day | iterations | runs that do not count |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for key in sorted(cells):
        found = [line for line in cells[key] if line["status"] == "ok"]
        name = f"| {key[0]} | {key[1]:g} s | {'at once' if key[2] == 'week' else 'day by day'} "
        figures = _figures(found) if found else "| " * 7
        rows.append(f"{name}{figures}| {len(cells[key]) - len(found)} |")
    return "\n".join(rows)


def _figures(found: list[dict[str, Any]]) -> str:
    days = zip(*(line["jobs_a_day"] for line in found), strict=True)
    return (
        f"| {_spread([line['left_weight'] for line in found])} "
        f"| {median(line['left_jobs'] for line in found):g} "
        f"| ¥{_spread([line['cents'] / 100 for line in found])} "
        f"| {median(line['clocks_missed'] for line in found):g} "
        f"| {median(line['travel_h'] for line in found):.1f} h "
        f"| {' '.join(f'{median(day):g}' for day in days)} "
        f"| {median(line['iterations'] for line in found):,.0f} "
    )


def _spread(values: list[float]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f})"
