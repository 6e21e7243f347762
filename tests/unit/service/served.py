"""A service to call, with a store of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from optimizer.settings import Settings
from service.access.keys import make_key
from service.app import create_app
from service.backend import Backend, Computing
from service.roles import Role
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade

NOON = datetime(2026, 7, 15, 4, tzinfo=UTC)
"""12:00 in Shanghai."""


@contextmanager
def served(
    folder: Path,
    computing: Computing | None = None,
    now: Callable[[], datetime] | None = None,
    **settings: Any,
) -> Iterator[TestClient]:
    """Serve from a SQLite file in a folder.

    Parameters
    ----------
    folder : where the store is kept
    computing : what the service believes to compute its runs; nobody keeps any
    now : the service's clock; none: the real one
    settings : what the operator decided
    """
    store = Store(sqlite_url(folder))
    upgrade(store)
    backend = Backend(Settings(**settings), store, computing=computing)
    app = create_app(backend if now is None else replace(backend, now=now))
    with TestClient(app, "http://127.0.0.1:8470", client=("127.0.0.1", 50000)) as client:
        yield client
    store.close()


def key_for(client: TestClient, role: Role, **given: Any) -> dict[str, str]:
    """Make a key in the store behind a service and return the headers that send it.

    Parameters
    ----------
    client : the service
    role : what the key is for
    given : branches, technician_id, expires_at
    """
    backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
    facts = {"branches": None, "technician_id": None, **given}
    _, secret = backend.store.write(
        lambda tx: make_key(tx, name=role, role=role, made_by="test", now=backend.now(), **facts)
    )
    return {"Authorization": f"Bearer {secret}"}


def backend_of(client: TestClient) -> Backend:
    """Return what stands behind a served client."""
    found: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
    return found
