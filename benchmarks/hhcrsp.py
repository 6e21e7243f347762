"""Home health care instances (HHCRSP) against the best values that are published: one line a run, then the table."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks.machine import machine
from benchmarks.table_hhcrsp import table
from optimizer.interchange.hhcrsp.check import findings
from optimizer.interchange.hhcrsp.read import load_instance
from optimizer.interchange.hhcrsp.records import HhcrspAnswer, answer_json

RESULTS: Final = Path(__file__).parent / "results" / "hhcrsp.jsonl"
BEST_KNOWN: Final = "best_known.json"
"""File beside the instances: {"best_known": {file name: cost}}; without it there are no gaps."""

GRACE_S: Final = 600.0
"""Beyond twice its limit and this much for compiling, seconds, a process is ended."""

Line = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `python -m benchmarks hhcrsp`."""
    parser.add_argument("--instances", type=Path, help=f"folder with the instances and {BEST_KNOWN}")
    parser.add_argument("--only", nargs="+", default=[""], help="parts of file names, e.g. _75_ _100_")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="the core to pin to")
    parser.add_argument("--results", type=Path, default=RESULTS, help="file of one JSON line a run")
    parser.add_argument("--answers", type=Path, help="folder for the best answer of each instance")
    parser.add_argument("--table", action="store_true", help="print the table, run nothing")


def main(options: argparse.Namespace) -> None:
    """Run what is missing in the results file, or print the table."""
    if options.table:
        print(table(read_lines(options.results)))
        return
    if options.instances is None:
        raise SystemExit("say where the instances are: --instances DIR")
    options.results.parent.mkdir(parents=True, exist_ok=True)
    known = read_lines(options.results)
    best = _best_known(options.instances)
    for (
        seed
    ) in options.seeds:  # all instances with one seed first, so that an interrupted campaign says something
        for path in instances(options.instances, options.only):
            key = (path.name, seed, options.seconds)
            if any((line["instance"], line["seed"], line["seconds"]) == key for line in known):
                continue
            line = result(path, seed, options.seconds, options.core, best.get(path.name), options.answers)
            with options.results.open("a") as file:
                file.write(json.dumps(line) + "\n")
            print(_shown(line), flush=True)
    print(table(read_lines(options.results)))


def instances(folder: Path, only: list[str]) -> list[Path]:
    """Return the instance files of a folder whose names contain any of these parts, the smaller first."""
    found = [path for path in sorted(folder.glob("*.json")) if path.name != BEST_KNOWN]
    wanted = [path for path in found if any(part in path.name for part in only)]
    return sorted(wanted, key=lambda path: path.stat().st_size)


def result(
    path: Path, seed: int, seconds: float, core: int, best: float | None, answers: Path | None
) -> Line:
    """Carry out one run in a process of its own and return its line; a failure is a line as well.

    Parameters
    ----------
    path : the instance
    seed : start of the random numbers
    seconds : time limit of the search
    core : the core to pin to
    best : best published cost, if known
    answers : folder where the best answer of each instance is kept, or none
    """
    line: Line = {"instance": path.name, "seed": seed, "seconds": seconds, "best_known": best, **machine()}
    command = [
        sys.executable,
        "-m",
        "benchmarks.measure_hhcrsp",
        str(path),
        str(seed),
        str(seconds),
        str(core),
    ]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=2 * seconds + GRACE_S)
    except subprocess.TimeoutExpired:
        return {**line, "status": "ended by us"}
    if process.returncode:
        reason = (process.stderr.strip().splitlines() or [f"exit code {process.returncode}"])[-1]
        return {**line, "status": "failed", "reason": reason}
    measured = json.loads(process.stdout.splitlines()[-1])
    answer = HhcrspAnswer.model_validate(measured.pop("answer"))
    instance = load_instance(str(path))
    wrong = findings(instance, answer)
    if not wrong and answers is not None:
        _keep(answers / path.name, answer)
    return {
        **line,
        "status": "invalid" if wrong else "ok",
        "findings": list(wrong[:5]),
        "patients": len(instance.patients),
        "cost": answer.cost.total,
        "caregivers": answer.caregivers,
        **measured,
    }


def read_lines(path: Path) -> list[Line]:
    """Return the runs in a results file, none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def _best_known(folder: Path) -> dict[str, float]:
    path = folder / BEST_KNOWN
    found: dict[str, float] = json.loads(path.read_text())["best_known"] if path.exists() else {}
    return found


def _keep(path: Path, answer: HhcrspAnswer) -> None:
    """Write an answer unless there is one at least as good already."""
    if path.exists() and json.loads(path.read_text())["cost"]["total"] <= answer.cost.total:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(answer_json(answer))


def _shown(line: Line) -> str:
    name = f"{line['instance']} seed {line['seed']} {line['seconds']:g} s: {line['status']}"
    if "cost" not in line:
        return f"{name} {line.get('reason', '')}"
    gap = f", {100 * (line['cost'] / line['best_known'] - 1):+.2f} %" if line["best_known"] else ""
    return f"{name} {line['cost']:.3f}{gap}, {line['iterations'] / 1e6:.1f} M moves"
