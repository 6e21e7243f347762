"""Bodies are taken in whole or not at all, within limits; of strangers nothing large is kept."""

import asyncio
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from service.door.body import FROM_ANYBODY, BodyLimit
from service.door.problem import Problem
from service.door.problem_kinds import ProblemKind
from tests.unit.service.served import key_for, served

MB = 1024**2
LARGE = b'{"story": "' + b"x" * 2 * MB + b'"}'
JSON = {"Content-Type": "application/json"}
TEAPOT = ProblemKind("teapot", 418, "A teapot", "It is one.", "Have tea.")


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[TestClient]:
    """A service that has a key, so that nobody is let in without one."""
    with served(tmp_path) as client:
        key_for(client, "admin")
        yield client


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer pgk_wrong"}, {"Authorization": "Basic x"}])
def test_a_strangers_large_body_is_refused(closed: TestClient, headers: dict[str, str]) -> None:
    answer = closed.post("/scenarios", content=LARGE, headers={**JSON, **headers})
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    admin = key_for(closed, "admin")
    entries = closed.get("/audit", headers=admin).json()["entries"]
    assert [one["detail"]["refused"] for one in entries] == ["unauthenticated"]


def test_where_one_signs_in_a_large_body_is_refused_too(closed: TestClient) -> None:
    assert closed.post("/session", content=LARGE, headers=JSON).status_code == 401


def test_wrong_keys_with_large_bodies_are_counted_as_all_others(closed: TestClient) -> None:
    wrong = {**JSON, "Authorization": "Bearer pgk_wrong"}
    for _ in range(10):  # as many as the setting allows
        assert closed.post("/scenarios", content=LARGE, headers=wrong).status_code == 401
    assert closed.post("/scenarios", content=LARGE, headers=wrong).status_code == 429
    assert closed.get("/session", headers=wrong).status_code == 429


def test_whoever_is_known_may_send_much(closed: TestClient) -> None:
    key = key_for(closed, "dispatcher")
    assert closed.post("/scenarios", content=LARGE, headers={**JSON, **key}).status_code == 422
    secret = key["Authorization"].removeprefix("Bearer ")
    cookie = closed.post("/session", json={"key": secret}).headers["Set-Cookie"].split(";")[0]
    browser = {"Cookie": cookie, "Origin": "http://127.0.0.1:8470"}
    assert closed.post("/scenarios", content=LARGE, headers={**JSON, **browser}).status_code == 422


def test_without_keys_this_machine_may_send_much(client: TestClient) -> None:
    assert client.post("/scenarios", content=LARGE, headers=JSON).status_code == 422


class Line:
    """A connection on which a body comes in pieces."""

    def __init__(self, *sizes: int) -> None:
        self.left = list(sizes)
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        size = self.left.pop(0)
        return {"type": "http.request", "body": b"x" * size, "more_body": bool(self.left)}

    async def send(self, message: Message) -> None:
        self.sent.append(message)


def heard(line: Line, *, stranger: bool) -> tuple[int, int]:
    """Let a body in; return what was answered, 0 for nothing, and how much of it the handler has seen."""
    seen = 0
    asked: list[bool] = []

    async def handler(scope: Scope, _receive: Receive, _send: Send) -> None:
        nonlocal seen
        seen = len(scope["state"]["body"])

    def refused(_scope: Scope) -> Problem | None:
        asked.append(stranger)
        # No 401: that one would be written down, in a store that is not there.
        return Problem(TEAPOT) if stranger else None

    limit = BodyLimit(handler, 40 * MB, 60, refused)
    scope: Scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(limit(scope, line.receive, line.send))
    assert len(asked) <= 1
    return (line.sent[0]["status"] if line.sent else 0), seen


def test_of_a_strangers_body_nothing_is_kept_but_it_is_heard_to_its_end() -> None:
    peaks = {}
    for stranger in (False, True):
        line = Line(*[MB] * 30)
        tracemalloc.start()
        answered = heard(line, stranger=stranger)
        peaks[stranger] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert answered == ((418, 0) if stranger else (0, 30 * MB))
        assert line.left == []
    assert peaks[True] < 5 * MB
    assert peaks[False] > 30 * MB  # else there would be nothing to see


def test_a_small_body_is_handed_on_whoever_sends_it() -> None:
    assert heard(Line(FROM_ANYBODY), stranger=True) == (0, FROM_ANYBODY)
    assert heard(Line(FROM_ANYBODY, 1), stranger=True) == (418, 0)


def test_too_large_a_body_is_refused_whoever_sends_it() -> None:
    assert heard(Line(*[MB] * 41), stranger=False) == (413, 0)


SCOPE: dict[str, Any] = {"type": "http", "method": "POST", "path": "/scenarios"}


def part(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def sent(
    *messages: Message, most: int = 100, seconds: float = 60, headers: Any = ()
) -> tuple[list[bytes], int]:
    """Send a request, then be silent; return the bodies that were handed on, and the status that was answered."""
    coming, handed_on, statuses = list(messages), list[bytes](), [0]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert await receive() == part(scope["state"]["body"], more=False)
        handed_on.append(scope["state"]["body"])

    async def receive() -> Message:
        if not coming:
            await asyncio.Event().wait()
        return coming.pop(0)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    asyncio.run(BodyLimit(app, most, seconds, lambda _: None)({**SCOPE, "headers": headers}, receive, send))
    return handed_on, statuses[-1]


def test_a_body_in_pieces_is_handed_on_whole() -> None:
    assert sent(part(b"jobs:\n", more=True), part(b"- a\n", more=False)) == ([b"jobs:\n- a\n"], 0)


def test_a_body_that_was_cut_off_is_not_used() -> None:
    # Half a list in YAML is a list: it must not be stored as if it were all.
    assert sent(part(b"jobs:\n- a\n", more=True), {"type": "http.disconnect"}) == ([], 0)


@pytest.mark.parametrize(("size", "answered"), [(100, ([b"x" * 100], 0)), (101, ([], 413))])
def test_a_body_may_have_so_many_bytes(size: int, answered: object) -> None:
    assert sent(part(b"x" * 60, more=True), part(b"x" * (size - 60), more=False)) == answered


def test_a_body_that_says_it_is_too_large_is_not_waited_for() -> None:
    assert sent(headers=[(b"content-length", b"101")]) == ([], 413)


def test_a_body_that_does_not_come_is_not_waited_for_long() -> None:
    assert sent(part(b"x", more=True), seconds=0.01) == ([], 408)
