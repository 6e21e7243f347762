from pathlib import Path

import pytest

from tests.soak.many_runs import soak

pytestmark = pytest.mark.slow


def test_neither_memory_nor_handles_grow_with_the_runs(tmp_path: Path) -> None:
    sizes = soak(tmp_path, runs=200, kind="sqlite")
    warm, last = sizes[1], sizes[-1]
    # 160 runs lie between. One plan that is kept takes 10 kB at the least, so 160 of them would take 1.6 MB.
    # Measured: 0.5 MB of the server and 0.3 MB of a worker; of the server it is above all the moments of the last
    # minute's requests (`door/rates.py`), which are no more than `rate_each`. With 2,000 runs it is 2 MB at most.
    assert last.server_mb - warm.server_mb < 3
    assert last.workers_mb - warm.workers_mb < 3
    # Connections of the store and of the client come and go; a handle lost with each run would be 160.
    assert last.server_handles - warm.server_handles <= 10
    assert last.workers_handles == warm.workers_handles
