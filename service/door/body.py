"""Takes a request's body in before anything else happens: not too large, not too slow."""

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.door.errors import REFUSED, problem_response
from service.door.problem import Problem
from service.door.problem_kinds import TOO_LARGE, TOO_SLOW
from service.door.refusals import record_refusal

FROM_ANYBODY: Final = 64 * 1024
"""So many bytes are kept of a body before it is known who sends it; a sign-in has some hundred."""

_NO_BODY: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})


class BodyLimit:
    """Reads bodies whole, within limits; the request's handlers find them in ``request.state.body``.

    What a stranger sends is heard to its end, so that the answer arrives, but not kept.

    Parameters
    ----------
    app : who goes on
    most : bytes a body may have
    seconds : how long it may take to arrive
    stranger : how a request of somebody who is not let in is refused; none: somebody who is
    """

    def __init__(
        self, app: ASGIApp, most: int, seconds: float, stranger: Callable[[Scope], Problem | None]
    ) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds
        self._stranger = stranger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["body"] = b""
        if scope["method"] in _NO_BODY:
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(scope, receive)
        except TimeoutError:
            body = Problem(TOO_SLOW, headers={"Connection": "close"})
        except ClientDisconnect:
            return  # half a body may look like a whole one, e.g. a list in YAML: nothing is done with it
        if isinstance(body, Problem):
            if body.kind.status in REFUSED:
                await run_in_threadpool(record_refusal, scope, body)
            await problem_response(scope, body)(scope, receive, send)
            return
        state["body"] = body
        await self._app(scope, _handed_on(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | Problem:
        """Return the body, or why it is not taken; who goes away before its end is not served."""
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if said.isdigit() and int(said) > self._most:
            return self._too_large()
        pieces: list[bytes] = []
        size, known, refused = 0, False, None
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            if size > self._most:
                return self._too_large()
            if size > FROM_ANYBODY and not known:
                known, refused = True, await run_in_threadpool(self._stranger, scope)
            if refused is not None:
                pieces.clear()
            if not message.get("more_body", False):
                return refused or b"".join(pieces)

    def _too_large(self) -> Problem:
        return Problem(
            TOO_LARGE, f"A body may have {self._most // 1024**2} MB.", headers={"Connection": "close"}
        )


def _handed_on(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
