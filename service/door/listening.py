"""Tells a listener as server-sent events what happens to something, for as long as it goes on."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, Final

import anyio
from anyio.to_thread import run_sync
from fastapi import Header
from fastapi.sse import ServerSentEvent

from service.door.call import ListenCall
from service.store import Transaction
from service.store.table import Told

LastEventId = Annotated[
    str | None,
    Header(alias="Last-Event-ID", max_length=18, description="Number of the last event received."),
]
"""The header with which a listener that was cut off takes up where it was."""

News = Callable[[Transaction, int], tuple[Sequence[Told], bool]]
"""Returns what was told after an event, and whether nothing more will be."""

_LISTEN_S: Final = 0.3


async def heard(call: ListenCall, last: LastEventId, news: News) -> AsyncIterator[ServerSentEvent]:
    """Yield what happens, until nothing more will, the service ends, or who listens is not let in any more.

    Parameters
    ----------
    call : the request
    last : number of the last event that was received; none: from the beginning
    news : says what there is to tell
    """
    seen = int(last) if last and last.isdecimal() else 0
    ended = False
    while not ended and not call.backend.closing.is_set():
        events, ended = await run_sync(_looked, call, news, seen)
        for event in events:
            seen = event.number
            yield ServerSentEvent(
                id=str(seen), event=event.kind, data={**event.data, "at": event.at.isoformat()}
            )
        if not ended:
            await anyio.sleep(_LISTEN_S)


def _looked(call: ListenCall, news: News, seen: int) -> tuple[Sequence[Told], bool]:
    return call.read(lambda tx: news(tx, seen) if call.is_still_let_in(tx) else ((), True))
