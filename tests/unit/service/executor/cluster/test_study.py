"""``paigong whatif --scheduler``: the samples of a cluster are those that are made here."""

import sys
from pathlib import Path

import pytest

distributed = pytest.importorskip("distributed", reason="needs Dask: pip install 'paigong[dask]'")

from distributed import LocalCluster  # noqa: E402

from optimizer.cli.exit_codes import ExitCode  # noqa: E402
from tests.unit.service.cli.study_command import run, written  # noqa: E402

pytestmark = pytest.mark.slow


def test_a_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    asked = written(tmp_path, least=3, most=4, half_width=1e-9)
    assert run([*asked, "--out", str(tmp_path / "here")]) == ExitCode.FINE
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        there = [*asked[:-2], "--scheduler", cluster.scheduler_address, "--out", str(tmp_path / "there")]
        assert run(there) == ExitCode.FINE
    for name in ("samples.jsonl", "samples.csv", "made-of.json"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_cluster_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["service.cli.whatif"], "FIND_WORKERS_S", 1.0)
    asked = written(tmp_path)[:-2]
    assert run([*asked, "--scheduler", "tcp://127.0.0.1:9"]) == ExitCode.UNSUPPORTED
    assert "no worker was found" in capsys.readouterr().err
