"""The event loop of a connection to a scheduler, which ends with it."""

import asyncio
from concurrent.futures import Future
from threading import Thread
from typing import Final

from tornado.ioloop import IOLoop

_WAIT_S: Final = 5.0


class EventLoop:
    """An event loop in a thread of its own.

    Dask's client makes one itself, but one that cannot reach its scheduler leaves it running for good.
    """

    def __init__(self) -> None:
        begun: Future[tuple[IOLoop, asyncio.Event]] = Future()
        self._thread = Thread(target=lambda: asyncio.run(_run(begun)), name="to the cluster", daemon=True)
        self._thread.start()
        self.loop, self._over = begun.result(_WAIT_S)

    def stop(self) -> None:
        """End it, and whatever is still going on in it."""
        self.loop.add_callback(self._over.set)
        self._thread.join(_WAIT_S)


async def _run(begun: "Future[tuple[IOLoop, asyncio.Event]]") -> None:
    over = asyncio.Event()
    begun.set_result((IOLoop.current(), over))
    await over.wait()
