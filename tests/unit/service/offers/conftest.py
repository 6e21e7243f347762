"""Fixtures of the offers' tests."""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from service.store import Store
from service.studio import Shelf, Studio
from tests.unit.service.boards.live_day import live_day
from tests.unit.service.offers.desk import Desk
from tests.unit.service.store.databases import KINDS, Kind, MakeStore, store_maker

T = TypeVar("T")


class HereAndNow(Studio):
    """Works things out in the test's own process, which is warm; what goes in and out is pickled all the same."""

    def ask(self, work: Callable[..., T], *args: Any, seconds: float, about: str = "") -> T:
        found: T = pickle.loads(pickle.dumps(work(Shelf(), *pickle.loads(pickle.dumps(args)))))
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A board of B1 with the plan `X` published; it is 08:30."""
    with live_day(tmp_path) as day:
        app: Any = day.office.client.app
        app.state.backend = replace(day.office.backend, studio=HereAndNow(1))
        yield Desk(day)


@pytest.fixture(scope="module")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Makes empty stores."""
    with store_maker(tmp_path_factory) as make:
        yield make


@pytest.fixture(params=KINDS)
def with_store(request: pytest.FixtureRequest, make_store: MakeStore) -> Store:
    """An empty store of either kind."""
    return make_store(cast(Kind, request.param))
