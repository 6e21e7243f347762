"""How soon a dispatcher who drags a job sees what it would mean, and how soon the plan is explained."""

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from benchmarks.machine import machine
from optimizer.control import Seconds
from optimizer.domain.document import PlanDocument
from optimizer.domain.preview import Move
from optimizer.domain.scenario import Scenario
from optimizer.engines.lns import warm_up
from optimizer.generate import generate_scenario
from optimizer.planning import plan_scenario
from optimizer.preview import Previewer

ANSWERS = 20
"""How many times each explanation is asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``preview``."""
    parser.add_argument("--sizes", nargs="+", default=["300-3000"], help="technicians-jobs")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="seeds of the days")
    parser.add_argument("--moves", type=int, default=300, help="random moves a day")
    parser.add_argument("--seconds", type=float, default=10.0, help="length of the search for the plan")
    parser.add_argument("--explain", action="store_true", help="ask for explanations too")


def main(options: argparse.Namespace) -> None:
    """Print one JSON line a day: seconds to load, milliseconds of moves, peak memory so far."""
    warm_up()
    for size in options.sizes:
        technicians, jobs = map(int, size.split("-"))
        for seed in options.seeds:
            scenario = generate_scenario(technicians=technicians, jobs=jobs, seed=seed)
            document = plan_scenario(scenario, stop=Seconds(options.seconds), seed=seed)
            found = {"size": size, "seed": seed, **_measure(scenario, document, options), **machine()}
            print(json.dumps(found), flush=True)


def _measure(scenario: Scenario, document: PlanDocument, options: argparse.Namespace) -> dict[str, Any]:
    began = time.perf_counter()
    previewer = Previewer(scenario, document)
    loaded_s = time.perf_counter() - began
    previewer.move(Move(job_id=scenario.jobs[0].job_id))  # what is compiled for the first one is not measured
    tried = list(moves(scenario, document, Random(options.seeds[0]), options.moves))
    spent, worked, allowed = [], [], []
    for move in tried:
        began, began_cpu = time.perf_counter(), time.process_time()
        allowed.append(previewer.move(move).allowed)
        spent.append(time.perf_counter() - began)
        worked.append(time.process_time() - began_cpu)
    found = {"load_s": round(loaded_s, 2), "allowed": sum(allowed), **_spread("move", spent)}
    found |= _spread("move_cpu", worked)  # what is the machine's own on a busy one
    for named in ("leave_out", "to_a_place", "to_the_cheapest_place"):
        mine = [took for move, took in zip(tried, spent, strict=True) if _kind(move) == named]
        found |= _spread(named, mine)
    if options.explain:
        found |= _explained(previewer, scenario, document, Random(options.seeds[0]))
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def moves(scenario: Scenario, document: PlanDocument, rng: Random, number: int) -> Iterator[Move]:
    """Yield moves of any job: one in ten out of the plan, half of the others to the cheapest place of a day.

    Parameters
    ----------
    scenario, document : a question and its plan
    rng : random numbers
    number : how many
    """
    stops = {day.technician_id: [stop.job_id for stop in day.stops] for day in document.plan.shifts}
    for _ in range(number):
        job_id = rng.choice(scenario.jobs).job_id
        if rng.random() < 0.1:
            yield Move(job_id=job_id)
            continue
        who = rng.choice(scenario.technicians).technician_id
        others = [one for one in stops.get(who, ()) if one != job_id]
        place = rng.randint(0, len(others)) if rng.random() < 0.5 else None
        yield Move(job_id=job_id, technician_id=who, position=place)


def _kind(move: Move) -> str:
    if move.technician_id is None:
        return "leave_out"
    return "to_the_cheapest_place" if move.position is None else "to_a_place"


def _explained(
    previewer: Previewer, scenario: Scenario, document: PlanDocument, rng: Random
) -> dict[str, Any]:
    began = time.perf_counter()
    explainer = previewer.explainer
    _ = explainer.plan, explainer.assessment
    found: dict[str, Any] = {"explainer_load_s": round(time.perf_counter() - began, 2)}
    people = [one.technician_id for one in scenario.technicians]
    worked = [day.technician_id for day in document.plan.shifts]
    served = [stop.job_id for day in document.plan.shifts for stop in day.stops]
    asked: dict[str, Callable[[], object]] = {
        "why_not": lambda: explainer.why_not(rng.choice(served), rng.choice(people), search=None),
        "next_best": lambda: explainer.next_best(rng.choice(served)),
        "late": lambda: explainer.late(rng.choice(served)),
        "overtime": lambda: explainer.overtime(rng.choice(worked)),
    }
    if document.plan.unserved:
        asked["left_out"] = lambda: explainer.left_out(rng.choice(document.plan.unserved))
    for name, ask in asked.items():
        spent = []
        for _ in range(ANSWERS):
            began = time.perf_counter()
            ask()
            spent.append(time.perf_counter() - began)
        found |= _spread(name, spent)
    return found


def _spread(name: str, spent_s: list[float]) -> dict[str, Any]:
    """Return median, 95th percentile and the longest of some times, in milliseconds."""
    if not spent_s:
        return {}
    in_order = sorted(spent_s)
    figures = {
        "median": statistics.median(in_order),
        "p95": in_order[-(-95 * len(in_order) // 100) - 1],
        "max": in_order[-1],
    }
    return {f"{name}_ms": {figure: round(1000 * took, 1) for figure, took in figures.items()}}
