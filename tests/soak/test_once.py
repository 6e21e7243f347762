from pathlib import Path

import pytest

from tests.soak.databases import Kind
from tests.soak.once import soak

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_hundred_equal_requests_make_one_run(tmp_path: Path, kind: Kind) -> None:
    print(soak(tmp_path, cycles=2, kind=kind))
