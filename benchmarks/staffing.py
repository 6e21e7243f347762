"""Made-up branches: how few people meet the target, and what one more of something is worth.

Whoever is added is like the one of the branch who can do the most.

One branch after another is a study of its own, from its file to its answers. A branch whose study ends with an error is
a line too.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable
from contextlib import closing
from datetime import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.machine import machine
from optimizer.domain.study import (
    Chains,
    Effort,
    ExactEnough,
    Generated,
    OneMore,
    Questions,
    SmallestStaff,
    Study,
    Target,
)
from optimizer.domain.study_result import StudyResult, TriedStaff
from optimizer.engines.lns import warm_up
from optimizer.errors import PaigongError
from optimizer.interchange.study_file import base_of
from optimizer.interchange.study_folder import study_folder
from optimizer.whatif.assigned import assigned
from optimizer.whatif.conduct import conducted
from optimizer.whatif.pool import LocalPool
from optimizer.whatif.runner import Sampling

Told = Callable[[StudyResult], dict[str, Any]]
"""Returns what a line says of a study's answers."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``staffing`` and ``one-more``."""
    parser.add_argument("--seeds", type=int, nargs="+", default=list(range(20)), help="seeds of the branches")
    parser.add_argument("--size", default="8-20", help="technicians-jobs of the base")
    parser.add_argument("--target", type=float, default=0.8, help="share on time that is to be met")
    parser.add_argument("--tries", type=int, default=16, help="people more than in the base at most")
    parser.add_argument("--chains", type=int, nargs=2, default=[8, 64], help="least and most chains")
    parser.add_argument("--days", type=int, nargs=2, default=[5, 5], help="warm-up days, and days that count")
    parser.add_argument("--iterations", type=int, nargs=2, default=[400, 100], help="of a morning, a re-plan")
    parser.add_argument("--workers", type=int, default=2, help="simulations side by side")


def smallest(options: argparse.Namespace) -> None:
    """Print one JSON line a branch: the smallest staff with its share on time on chains kept back, and one fewer's."""

    def asked(like: str) -> Questions:
        return Questions(smallest_staff=SmallestStaff(like=like, fewest=0, most=options.tries))

    _run(options, asked, _of_staff)


def one_more(options: argparse.Namespace) -> None:
    """Print one JSON line a branch: the changes that stand first, with what each is worth a day."""

    def asked(like: str) -> Questions:
        return Questions(value_of_one_more=OneMore(kinds=("technician", "skill", "shared_tool", "part")))

    _run(options, asked, _of_one_more)


def _run(options: argparse.Namespace, asked: Callable[[str], Questions], told: Told) -> None:
    warm_up()
    technicians, jobs = map(int, options.size.split("-"))
    for seed in options.seeds:
        study = Study(
            name=f"branch {seed}",
            generate=Generated(technicians=technicians, jobs=jobs, seed=seed),
            warm_up_days=options.days[0],
            days=options.days[1],
            chains=Chains(least=options.chains[0], most=options.chains[1]),
            seed=seed,
            effort=Effort(
                plan_iterations=options.iterations[0],
                replan_iterations=options.iterations[1],
                replan_at=(clock(9, 30), clock(11), clock(14)),
            ),
            stop=ExactEnough(half_width=0.05),
            targets=(Target(at_least=options.target),),
        )
        like = max(base_of(study).technicians, key=lambda one: len(one.skills)).technician_id
        study = study.model_copy(update={"questions": asked(like)})
        began = time.perf_counter()
        found: dict[str, Any] = {"seed": seed, "size": options.size}
        with TemporaryDirectory() as folder:
            try:
                result, found["samples"] = _answered(study, Path(folder) / "study", options.workers)
                found |= told(result)
            except PaigongError as error:
                found["error"] = " ".join(str(error).split())
        found["seconds"] = round(time.perf_counter() - began, 1)
        found["peak_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(json.dumps(found | machine()), flush=True)


def _answered(study: Study, folder: Path, workers: int) -> tuple[StudyResult, int]:
    """Return the answers and how many samples they were made of."""
    given = assigned(study, base_of(study))
    with (
        study_folder(folder, study, given.base, given.model) as kept,
        closing(LocalPool(workers, given)) as pool,
    ):
        result = conducted(study, given.base, Sampling(pool, kept.samples, at_most=0))
        assert result is not None  # nobody cancels it
        return result, len(kept.samples)


def _of_staff(result: StudyResult) -> dict[str, Any]:
    answer = result.smallest_staff
    assert answer is not None
    held = {one.more: one for one in answer.beside}
    found: dict[str, Any] = {
        "base": result.variants[0].people,
        "queueing": [one.smallest_staff for one in result.variants[0].queueing],
        "tried": [_row(one) for one in answer.tried],
        "more": answer.more,
    }
    if answer.more is None or answer.confirmed is None:
        return found | {"beside": [_row(one) for one in answer.beside]}
    fewer = held.get(answer.more - 1)
    return found | {
        "confirmed": _row(answer.confirmed),
        "one_fewer": None if fewer is None else _row(fewer),
    }


def _row(one: TriedStaff) -> dict[str, Any]:
    (value,) = one.values
    share = None if value is None else [round(at, 3) for at in (value.mean, value.low, value.high)]
    return {"people": one.people, "on_time": share, "chains": value and value.chains, "state": one.state}


def _of_one_more(result: StudyResult) -> dict[str, Any]:
    answer = result.value_of_one_more
    assert answer is not None
    worth = (
        {
            "kind": one.kind,
            "what": one.what,
            "branch": one.branch_id,
            "yuan_a_day": [
                round(at / 100)
                for at in (one.worth.estimate.mean, one.worth.estimate.low, one.worth.estimate.high)
            ],
            "clear": one.worth.clear,
        }
        for one in answer.changes
    )
    return {"ranked": answer.ranked, "left_out": answer.left_out, "changes": list(worth)}
