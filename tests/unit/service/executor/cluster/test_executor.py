import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Dask is an extra; without it these tests are skipped, with a sentence that says how to get it.
distributed = pytest.importorskip("distributed", reason="needs Dask: pip install 'paigong[dask]'")

from distributed import Client, LocalCluster, Security  # noqa: E402

from service.executor.cluster import connection  # noqa: E402
from service.executor.cluster.executor import DaskExecutor  # noqa: E402
from service.executor.cluster.on_worker import PlanWorkers  # noqa: E402
from service.executor.cluster.tls import TlsFiles  # noqa: E402
from service.executor.events import Failed, Finished, Lost  # noqa: E402
from service.executor.local.process import WorkerConditions  # noqa: E402
from tests.unit.service.executor.contract import GRACE_S, ExecutorContract  # noqa: E402
from tests.unit.service.executor.processes import environ, runs, wait_for_end  # noqa: E402
from tests.unit.service.executor.tasks import (  # noqa: E402
    LONG,
    PATIENCE_S,
    events_until_the_end,
    started,
    task,
)

pytestmark = pytest.mark.slow


def cluster_of(workers: int, **more: object) -> LocalCluster:
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", **more
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with cluster_of(2) as cluster:
        yield cluster


def found(executor: DaskExecutor, slots: int) -> DaskExecutor:
    """Wait until an executor has found its cluster."""
    executor.next_event(0)
    for _ in range(int(PATIENCE_S / 0.05)):
        if executor.slots == slots:
            return executor
        executor.next_event(0.05)
    raise AssertionError(f"{executor.slots} slots instead of {slots}")


@pytest.fixture(scope="class")
def warm(cluster: LocalCluster) -> Iterator[DaskExecutor]:
    executor = found(DaskExecutor(cluster.scheduler_address, deadline_grace_s=GRACE_S), 2)
    yield executor
    executor.close(0)


@pytest.mark.usefixtures("cluster")
class TestDaskExecutor(ExecutorContract):
    @pytest.fixture(autouse=True)
    def _address(self, cluster: LocalCluster) -> None:
        self.address: str = cluster.scheduler_address

    def fresh(self) -> DaskExecutor:
        return found(DaskExecutor(self.address), 2)


def test_a_dead_dask_worker_costs_its_own_task_only(cluster: LocalCluster) -> None:
    executor = found(DaskExecutor(cluster.scheduler_address), 2)
    executor.submit(task("a", LONG))
    started(executor, "a")
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        at_work = [worker for worker, tasks in client.processing().items() if tasks]
        [pid] = client.run(os.getpid, workers=at_work).values()
    executor.submit(task("b", LONG))
    started(executor, "b")
    os.kill(pid, signal.SIGKILL)
    assert events_until_the_end(executor, "a")[-1] == Lost("a", "the cluster's worker went away")
    assert executor.alive() == {"b"}  # and the cluster does not begin the lost one anew:
    executor.submit(task("c"))
    assert isinstance(events_until_the_end(executor, "c")[-1], Finished)
    executor.cancel("b")
    assert isinstance(events_until_the_end(executor, "b")[-1], Finished)
    executor.close(0)


def test_the_cluster_drops_what_its_server_left_behind(cluster: LocalCluster) -> None:
    executor = found(DaskExecutor(cluster.scheduler_address), 2)
    for name in ("a", "b"):
        executor.submit(task(name, LONG))
        started(executor, name)
    executor.close(0)
    after = found(DaskExecutor(cluster.scheduler_address), 2)
    after.submit(task("c"))
    assert isinstance(events_until_the_end(after, "c")[-1], Finished)
    after.close(0)


def test_a_cluster_of_another_version_is_refused(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "__version__", "99.0")
    with pytest.raises(OSError, match=r"server has Paigong 99\.0, but the scheduler has"):
        connection.Connection(cluster.scheduler_address, None, PlanWorkers(WorkerConditions(), 1.0))


def test_a_worker_of_another_version_that_joins_later_refuses_its_task(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor = found(DaskExecutor(cluster.scheduler_address), 2)
    monkeypatch.setattr(connection, "__version__", "99.0")
    executor.submit(task("a"))
    end = events_until_the_end(executor, "a")[-1]
    assert isinstance(end, Failed)
    assert end.problem.kind == "wrong-version"
    assert "99.0" in end.problem.sentence
    executor.close(0)


def test_a_scheduler_is_lost_and_found_again() -> None:
    with cluster_of(1) as first:
        address = first.scheduler_address
        executor = found(DaskExecutor(address), 1)
        executor.submit(task("a", LONG))
        started(executor, "a")
    end = events_until_the_end(executor, "a")[-1]
    assert isinstance(end, Lost)
    found(executor, 0)
    executor.submit(task("b"))
    # There is no worker any more; that there is no scheduler either may be known now, or in a second.
    assert isinstance(events_until_the_end(executor, "b")[-1], Lost)
    with cluster_of(1, scheduler_port=int(address.rpartition(":")[2])):
        found(executor, 1)
        executor.submit(task("c"))
        assert isinstance(events_until_the_end(executor, "c")[-1], Finished)
        executor.close(0)


def test_with_certificates_nobody_else_gets_in(tmp_path: Path) -> None:
    ours, theirs = certificate(tmp_path / "ours"), certificate(tmp_path / "theirs")
    inside = Security(
        require_encryption=True,
        tls_ca_file=str(ours.ca),
        **{
            f"tls_{part}_{what}": str(file)
            for part in ("client", "scheduler", "worker")
            for what, file in (("cert", ours.cert), ("key", ours.key))
        },
    )
    with cluster_of(1, security=inside, protocol="tls") as cluster:
        address = cluster.scheduler_address
        executor = found(DaskExecutor(address, tls=ours), 1)
        executor.submit(task("a"))
        assert isinstance(events_until_the_end(executor, "a")[-1], Finished)
        executor.close(0)
        with pytest.raises(OSError, match=r"(?i)certificate|ssl|connect"):
            connection.Connection(address, theirs, PlanWorkers(WorkerConditions(), 1.0))


def certificate(folder: Path) -> TlsFiles:
    """Make an authority that signs itself, and use its certificate for everything."""
    folder.mkdir()
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return TlsFiles(ca=cert, cert=cert, key=key)


SERVER = """
import sys, time
from service.executor.cluster.executor import DaskExecutor
from tests.unit.service.executor.tasks import LONG, all_started, task

if __name__ == "__main__":
    executor = DaskExecutor(sys.argv[1])
    while executor.slots < 2:
        time.sleep(0.05)
    for name in ("a", "b"):
        executor.submit(task(name, LONG))
    print(*all_started(executor, "a", "b"), flush=True)
    time.sleep(600)
"""


def test_a_killed_server_leaves_nobody_computing(cluster: LocalCluster) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, cluster.scheduler_address], stdout=subprocess.PIPE, env=environ()
    )
    with server:
        assert server.stdout is not None
        workers = [int(word) for word in server.stdout.readline().split()]
        assert len(workers) == 2
        assert all(runs(worker) for worker in workers)
        server.kill()
    wait_for_end(workers)


def test_an_address_says_how_it_is_protected() -> None:
    files = TlsFiles(ca=Path("ca.pem"), cert=Path("cert.pem"), key=Path("key.pem"))
    with pytest.raises(ValueError, match="needs certificates"):
        DaskExecutor("tls://cluster:8786")
    with pytest.raises(ValueError, match="uses none"):
        DaskExecutor("tcp://cluster:8786", tls=files)
    with pytest.raises(ValueError, match="begins with"):
        DaskExecutor("cluster:8786")
