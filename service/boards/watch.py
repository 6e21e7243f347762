"""Watches the clocks and promised times of published days and lets others know when one is about to be missed."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from optimizer.domain.assessment import ClockState
from service.backend import Backend
from service.boards.kinds import THERE, kinds_by_job, known_events, of_present_visits
from service.boards.live import Live, live_of
from service.regularly import Regularly
from service.store import Transaction, tables
from service.store.board_events import event_rows_of
from service.store.boards import published_between
from service.webhooks.announce import announce

EVERY_S: Final = 60.0
"""Pause between two looks."""
PROMISED: Final = "APPOINTMENT"
"""Stands for the clock's code where the end of a promised window is told."""

_DAY: Final = timedelta(days=1)
_TOLD: Final = timedelta(hours=1)
"""What has passed for longer was told before."""
_MEETS: Final[Mapping[str, frozenset[str]]] = {
    "arriving": THERE,
    "finishing": frozenset({"finished"}),
}
"""What must have happened for a clock to be met."""


class Risk(NamedTuple):
    """A deadline that is about to be missed."""

    code: str
    """The clock's rule, or `PROMISED`."""
    label: str
    """Which of the rule's clocks."""
    job_id: str
    """The job."""
    due: datetime
    """When what meets it must have happened."""
    planned: datetime | None
    """When it happens by the plan; none: not at all."""
    technician_id: str | None
    """Who leads; none: nobody is sent."""


class Watch(Regularly):
    """Looks at the boards of the day in a thread of its own.

    Parameters
    ----------
    backend : settings, store and clock
    """

    def __init__(self, backend: Backend) -> None:
        super().__init__("watch", lambda: look(backend), EVERY_S)


def look(backend: Backend) -> int:
    """Announce every clock and promised time that is about to be missed, each once, and return how many there are.

    Parameters
    ----------
    backend : settings, store and clock
    """
    now = backend.now()
    until = now + timedelta(minutes=backend.settings.risk_min)
    with backend.store.read() as tx:
        # Days are local dates: yesterday's and tomorrow's may be today somewhere.
        boards = [(row, live_of(row)) for row in published_between(tx, now.date() - _DAY, now.date() + _DAY)]
        rows = [row for row, _ in boards]
        events = of_present_visits(event_rows_of(tx, [row.board_id for row in rows]), known_events(boards))
    happened = _happened(rows, events)
    found = [
        (row, risk)
        for row, live in boards
        for risk in (
            *promises_at_risk(live, happened[row.board_id], now, until),
            *clocks_at_risk(live, happened[row.scenario_id], now, until),
        )
    ]
    if found:
        backend.store.write(lambda tx: _announce(tx, found, now))
    return len(found)


def promises_at_risk(
    live: Live, happened: Mapping[str, Collection[str]], now: datetime, until: datetime
) -> Iterator[Risk]:
    """Yield the promised windows that end soon, or have just ended, while nobody has arrived yet.

    Parameters
    ----------
    live : a board's day
    happened : what was reported of each job on the board
    now, until : what ends between an hour ago and then is told; older ones were told before
    """
    for job_id, one in live.promises.items():
        here = not THERE.isdisjoint(happened.get(job_id, ()))
        if not here and now - _TOLD <= one.window.end <= until:
            yield Risk(PROMISED, "", job_id, one.window.end, one.start, one.technician_id)


def clocks_at_risk(
    live: Live, happened: Mapping[str, Collection[str]], now: datetime, until: datetime
) -> Iterator[Risk]:
    """Yield the clocks that are due soon, or have just become due, while what meets them has not happened.

    Parameters
    ----------
    live : a board's day
    happened : what was reported of each job, also on other boards: a clock goes on from day to day
    now, until : what is due between an hour ago and then is told; older ones were told before
    """
    for one in live.clocks:
        if now - _TOLD <= one.due <= until and not _is_met(one, happened):
            crew = live.crews.get(one.subject, ())
            yield Risk(one.code, one.label, one.subject, one.due, one.at, crew[0] if crew else None)


def _is_met(clock: ClockState, happened: Mapping[str, Collection[str]]) -> bool:
    return not _MEETS[clock.event].isdisjoint(happened.get(clock.subject, ()))


def _happened(boards: list[tables.Board], events: list[tables.BoardEvent]) -> dict[str, dict[str, set[str]]]:
    """Return by board, and by scenario, which kinds of events were reported of each job."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in boards:
        of_board = kinds_by_job(one for one in events if one.board_id == row.board_id)
        found[row.board_id] = of_board
        of_scenario = found.setdefault(row.scenario_id, {})
        for job_id, kinds in of_board.items():
            of_scenario.setdefault(job_id, set()).update(kinds)
    return found


def _announce(tx: Transaction, found: list[tuple[tables.Board, Risk]], now: datetime) -> None:
    for board, risk in found:
        data = {
            "branch_id": board.branch_id,
            "day": board.day.isoformat(),
            "job_id": risk.job_id,
            "technician_id": risk.technician_id,
            "code": risk.code,
            "label": risk.label,
            "due": risk.due.isoformat(),
            "planned": None if risk.planned is None else risk.planned.isoformat(),
        }
        # A window is promised on one board; a clock may run on the boards of several days, and is told once.
        where = board.board_id if risk.code == PROMISED else board.scenario_id
        announce(
            tx,
            event="clock.at_risk",
            about=board.board_id,
            branches=(board.branch_id,),
            data=data,
            now=now,
            once=f"{where} {risk.job_id} {risk.code} {risk.label} {risk.due.isoformat()}",
        )
