"""Gives every request a trace id and writes one line about it: what was called and answered, never what was sent."""

import re
import secrets
import time
from typing import Any, Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "X-Request-ID"
"""A caller may name its request with this header; the answer always names it."""

_USABLE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Trace:
    """Names requests and logs them.

    Parameters
    ----------
    app : who goes on
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace_id = _given(scope) or secrets.token_hex(16)
        scope.setdefault("state", {})["trace_id"] = trace_id
        structlog.contextvars.bind_contextvars(trace_id=trace_id)
        began, status = time.perf_counter(), 0

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = trace_id
            await send(message)

        try:
            await self._app(scope, receive, named)
        finally:
            structlog.get_logger("paigong.requests").info(
                "request",
                method=scope["method"],
                route=route_of(scope),
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
                key=_key(scope),
            )
            structlog.contextvars.unbind_contextvars("trace_id")


def route_of(scope: Scope) -> str:
    """Return the address's pattern, e.g. ``/runs/{run_id}``: ids in addresses may be names of people.

    Parameters
    ----------
    scope : the request
    """
    return str(getattr(scope.get("route"), "path", "(none)"))


def _given(scope: Scope) -> str | None:
    given = dict(scope["headers"]).get(HEADER.lower().encode(), b"").decode("latin-1")
    return given if _USABLE.fullmatch(given) else None


def _key(scope: Scope) -> Any:
    caller = scope.get("state", {}).get("caller")
    return None if caller is None else caller.key_id
