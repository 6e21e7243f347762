from pathlib import Path

import pytest

# Dask is an extra; without it this is skipped, with a sentence that says how to get it.
pytest.importorskip("distributed", reason="needs Dask: pip install 'paigong[dask]'")

from tests.soak.cluster import soak

pytestmark = pytest.mark.slow


def test_a_dead_worker_of_a_cluster_costs_no_run(tmp_path: Path) -> None:
    print(soak(tmp_path, runs=5, kind="sqlite"))
