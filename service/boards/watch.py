"""Watches the promised times of published days and lets others know when one is about to be missed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from optimizer.domain.promise import Promise
from service.backend import Backend
from service.boards.live import Live, live_of
from service.regularly import Regularly
from service.store import Transaction, tables
from service.store.boards import published_between
from service.webhooks.announce import announce

EVERY_S: Final = 60.0
"""Pause between two looks."""
_DAY: Final = timedelta(days=1)
_ON_THE_WAY: Final = frozenset({"contacted", "on_the_way"})
"""After these nobody is with the customer yet."""


class Watch(Regularly):
    """Looks at the boards of the day in a thread of its own.

    Parameters
    ----------
    backend : settings, store and clock
    """

    def __init__(self, backend: Backend) -> None:
        super().__init__("watch", lambda: look(backend), EVERY_S)


def look(backend: Backend) -> int:
    """Announce every promised time that is about to be missed, each once, and return how many there are.

    Parameters
    ----------
    backend : settings, store and clock
    """
    now = backend.now()
    until = now + timedelta(minutes=backend.settings.risk_min)
    with backend.store.read() as tx:
        # Days are local dates: yesterday's and tomorrow's may be today somewhere.
        boards = published_between(tx, now.date() - _DAY, now.date() + _DAY)
        found = [(board, one) for board in boards for one in at_risk(live_of(board), now, until)]
    if found:
        backend.store.write(lambda tx: _announce(tx, found, now))
    return len(found)


def at_risk(live: Live, now: datetime, until: datetime) -> Iterator[Promise]:
    """Yield the promises that end soon, or have just ended, while nobody has arrived yet.

    Parameters
    ----------
    live : a board's day
    now, until : what ends between an hour ago and then is told; older ones were told before
    """
    for job_id, promise in live.promises.items():
        here = any(fact.state not in _ON_THE_WAY for fact in live.facts.get(job_id, ()))
        if not here and now - timedelta(hours=1) <= promise.window.end <= until:
            yield promise


def _announce(tx: Transaction, found: list[tuple[tables.Board, Promise]], now: datetime) -> None:
    for board, promise in found:
        data = {
            "branch_id": board.branch_id,
            "day": board.day.isoformat(),
            "job_id": promise.job_id,
            "technician_id": promise.technician_id,
            "due": promise.window.end.isoformat(),
            "planned_start": promise.start.isoformat(),
        }
        announce(
            tx,
            event="clock.at_risk",
            about=board.board_id,
            branches=(board.branch_id,),
            data=data,
            now=now,
            once=f"{board.board_id} {promise.job_id} {promise.window.end.isoformat()}",
        )
