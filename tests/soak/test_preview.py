from pathlib import Path

import pytest

from tests.soak.preview import soak

pytestmark = pytest.mark.slow


def test_moves_of_a_stored_plan_are_previewed_as_the_library_does(tmp_path: Path) -> None:
    # How quickly depends on what else the machine does; the script says it, this test does not.
    said, figures = soak(tmp_path, technicians=12, jobs=60, seconds=1, asks=30, kind="sqlite")
    print(said)
    assert len(figures.seconds) == 30
