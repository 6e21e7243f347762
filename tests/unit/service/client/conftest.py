"""A service that listens, and a client of it."""

from collections.abc import Iterator

import pytest

from optimizer.settings import Settings
from service.backend import Backend
from service.client import Client
from service.runs.keeper import Keeper
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.studio import Studio
from tests.unit.service.greedy_executor import GreedyExecutor
from tests.unit.service.listening import listening


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve without keys on a store that the module's tests share."""
    store = Store(sqlite_url(tmp_path_factory.mktemp("service")))
    upgrade(store)
    backend = Backend(Settings(), store, Studio(1))
    with listening(backend, [Keeper(backend, GreedyExecutor())]) as where:
        yield where
    store.close()


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address, patience_s=5) as one:
        yield one
