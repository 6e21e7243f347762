"""The day benchmark: every solver on every day, one line a run in a results file that it resumes from."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.days import SIZES, Day, generate
from benchmarks.machine import machine
from benchmarks.peers import PEERS
from benchmarks.peers.base import Route
from benchmarks.score import score
from benchmarks.table_days import table

RESULTS: Final = Path(__file__).parent / "results" / "days.jsonl"
OVERRUN: Final = 1.15
"""A run whose clock exceeds its limit by more than this factor counts as none."""

GRACE_S: Final = 120.0
"""Beyond twice its limit and this much for start and warm-up, seconds, a process is ended."""


class Run(NamedTuple):
    """One solver on one day for so many seconds."""

    size: str
    seed: int
    solver: str
    seconds: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `python -m benchmarks days`."""
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--seconds", nargs="+", type=float, default=[1.0, 10.0, 60.0])
    parser.add_argument("--solvers", nargs="+", choices=[peer.name for peer in PEERS])
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="the core to pin to")
    parser.add_argument("--results", type=Path, default=RESULTS, help="file of one JSON line a run")
    parser.add_argument("--retry", action="store_true", help="run again what failed or was late")
    parser.add_argument("--table", action="store_true", help="print the table and the verdicts, run nothing")
    parser.add_argument(
        "--write", metavar="SEED", type=int, help="print the first size's request, run nothing"
    )


def main(options: argparse.Namespace) -> None:
    """Run what is missing in the results file, or print the table or a request."""
    if options.write is not None:
        print(json.dumps(generate(options.sizes[0], options.write).vroom_request()))
        return
    lines = _read(options.results)
    if options.table:
        print(table(lines))
        return
    solvers = options.solvers or [peer.name for peer in PEERS]
    options.results.parent.mkdir(parents=True, exist_ok=True)
    days: dict[tuple[str, int], Day] = {}
    for run in plan(options.sizes, options.seeds, options.seconds, solvers):
        key = (run.size, run.seed)
        days = {key: days[key] if key in days else generate(*key)}  # one day at a time: the largest are heavy
        if _known(run, days[key], lines, options.retry):
            continue
        line = result(run, days[key], options.core)
        with options.results.open("a") as file:
            file.write(json.dumps(line) + "\n")
        print(_shown(line), flush=True)


def plan(sizes: list[str], seeds: list[int], seconds: list[float], solvers: list[str]) -> Iterator[Run]:
    """Yield the runs so that all solvers share the machine's drift: each in turn the first."""
    turn = 0
    for size in sizes:
        for limit in seconds:
            for seed in seeds:
                ordered = solvers[turn % len(solvers) :] + solvers[: turn % len(solvers)]
                turn += 1
                yield from (Run(size, seed, solver, limit) for solver in ordered)


def result(run: Run, day: Day, core: int) -> dict[str, Any]:
    """Carry out one run and return its line; a failure is a line as well."""
    line: dict[str, Any] = {**run._asdict(), "day": day.fingerprint(), **machine()}
    command = [sys.executable, "-m", "benchmarks.measure", *(str(part) for part in run), str(core)]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=2 * run.seconds + GRACE_S)
    except subprocess.TimeoutExpired:
        return {**line, "status": "ended by us"}
    if process.returncode:
        reason = (process.stderr.strip().splitlines() or [""])[-1]
        return {
            **line,
            "status": "failed",
            "reason": reason.replace(sys.prefix, "").replace(str(Path.cwd()), ""),
        }
    measured = json.loads(process.stdout.splitlines()[-1])
    routes = [
        Route(vehicle, tuple((job, start) for job, start in jobs), pause)
        for vehicle, jobs, pause in measured.pop("routes")
    ]
    worth = score(day, routes)
    late = measured["clock_s"] > OVERRUN * run.seconds
    return {
        **line,
        "status": "invalid" if worth.violations else "late" if late else "ok",
        "unserved_weight": worth.unserved_weight,
        "travel_s": worth.travel_s,
        "unserved_jobs": worth.unserved_jobs,
        "violations": len(worth.violations),
        "first_violations": [list(violation) for violation in worth.violations[:5]],
        **measured,
    }


def _known(run: Run, day: Day, lines: list[dict[str, Any]], retry: bool) -> bool:
    same = [line for line in lines if all(line[key] == value for key, value in run._asdict().items())]
    same = [line for line in same if line["day"] == day.fingerprint()]
    return any(line["status"] == "ok" for line in same) if retry else bool(same)


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def _shown(line: dict[str, Any]) -> str:
    name = f"{line['size']} seed {line['seed']} {line['seconds']:g} s {line['solver']}: {line['status']}"
    if "travel_s" not in line:
        return f"{name} {line.get('reason', '')}"
    worth = f"{line['unserved_weight']} / {line['travel_s'] / 3600:.1f} h"
    return f"{name} {worth}, clock {line['clock_s']:.1f} s, {line['peak_mb']} MB"
