"""Headers that every answer carries, so that browsers take it for no more than it is."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: browsers would then send `Origin: null` with our own pages' forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_UNLESS_SAID: Final = {
    # Nearly everything holds, or may hold, people's data; a page that holds none says otherwise.
    "Cache-Control": "no-store",
}
_DATA: Final = "default-src 'none'; frame-ancestors 'none'"
_PAGE: Final = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


class SafeHeaders:
    """Adds the headers to every answer.

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

        async def covered(message: Message) -> None:
            if message["type"] == "http.response.start":
                _cover(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, covered)


def _cover(headers: MutableHeaders) -> None:
    for name, value in _ALWAYS.items():
        headers[name] = value
    is_page = headers.get("content-type", "").startswith("text/html")
    for name, value in {**_UNLESS_SAID, "Content-Security-Policy": _PAGE if is_page else _DATA}.items():
        headers.setdefault(name, value)
