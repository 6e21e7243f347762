"""Which kinds of events were reported of each job."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from service.boards.live import Live
from service.store import tables

ENDED: Final = frozenset(
    {
        "finished",
        "no_access",
        "site_not_ready",
        "part_missing",
        "tool_missing",
        "cancelled",
        "solved_remotely",
    }
)
"""After these nobody is at work at the job any more."""
THERE: Final = frozenset(
    {"arrived", "started", "overrun", "finished", "no_access", "part_missing", "tool_missing"}
)
"""Before these somebody has been there."""
IN_VAIN: Final = frozenset({"no_access", "site_not_ready", "part_missing", "tool_missing", "postponed"})
"""After these the job is still to be done, by another visit."""


def known_events(boards: Iterable[tuple[tables.Board, Live]]) -> dict[str, int]:
    """Return by board the number of the last event that the plan it follows knows already.

    Parameters
    ----------
    boards : any, with their days
    """
    followed = ((row.board_id, live.publication) for row, live in boards)
    return {board_id: 0 if publication is None else publication.knows for board_id, publication in followed}


def of_present_visits(rows: Sequence[tables.BoardEvent], knows: Mapping[str, int]) -> list[tables.BoardEvent]:
    """Return what has happened without what was said of jobs until a visit in vain from which the plan goes on.

    Parameters
    ----------
    rows : what has happened, in the order in which it was reported
    knows : by board the number of the last event that the plan it follows knows, see `known_events`
    """
    begins = {
        (row.board_id, row.event["job_id"]): row.number
        for row in rows
        if row.event["kind"] in IN_VAIN and row.number <= knows.get(row.board_id, 0)
    }
    return [row for row in rows if row.number > begins.get((row.board_id, row.event.get("job_id")), 0)]


def kinds_by_job(rows: Iterable[tables.BoardEvent]) -> dict[str, set[str]]:
    """Return which kinds of events were reported of each job.

    Parameters
    ----------
    rows : what has happened
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        if (job_id := row.event.get("job_id")) is not None:
            found.setdefault(job_id, set()).add(row.event["kind"])
    return found
