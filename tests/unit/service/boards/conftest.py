"""Fixtures of the boards' tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from service.store import Store
from tests.unit.service.boards.day import Office, open_office
from tests.unit.service.store.databases import KINDS, Kind, MakeStore, store_maker


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A service without keys that has the scenario of two branches."""
    with open_office(tmp_path) as one:
        yield one


@pytest.fixture(scope="module")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Makes empty stores."""
    with store_maker(tmp_path_factory) as make:
        yield make


@pytest.fixture(params=KINDS)
def with_store(request: pytest.FixtureRequest, make_store: MakeStore) -> Store:
    """An empty store of either kind."""
    return make_store(cast(Kind, request.param))
