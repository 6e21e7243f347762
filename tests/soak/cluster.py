"""A Dask cluster of two worker processes behind the service; one of them is killed in the middle of a run."""

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import httpx
from distributed import Client, LocalCluster

from tests.soak.asked import asked, folder
from tests.soak.databases import Kind, database
from tests.soak.in_store import check_runs, inside
from tests.soak.serving import PATIENCE_S, serving
from tests.soak.small import content
from tests.soak.talking import Talking


def soak(place: Path, *, runs: int, kind: Kind) -> str:
    """Have so many runs computed by a cluster, killing a worker of it in mid-run, and return the figures.

    At last the whole cluster goes, and the service is no longer ready.

    Parameters
    ----------
    place : an empty folder
    runs : how many
    kind : which database
    """
    with database(kind, place) as (url, settings):
        with LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as cluster:
            environ = {"PAIGONG_DASK": cluster.scheduler_address, "PAIGONG_STUDIO": "1", **settings}
            with serving(place, environ) as service, Talking(service) as talking:
                scenario_id = talking.upload(content("cluster"))
                # Long enough to be met in the middle: a second or two.
                run_ids = [talking.run(scenario_id, seed=number, iterations=50_000) for number in range(runs)]
                _kill_one_at_work(cluster.scheduler_address, talking, run_ids)
                for run_id in run_ids:
                    talking.ended(run_id)
                cluster.close()
                _wait_until_it_is_missed(service.url)
        with inside(url) as tx:
            attempts = check_runs(tx, set(run_ids))
    assert 1 <= sum(attempt > 1 for attempt in attempts) <= 2, (
        attempts
    )  # what the dead one was at, or was given
    return (
        f"{runs} runs on a cluster of two, one worker killed: all finished once; attempts {sorted(attempts)}"
    )


def _wait_until_it_is_missed(url: str) -> None:
    """Wait until the service says that nobody is there to compute."""
    until_s = time.monotonic() + PATIENCE_S
    while True:
        answer = httpx.get(f"{url}/health/ready")
        missed = [one["name"] for one in answer.json()["checks"] if not one["ok"]]
        if (answer.status_code, missed) == (503, ["executor"]):
            return
        assert time.monotonic() < until_s, f"the cluster has gone, and the service says: {answer.text}"
        time.sleep(0.1)


def _kill_one_at_work(address: str, talking: Talking, run_ids: list[str]) -> None:
    """Kill a Dask worker that has a run under way."""
    until_s = time.monotonic() + PATIENCE_S
    with Client(address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        while time.monotonic() < until_s:
            for worker, tasks in client.processing().items():
                if any(_is_early(talking, run_id) for run_id in run_ids if _is_at(tasks, run_id)):
                    os.kill(pids[worker], signal.SIGKILL)
                    return
            time.sleep(0.02)
    raise AssertionError("no run was ever under way")


def _is_at(tasks: Iterable[object], run_id: str) -> bool:
    """Tell whether a run is one of some tasks of the cluster, whose keys name it."""
    return any(run_id in str(task) for task in tasks)


def _is_early(talking: Talking, run_id: str) -> bool:
    """Tell whether a run is computed and far from its end."""
    run = talking.told(200, "GET", f"/runs/{run_id}")
    return run["state"] == "running" and run["progress"] is not None and run["progress"]["share"] < 0.5


def main() -> None:
    """Run the soak as the command line asks for it."""
    what = asked(__doc__ or "", 10)
    with folder() as place:
        print(soak(place, runs=what.cycles, kind=what.database))


if __name__ == "__main__":
    main()
