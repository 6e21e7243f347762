"""Fixtures of the offers' tests."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from service.store import Store
from tests.unit.service.boards.live_day import live_day
from tests.unit.service.offers.desk import Desk, HereAndNow
from tests.unit.service.store.databases import KINDS, Kind, MakeStore, store_maker


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A board of B1 with the plan `X` published; it is 08:30."""
    with live_day(tmp_path) as day:
        app: Any = day.office.client.app
        studio = HereAndNow()
        app.state.backend = replace(day.office.backend, studio=studio)
        yield Desk(day, studio)


@pytest.fixture(scope="module")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Makes empty stores."""
    with store_maker(tmp_path_factory) as make:
        yield make


@pytest.fixture(params=KINDS)
def with_store(request: pytest.FixtureRequest, make_store: MakeStore) -> Store:
    """An empty store of either kind."""
    return make_store(cast(Kind, request.param))
