"""The life of a study: queued → running → finished, cancelled or failed; one whose server ended is queued again."""

from datetime import datetime
from typing import Any, Literal

from service.store import Transaction, tables
from service.store.queue import close, lease, let_go
from service.store.scenarios import branches_of
from service.store.studies import tell
from service.webhooks.announce import announce

Ended = Literal["finished", "cancelled", "failed"]
"""How a study may end."""


def begin(tx: Transaction, row: tables.Study, leased_by: str, leased_until: datetime, now: datetime) -> None:
    """Let a server conduct a queued study; nobody else does while its lease lasts.

    Parameters
    ----------
    row : the study, kept from others
    leased_by, leased_until : the server, and until when it must be heard of again
    now : the present moment
    """
    lease(row, leased_by, leased_until, now)
    row.tries += 1
    tell(tx, row.study_id, "running", {"attempt": row.attempt}, now)


def put_back(
    tx: Transaction, row: tables.Study, why: str, now: datetime, *, tries: int | None = None
) -> None:
    """Queue a study again that its server does not go on with; its samples are kept.

    Parameters
    ----------
    row : the study, kept from others
    why : what happened, in a few words
    now : the present moment
    tries : a study that was begun so often without a new sample has failed; none: this was not its fault
    """
    if row.cancel_asked:
        end(tx, row, "cancelled", now)
    elif tries is not None and row.tries >= tries:
        detail = f"It was begun {row.tries} times without a new sample; last: {why}."
        end(tx, row, "failed", now, problem={"title": "The server was lost each time", "detail": detail})
    else:
        if tries is None:
            row.tries = max(0, row.tries - 1)
        let_go(row)
        tell(tx, row.study_id, "queued", {"again_because": why}, now)


def end(
    tx: Transaction,
    row: tables.Study,
    state: Ended,
    now: datetime,
    *,
    problem: dict[str, Any] | None = None,
) -> None:
    """End a study for good.

    Parameters
    ----------
    row : the study, kept from others
    state : how it ended
    now : the present moment
    problem : why it failed
    """
    close(row, state, now, problem)
    tell(tx, row.study_id, state, {} if problem is None else {"problem": problem}, now)
    said = {"state": state, "scenario_id": row.scenario_id, "revision": row.revision}
    branches = branches_of(tx, row.scenario_id)
    announce(tx, event="study.finished", about=row.study_id, branches=branches, data=said, now=now)
