"""Stores of both kinds."""

from collections.abc import Iterator
from typing import cast

import pytest

from service.store import Store
from tests.unit.service.store.databases import KINDS, Kind, MakeStore, store_maker


@pytest.fixture(scope="module")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Makes empty stores."""
    with store_maker(tmp_path_factory) as make:
        yield make


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, make_store: MakeStore) -> Store:
    """An empty store of either kind."""
    return make_store(cast(Kind, request.param))
