"""Which kinds of events were reported of each job."""

from collections.abc import Iterable
from typing import Final

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
