from pathlib import Path

import pytest

from tests.soak.full_queue import soak

pytestmark = pytest.mark.slow


def test_a_full_queue_refuses_and_health_answers(tmp_path: Path) -> None:
    said, figures = soak(tmp_path, seconds=3, kind="sqlite")
    print(said)
    assert figures.statuses == {200: 60}
