"""Takes a request's body in before anything else happens: not too large, not too slow."""

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.door.errors import problem_response
from service.door.problem import Problem
from service.door.problem_kinds import TOO_LARGE, TOO_SLOW

_NO_BODY: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})


class BodyLimit:
    """Reads bodies whole, within limits; the request's handlers find them in ``request.state.body``.

    Parameters
    ----------
    app : who goes on
    most : bytes a body may have
    seconds : how long it may take to arrive
    """

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

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
            problem = Problem(TOO_SLOW, headers={"Connection": "close"})
            await problem_response(scope, problem)(scope, receive, send)
            return
        except ClientDisconnect:
            return  # half a body may look like a whole one, e.g. a list in YAML: nothing is done with it
        if body is None:
            said = f"A body may have {self._most // 1024**2} MB."
            problem = Problem(TOO_LARGE, said, headers={"Connection": "close"})
            await problem_response(scope, problem)(scope, receive, send)
            return
        state["body"] = body
        await self._app(scope, _handed_on(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the body, or none where it is too large; who goes away before its end is not served."""
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if said.isdigit() and int(said) > self._most:
            return None
        pieces: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            if size > self._most:
                return None
            if not message.get("more_body", False):
                return b"".join(pieces)


def _handed_on(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
