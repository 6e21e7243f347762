"""How soon a dispatcher has a first plan and a short list after call-offs, and what stability costs."""

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.machine import machine
from benchmarks.replan_curves import cases_of, draw
from optimizer.checker import check_plan
from optimizer.control import USUAL_REPLAN_S, Seconds
from optimizer.domain.document import PlanDocument
from optimizer.domain.event import CallOff
from optimizer.domain.plan import Plan
from optimizer.domain.proposal import Proposal
from optimizer.domain.scenario import Scenario
from optimizer.engines.lns import warm_up
from optimizer.generate import generate_scenario
from optimizer.planning import plan_scenario
from optimizer.replan import Replanner, Revision, answered, next_revision, with_expected
from optimizer.rules.settings import params_of
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.rules.unserved import priority_classes

MORNING = timedelta(hours=8, minutes=5)
"""From midnight to the first moment of a re-plan: in generated days all orders are out by eight."""
LATEST = timedelta(hours=14)
"""And to the last one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``replan``."""
    parser.add_argument("--size", default="50-500", help="technicians-jobs")
    parser.add_argument("--away", type=int, default=3, help="how many call off")
    parser.add_argument("--cases", type=int, default=50, help="random cases")
    parser.add_argument("--days", type=int, default=5, help="different days they are drawn from")
    parser.add_argument(
        "--seconds", type=float, default=USUAL_REPLAN_S, help="seconds until the list is there"
    )
    parser.add_argument("--plan-seconds", type=float, default=10.0, help="seconds of search for the plan")
    parser.add_argument(
        "--plot", type=Path, help="draw the cases of earlier output, given as a file, and end"
    )
    parser.add_argument("--out", type=Path, default=Path("replan.png"), help="where the picture goes")
    parser.add_argument("--free", type=float, default=0.0, help="seconds of a free re-plan to compare with")


def main(options: argparse.Namespace) -> None:
    """Print one JSON line for each case, then one with medians and 95th percentiles; or draw what was printed."""
    if options.plot:
        draw(cases_of(options.plot.read_text(encoding="utf-8")), options.out)
        return
    warm_up()
    technicians, jobs = map(int, options.size.split("-"))
    rows = []
    for day in range(options.days):
        scenario = generate_scenario(technicians=technicians, jobs=jobs, seed=day + 1)
        document = plan_scenario(scenario, stop=Seconds(options.plan_seconds), seed=day + 1)
        for case in range(options.cases // options.days):
            rng = Random(f"{day} {case}")
            rows.append(_case(scenario, document, rng, options) | {"day": day + 1, "case": case})
            print(json.dumps(rows[-1]), flush=True)
    found: dict[str, Any] = {"size": options.size, "away": options.away, "cases": len(rows)}
    for name in ("first_s", "list_s", "first_cpu_s"):
        spent = sorted(row[name] for row in rows)
        found |= {
            f"{name}_median": round(statistics.median(spent), 3),
            f"{name}_p95": round(spent[int(0.95 * (len(spent) - 1))], 3),
        }
    for name in ("handed_over_percent", "weight_to_free"):
        if values := [row[name] for row in rows if name in row]:
            found |= {name: round(statistics.median(values), 3)}
            found |= {f"{name}_least": round(min(values), 3), f"{name}_most": round(max(values), 3)}
    print(json.dumps(found | machine()), flush=True)


def _case(
    scenario: Scenario, document: PlanDocument, rng: Random, options: argparse.Namespace
) -> dict[str, Any]:
    plan, now = document.plan, _moment(scenario, document.plan, rng)
    away = rng.sample([shift.technician_id for shift in plan.shifts], options.away)
    events = [CallOff(kind="call_off", technician_id=who, at=now) for who in away]
    told = with_expected(scenario, plan, told=True)
    began, began_cpu = time.perf_counter(), time.process_time()
    revision = next_revision(told, plan, events, now)
    replanner = Replanner(revision, plan)
    first = replanner.repaired()
    row: dict[str, Any] = {
        "now": f"{now:%H:%M}",
        "first_s": round(time.perf_counter() - began, 3),
        "first_cpu_s": round(time.process_time() - began_cpu, 3),
        "can_go_in": sum(one.free for one in first.document.assessment.unserved),
    }
    candidates = {one.name: one for one in replanner.searched(Seconds(options.seconds))}
    found = replanner.proposals()
    row["list_s"] = round(time.perf_counter() - began, 3)
    broken = [check_plan(answered(found, one), one.document.plan) for one in found.proposals]
    row["findings"] = sum(map(len, broken))
    row["proposals"] = [_figures(one) for one in found.proposals]
    # also where another one is as good in everything, so that the list has it not
    fewest = candidates["fewest changes"].document.plan
    row["handed_over_percent"] = round(100 * _handed_over(revision, plan, fewest, frozenset(away)), 2)
    if options.free:
        anything = revision.scenario.model_copy(update={"promises": ()})
        free = plan_scenario(anything, stop=Seconds(options.free)).plan
        served = [_served_weight(revision.scenario, one) for one in (fewest, free)]
        row["weight_to_free"] = round(served[0] / served[1], 4)
    return row


def _moment(scenario: Scenario, plan: Plan, rng: Random) -> datetime:
    """Return a random moment of the working day."""
    day = plan.shifts[0].day
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(scenario.time_zone))
    return midnight + MORNING + timedelta(seconds=rng.randint(0, int((LATEST - MORNING).total_seconds())))


def _figures(one: Proposal) -> dict[str, Any]:
    return {
        "name": one.name,
        "left_out": len(one.document.plan.unserved),
        "weight": one.unserved_weight,
        "tell": len(one.to_tell),
        "ask": len(one.ask),
        "cents": one.document.assessment.bill.total_cents,
    }


def _handed_over(revision: Revision, old: Plan, new: Plan, away: frozenset[str]) -> float:
    """Return the share of the jobs of who is still there that another technician does now."""
    leads = {stop.job_id: shift.technician_id for shift in new.shifts for stop in shift.stops}
    waiting = {job.job_id for job in revision.scenario.jobs if not job.under_way}
    theirs = list(_of_others(old, away, waiting))
    return sum(leads.get(job_id) != who for job_id, who in theirs) / max(1, len(theirs))


def _of_others(old: Plan, away: frozenset[str], waiting: set[str]) -> Iterator[tuple[str, str]]:
    for shift in old.shifts:
        for stop in shift.stops if shift.technician_id not in away else ():
            if stop.job_id in waiting:
                yield stop.job_id, shift.technician_id


def _served_weight(scenario: Scenario, plan: Plan) -> int:
    """Return the priority weight of what a plan serves."""
    params, classes = params_of(UNSERVED, scenario.policy), priority_classes(scenario)
    return sum(
        params.weight(classes[job_id])
        for job_id in {stop.job_id for shift in plan.shifts for stop in shift.stops}
    )
