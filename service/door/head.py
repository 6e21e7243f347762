"""HEAD on every address that GET has: the same answer without its body."""

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Head:
    """Answers HEAD as GET is answered, and ends there; a stream of events would else go on for nobody.

    Stands before the routes and behind everything else: whoever counts, logs or refuses sees what was asked for.

    Parameters
    ----------
    app : who goes on
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        asked = {**scope, "method": "GET"}
        with anyio.CancelScope() as until_it_is_known:

            async def headed(message: Message) -> None:
                if message["type"] == "http.response.start":
                    if "route" in asked:  # for the log and the figures
                        scope["route"] = asked["route"]
                    await send(message)
                    await send({"type": "http.response.body", "body": b""})
                    until_it_is_known.cancel()

            await self._app(asked, receive, headed)
