"""Empty stores of both kinds for tests: SQLite always, PostgreSQL where it is installed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import create_engine, text

from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from tests.unit.service.store.postgres import postgres_server

Kind = Literal["sqlite", "postgresql"]

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
"""Both kinds, as parameters of a fixture."""

MakeStore = Callable[[Kind], Store]


@contextmanager
def store_maker(factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Yield a function that makes empty stores; their server starts with the first that needs it.

    Parameters
    ----------
    factory : makes folders
    """
    stores: list[Store] = []
    numbers = count()
    server: list[str] = []
    with _ended_at_last() as servers:

        def make(kind: Kind) -> Store:
            if kind == "sqlite":
                url = sqlite_url(factory.mktemp("sqlite"))
            else:
                if not server:
                    server.append(servers(factory.mktemp("postgres")))
                url = new_database(server[0], f"t{next(numbers)}")
            store = Store(url)
            upgrade(store)
            stores.append(store)
            return store

        yield make
        for store in stores:
            store.close()


@contextmanager
def _ended_at_last() -> Iterator[Callable[[Path], str]]:
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(postgres_server(folder))


def new_database(server: str, name: str) -> str:
    """Make an empty database on a server and return its address."""
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"
