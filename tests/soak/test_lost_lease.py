from pathlib import Path

import pytest

from tests.soak.lost_lease import soak

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def test_a_server_that_was_stopped_too_long_stores_nothing(tmp_path: Path) -> None:
    print(soak(tmp_path, cycles=1))
