"""A tenth of what ``python -m tests.contract.fuzz`` sends."""

from pathlib import Path

import pytest

from service.store.database import sqlite_url
from tests.contract.fuzz import fuzz

pytestmark = pytest.mark.slow


def test_nothing_that_is_sent_breaks_the_service(tmp_path: Path) -> None:
    # Whole scenarios take most of the time, so fewer of them; their mistakes have tests of their own.
    found = fuzz(sqlite_url(tmp_path), 100, seed=1, phases="fuzzing", large=10)
    assert found.exit_code == 0
    # Links lead the chains, and they do lead somewhere: without them not one operation in ten gets this far.
    missed = found.linked - found.reached
    assert len(missed) <= len(found.linked) // 10, missed
