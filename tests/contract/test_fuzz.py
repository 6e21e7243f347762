"""A tenth of what ``python -m tests.contract.fuzz`` sends."""

from pathlib import Path

import pytest

from service.store.database import sqlite_url
from tests.contract.fuzz import fuzz

pytestmark = pytest.mark.slow


def test_nothing_that_is_sent_breaks_the_service(tmp_path: Path) -> None:
    # Whole scenarios take most of the time, so fewer of them; their mistakes have tests of their own.
    assert fuzz(sqlite_url(tmp_path), 100, seed=1, more=("--phases", "fuzzing,stateful"), large=10) == 0
