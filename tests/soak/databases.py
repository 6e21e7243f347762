"""Databases for soaks: a file, or a server of their own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, make_url

from service.store.database import sqlite_url
from tests.unit.service.store.databases import new_database
from tests.unit.service.store.postgres import postgres_server

Kind = Literal["sqlite", "postgresql"]
"""Which database."""


@contextmanager
def database(kind: Kind, folder: Path) -> Iterator[tuple[URL, Mapping[str, str]]]:
    """Yield a database's address and the settings with which the service uses it.

    Parameters
    ----------
    kind : a file in the service's data folder, or a PostgreSQL server
    folder : the soak's folder
    """
    if kind == "sqlite":
        yield make_url(sqlite_url(folder / "data")), {}
        return
    place = folder / "postgres"
    place.mkdir()
    with postgres_server(place) as server:
        url = new_database(server, "soak")
        yield make_url(url), {"PAIGONG_DATABASE_URL": url}
