"""How soon a customer is told when somebody could come, whether taking it holds, and whether the order is right."""

import argparse
import gc
import json
import statistics
import time
from collections import Counter
from itertools import combinations
from typing import Any

from benchmarks.machine import machine
from benchmarks.new_jobs import new_jobs, told_days
from benchmarks.offers_http import asked_over_http
from optimizer.assess import assess
from optimizer.compile import compile_scenario
from optimizer.control import Seconds
from optimizer.domain.job import Job
from optimizer.domain.offer import Offer
from optimizer.engines import solve
from optimizer.errors import PaigongError
from optimizer.explain import routes_of
from optimizer.offers import Offerer
from optimizer.schedule.plan import make_plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``offers``."""
    parser.add_argument("--size", default="50-500", help="technicians-jobs")
    parser.add_argument("--days", type=int, default=5, help="planned days")
    parser.add_argument("--load", type=float, default=0.8, help="hours of work asked for by hours of staff")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="seeds of the days")
    parser.add_argument("--jobs", type=int, default=50, help="new jobs")
    parser.add_argument("--seconds", type=float, default=10.0, help="length of the search for the plan")
    parser.add_argument("--further", type=int, default=2, help="other technicians named for each window")
    parser.add_argument("--take", type=int, default=0, help="so many of the offers are taken; -1: all")
    parser.add_argument("--resolve", type=float, default=0.0, help="seconds to plan anew for every window")
    parser.add_argument("--resolve-seeds", type=int, default=3, help="searches for every window")
    parser.add_argument("--http", action="store_true", help="ask the service, for the first day alone")


def main(options: argparse.Namespace) -> None:
    """Print one JSON line for each seed: milliseconds an answer, takings, and how well the order holds."""
    technicians, jobs = map(int, options.size.split("-"))
    for seed in options.seeds:
        scenario, document = told_days(
            technicians=technicians,
            jobs=jobs,
            days=options.days,
            load=options.load,
            seed=seed,
            stop=Seconds(options.seconds),
        )
        new = new_jobs(scenario, load=options.load, seed=seed, number=options.jobs)
        found: dict[str, Any] = {
            "size": options.size,
            "days": options.days,
            "load": options.load,
            "seed": seed,
        }
        if options.http:
            asked, firsts, seconds = asked_over_http(scenario, document, new)
            found |= asked | {"new_day_ms": spread(firsts), "kept_day_ms": spread(seconds)}
        else:
            began = time.perf_counter()
            offerer = Offerer(scenario, document)
            found["load_s"] = round(time.perf_counter() - began, 2)
            found |= _measure(offerer, new, options)
        print(json.dumps({**found, **machine()}), flush=True)


def _measure(offerer: Offerer, new: list[Job], options: argparse.Namespace) -> dict[str, Any]:
    offerer.offers(new[0], further=options.further)  # what is compiled for the first one is not measured
    gc.collect()
    gc.freeze()  # as the server does: else all that is loaded is looked through for garbage now and then
    spent, worked, answers = [], [], []
    for job in new:
        began, began_cpu = time.perf_counter(), time.process_time()
        answers.append(offerer.offers(job, further=options.further))
        spent.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - began_cpu))
    found: dict[str, Any] = {
        "jobs": len(new),
        "offers": sum(map(len, answers)),
        "with_ten": sum(len(one) == 10 for one in answers),
        "answer_ms": spread(spent),
        "answer_cpu_ms": spread(worked),
    }
    if options.take:
        found["taken"] = _taken(offerer, new, answers, options.take)
    if options.resolve:
        found["ranking"] = _ranking(offerer, new, answers, options)
    return found


def spread(values: list[float]) -> dict[str, float]:
    """Return median, 95th percentile and the largest of some values.

    Parameters
    ----------
    values : at least one
    """
    in_order = sorted(values)
    figures = {
        "median": statistics.median(in_order),
        "p95": in_order[-(-95 * len(in_order) // 100) - 1],
        "max": in_order[-1],
    }
    return {name: round(value, 1) for name, value in figures.items()}


def _taken(offerer: Offerer, new: list[Job], answers: list[tuple[Offer, ...]], most: int) -> dict[str, int]:
    """Take offers one by one, each in the plan as it was; the checker sees every whole plan."""
    seen: Counter[str] = Counter()
    before = offerer.standing.document.assessment.bill.total_cents
    for job, offers in zip(new, answers, strict=True):
        for offer in offers:
            if seen["taken"] == most:
                break
            seen["taken"] += 1
            try:
                after = offerer.confirm(job, offer).document.assessment.bill.total_cents
            except PaigongError:
                seen["refused"] += 1
            else:
                seen["other_bill"] += after - before != offer.added_cents
    return dict(seen)


def _ranking(
    offerer: Offerer, new: list[Job], answers: list[tuple[Offer, ...]], options: argparse.Namespace
) -> dict[str, Any]:
    """Plan anew for every offered window, from the offered plan on, and compare the order of the bills."""
    seen: Counter[str] = Counter()
    for job, offers in zip(new, answers, strict=True):
        bills = [_planned_anew(offerer, job, offer, options) for offer in offers]
        for (one, some), (other, others) in combinations(zip(offers, bills, strict=True), 2):
            seen["pairs"] += 1
            noise = max(max(some) - min(some), max(others) - min(others))
            apart = min(some) - min(others)
            if abs(apart) > noise:
                seen["beyond_noise"] += 1
                seen["agree"] += (apart > 0) == (one.added_cents > other.added_cents)
    return {**seen, "share": round(seen["agree"] / max(1, seen["beyond_noise"]), 3)}


def _planned_anew(offerer: Offerer, job: Job, offer: Offer, options: argparse.Namespace) -> list[int]:
    """Return the bills of the best plans found in which the job has this window; others keep what they were told."""
    taken = offerer.confirm(job, offer)
    scenario = taken.scenario.model_copy(update={"promises": taken.scenario.promises[:-1]})
    compiled = compile_scenario(scenario)
    warm = routes_of(compiled, taken.document.plan)
    found = []
    for seed in range(options.resolve_seeds):
        best = solve(compiled.problem, stop=Seconds(options.resolve), seed=seed, warm=warm)
        plan = make_plan(compiled, best.routes, taken.document.plan.provenance)
        found.append(assess(scenario, plan).bill.total_cents)
    return found
