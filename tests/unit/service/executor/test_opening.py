import sys

import pytest

from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings
from service.executor.local.executor import LocalExecutor
from service.executor.opening import open_executor
from tests.unit.service.executor.tasks import LONG, started, task


def refused(**settings: str) -> Issue:
    with pytest.raises(InvalidInput) as refused:
        open_executor(Settings.read(**settings))
    [issue] = refused.value.issues
    assert issue.path == "PAIGONG_DASK"
    return issue


def test_without_a_scheduler_the_workers_are_here() -> None:
    executor = open_executor(Settings.read(workers="3"))
    assert isinstance(executor, LocalExecutor)
    assert executor.slots == 3
    executor.close(0)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for another process's limits")
def test_a_worker_may_use_as_much_memory_as_is_set() -> None:
    import resource

    executor = open_executor(Settings.read(workers="1", worker_memory_mb="1000"))
    executor.submit(task("a", LONG))
    limits = resource.prlimit(started(executor, "a"), resource.RLIMIT_DATA)
    executor.close(0)
    assert limits == (1_000_000_000, 1_000_000_000)


def test_without_dask_a_cluster_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("service.executor.cluster.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "paigong[dask]" in refused(dask="tcp://cluster:8786").action


@pytest.mark.parametrize(
    ("settings", "cause"),
    [
        ({"dask": "tls://cluster:8786"}, "needs certificates"),
        ({"dask": "tls://cluster:8786", "dask_ca": "ca.pem", "dask_cert": "cert.pem"}, "one is missing"),
        (
            {
                "dask": "tcp://cluster:8786",
                "dask_ca": "ca.pem",
                "dask_cert": "cert.pem",
                "dask_key": "key.pem",
            },
            "uses none",
        ),
        ({"dask": "cluster:8786"}, "begins with"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(settings: dict[str, str], cause: str) -> None:
    pytest.importorskip("distributed", reason="needs Dask: pip install 'paigong[dask]'")
    assert cause in refused(**settings).cause
