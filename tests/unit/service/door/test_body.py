"""Bodies are taken in whole or not at all."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from service.door.body import BodyLimit

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

    asyncio.run(BodyLimit(app, most, seconds)({**SCOPE, "headers": headers}, receive, send))
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
