"""How many days a study simulates in a minute, in worker processes of its own and on Dask workers beside it."""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.machine import machine
from optimizer.domain.study import Chains, Effort, Generated, Study
from optimizer.engines.lns import warm_up
from optimizer.interchange.study_file import base_of
from optimizer.interchange.study_folder import study_folder
from optimizer.settings import Settings
from optimizer.whatif.assigned import assigned
from optimizer.whatif.executor import Assignment, SampleExecutor
from optimizer.whatif.pool import LocalPool
from optimizer.whatif.runner import Sampling
from optimizer.whatif.sample_key import THE_BASE
from service.executor.opening import open_executor
from service.executor.sampling import StudySamples

Opens = Callable[[Assignment], SampleExecutor]

_WAIT_S: Final = 120.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``sampling``."""
    parser.add_argument("--size", default="25-150", help="technicians-jobs of the base")
    parser.add_argument("--days", type=int, nargs=2, default=[2, 3], help="warm-up days, and days that count")
    parser.add_argument("--chains", type=int, nargs="+", default=[8, 16, 32], help="chains to simulate")
    parser.add_argument("--iterations", type=int, nargs=2, default=[400, 80], help="of a morning, a re-plan")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="simulations side by side")
    parser.add_argument("--where", nargs="+", default=["processes", "dask"], choices=["processes", "dask"])
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured, in turn")


def main(options: argparse.Namespace) -> None:
    """Print one JSON line for each place, number of workers and number of chains."""
    warm_up()
    technicians, jobs = map(int, options.size.split("-"))
    study = Study(
        name="sampling",
        generate=Generated(technicians=technicians, jobs=jobs, seed=1),
        warm_up_days=options.days[0],
        days=options.days[1],
        chains=Chains(least=max(options.chains), most=max(options.chains)),
        effort=Effort(
            plan_iterations=options.iterations[0],
            replan_iterations=options.iterations[1],
            replan_at=(clock(9, 30), clock(11), clock(14)),
        ),
    )
    given = assigned(study, base_of(study))
    for number in range(options.rounds):
        for where in options.where:
            for workers in options.workers:
                with _opened(where, workers) as opens:
                    _simulated(given, opens, workers)  # each worker has loaded what it needs
                    for chains in options.chains:
                        seconds = _simulated(given, opens, chains)
                        days = chains * sum(options.days)
                        found = {
                            "size": options.size,
                            "round": number,
                            "where": where,
                            "workers": workers,
                            "chains": chains,
                            "days": days,
                            "seconds": round(seconds, 2),
                            "days_a_minute": round(60 * days / seconds, 1),
                        }
                        print(json.dumps(found | machine()), flush=True)


def _simulated(given: Assignment, opens: Opens, chains: int) -> float:
    """Simulate so many chains of the base and return the seconds from the first task to the last sample."""
    with (
        TemporaryDirectory() as folder,
        study_folder(Path(folder) / "study", given.study, given.base, given.model) as kept,
        closing(opens(given)) as executor,
    ):
        while executor.slots == 0:
            executor.next_end(0.2)
        began = time.perf_counter()
        assert Sampling(executor, kept.samples, at_most=chains).make((THE_BASE,), range(chains))
        return time.perf_counter() - began


@contextmanager
def _opened(where: str, workers: int) -> Iterator[Opens]:
    """Yield what opens worker processes, or Dask workers of this machine, each a process with one thread."""
    if where == "processes":
        yield lambda given: LocalPool(workers, given)
        return
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:

        def samples(given: Assignment) -> SampleExecutor:
            found = StudySamples(open_executor(Settings.read(dask=cluster.scheduler_address)), given)
            found.wait_for_workers(_WAIT_S)
            return found

        yield samples
