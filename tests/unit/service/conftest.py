"""Fixtures of the service's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.service.served import served


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service without keys on an empty store."""
    with served(tmp_path) as one:
        yield one
