"""Follows what goes on in the service, runs and studies, until it has ended."""

import json
import math
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

import httpx
from pydantic import TypeAdapter

from optimizer.domain.base import Record
from service.client.connection import Connection, Patience
from service.client.problem import ServiceProblem
from service.client.room import at
from service.client.server_events import server_events

_FINAL: Final = frozenset({"finished", "cancelled", "failed"})
_QUIET_S: Final = 60.0
"""The service says something every few seconds while it lives, if only that it is there."""
_BUSY: Final = frozenset({429, 503})
_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 2.0
_MOMENT: Final = TypeAdapter(datetime)


class HasState(Protocol):
    """What has a state."""

    @property
    def state(self) -> str:
        """Where it is."""
        ...


S = TypeVar("S", bound=HasState)


class Happened(Record):
    """Something that happened to a run or a study."""

    number: int
    """Rises by one with each event."""
    kind: str
    """What happened: `queued`, `running`, `progress`, …; `finished`, `cancelled` and `failed` are final."""
    at: datetime
    """When it happened."""
    data: dict[str, Any]
    """With what: how far it is, the plan's id, why it failed."""


H = TypeVar("H", bound=Happened)


def followed(
    connection: Connection, room: str, name: str, event: type[H], get: Callable[[str], HasState], after: int
) -> Iterator[H]:
    """Yield what happens until it has ended; a broken connection is taken up where it broke.

    Parameters
    ----------
    connection : speaks with the service
    room : where it is, e.g. ``runs``
    name : its id
    event : the record of its events
    get : looks at it
    after : number of the last event that is known already

    Raises
    ------
    ServiceProblem
        There is no such thing, or the service is busy for too long.
    httpx.TransportError
        The service was out of reach for too long.
    """
    patience, ended = Patience(connection.patience_s), False
    while True:
        try:
            for one in _heard(connection, at(room, name, "events"), event, after):
                yield one
                after, patience = one.number, Patience(connection.patience_s)
                if one.kind in _FINAL:
                    return
            if ended:  # its last event was known already
                return
            # The stream may also end because the server does; then another goes on.
            ended = get(name).state in _FINAL
            if not ended and not patience.wait():
                raise TimeoutError(f"Nothing was heard of {name}.")
        except httpx.TransportError:
            if not patience.wait():
                raise
        except ServiceProblem as problem:
            if problem.status not in _BUSY or not patience.wait():
                raise


def waited(get: Callable[[str], S], name: str, seconds: float | None) -> S:
    """Wait until something has ended and return it.

    Parameters
    ----------
    get : looks at it
    name : its id
    seconds : longest wait; none: as long as it takes

    Raises
    ------
    TimeoutError
        It has not ended in time.
    """
    # It is asked again and again: a stream says nothing for as long as it waits for its turn.
    until = math.inf if seconds is None else time.monotonic() + seconds
    pause = _FIRST_PAUSE_S
    while (found := get(name)).state not in _FINAL:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"{name} has not ended in {seconds} s.")
        time.sleep(min(pause, left))
        pause = min(2 * pause, _LONGEST_PAUSE_S)
    return found


def _heard(connection: Connection, address: str, event: type[H], after: int) -> Iterator[H]:
    headers = {"Last-Event-ID": str(after)} if after else {}
    with connection.stream(address, headers, _QUIET_S) as answer:
        for sent in server_events(answer.iter_lines()):
            data = json.loads(sent.data)
            moment = _MOMENT.validate_python(data.pop("at"))
            yield event(number=int(sent.number), kind=sent.kind, at=moment, data=data)
