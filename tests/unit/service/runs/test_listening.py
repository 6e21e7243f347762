"""A stream of events ends with the right to hear it."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import httpx
import pytest

from optimizer.settings import Settings
from service.access.keys import make_key
from service.backend import Backend
from service.caller import LOCAL
from service.keys.revoke import revoke
from service.runs.queue import ask
from service.runs.records import RunRequest
from service.scenarios.upload import upload, written
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.studio import Studio
from tests.unit.service.listening import listening
from tests.unit.service.runs.test_keeper import skill

PATIENCE_S = 120.0


class House(NamedTuple):
    """A service that listens, with a run that waits and a clock of its own."""

    backend: Backend
    address: str
    events: str
    ahead: list[timedelta]

    def key(self) -> tuple[str, str]:
        """Make a key and return its id and its secret."""
        row, secret = self.backend.store.write(
            lambda tx: make_key(
                tx,
                name="viewer",
                role="viewer",
                branches=None,
                technician_id=None,
                made_by="test",
                now=self.backend.now(),
            )
        )
        return row.key_id, secret

    def heard(self, headers: dict[str, str]) -> Iterator[str]:
        """Yield the kinds of events as they come, until the stream ends."""
        until_s = time.monotonic() + PATIENCE_S
        with httpx.stream("GET", self.events, headers=headers, timeout=PATIENCE_S) as answer:
            assert answer.status_code == 200
            for line in answer.iter_lines():
                assert time.monotonic() < until_s, "the stream goes on"
                if line.startswith("event: "):
                    yield line.removeprefix("event: ")


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    store = Store(sqlite_url(tmp_path_factory.mktemp("store")))
    upgrade(store)
    ahead = [timedelta()]
    backend = Backend(Settings(), store, Studio(1))
    real = backend.now
    backend = replace(backend, now=lambda: real() + ahead[0])
    made = store.write(lambda tx: upload(tx, LOCAL, written(skill()), "", backend.now()))
    request = RunRequest(scenario_id=made.about)
    run_id = store.write(lambda tx: ask(tx, LOCAL, request, backend.settings, backend.now())).about
    with listening(backend) as address:
        yield House(backend, address, f"{address}/runs/{run_id}/events", ahead)
    store.close()


def test_a_stream_ends_with_its_key(house: House) -> None:
    key_id, secret = house.key()
    other = house.heard({"Authorization": f"Bearer {house.key()[1]}"})
    assert next(other) == "queued"
    headers = {"Authorization": f"Bearer {secret}"}
    heard = house.heard(headers)
    assert next(heard) == "queued"
    now: datetime = house.backend.now()
    house.backend.store.write(lambda tx: revoke(tx, LOCAL, key_id, now, even_last=True))
    assert list(heard) == []
    assert httpx.get(house.events, headers=headers).status_code == 401
    house.backend.closing.set()
    assert list(other) == []  # it went on until the service ended: nobody had withdrawn its key


def test_a_stream_ends_with_its_session(house: House) -> None:
    secret = house.key()[1]
    origin = {"Origin": house.address}
    sessions = []
    for _ in range(2):
        signed = httpx.post(f"{house.address}/session", json={"key": secret}, headers=origin)
        sessions.append({"Cookie": signed.headers["Set-Cookie"].split(";")[0], **origin})
    left, expired = (house.heard(one) for one in sessions)
    assert (next(left), next(expired)) == ("queued", "queued")
    assert httpx.delete(f"{house.address}/session", headers=sessions[0]).status_code == 204
    assert list(left) == []
    assert httpx.get(f"{house.address}/session", headers=sessions[1]).status_code == 200
    house.ahead[0] = timedelta(hours=house.backend.settings.session_h)
    assert list(expired) == []


def test_a_stream_to_this_machine_ends_when_the_first_key_is_made(house: House) -> None:
    heard = house.heard({})
    assert next(heard) == "queued"
    house.key()
    assert list(heard) == []


def test_whoever_asks_only_for_the_head_of_a_stream_is_not_kept(house: House) -> None:
    answer = httpx.head(house.events, timeout=PATIENCE_S)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert next(house.heard({})) == "queued"  # and the connection is as good as before
