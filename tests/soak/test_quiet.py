from pathlib import Path

import pytest

from tests.soak.quiet import EACH_S, soak

pytestmark = pytest.mark.slow


def test_everybody_is_answered_while_it_computes(tmp_path: Path) -> None:
    # How quickly depends on what else the machine does; the script says it, this test does not.
    said, figures = soak(tmp_path, seconds=6, kind="sqlite")
    print(said)
    assert figures.statuses == {200: 6 * EACH_S}
