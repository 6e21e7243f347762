"""Reads server-sent events.

References
----------
WHATWG, HTML Living Standard, section 9.2 Server-sent events.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class ServerEvent(NamedTuple):
    """One event as it was sent."""

    number: str
    """Its id; the next connection sends it as Last-Event-ID."""
    kind: str
    """What it is called."""
    data: str
    """What it says."""


def server_events(lines: Iterable[str]) -> Iterator[ServerEvent]:
    """Yield the events of a stream; one that was cut off in the middle is not told.

    Parameters
    ----------
    lines : the stream's lines without their ends
    """
    number, kind, data = "", "message", list[str]()
    for line in lines:
        if not line:
            if data:
                yield ServerEvent(number, kind, "\n".join(data))
            kind, data = "message", []
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "id":
                number = value
            case "event":
                kind = value
            case "data":
                data.append(value)
            case _:  # a comment that keeps the connection alive, or how long to wait
                pass
