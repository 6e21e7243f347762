from pathlib import Path

import pytest

from tests.soak.databases import Kind
from tests.soak.kills import soak

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_acknowledged_is_lost_to_kills(tmp_path: Path, kind: Kind) -> None:
    print(soak(tmp_path, cycles=20, kind=kind))
