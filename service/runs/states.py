"""The life of a run: queued → running → finished, cancelled or failed; a run whose worker died is queued again."""

from datetime import datetime
from typing import Any, Literal

from service.executor.base import CLOSED
from service.store import Transaction, tables
from service.store.queue import close, lease, let_go
from service.store.runs import tell
from service.store.scenarios import branches_of
from service.webhooks.announce import announce

Ended = Literal["finished", "cancelled", "failed"]
"""How a run may end."""


def begin(tx: Transaction, row: tables.Run, leased_by: str, leased_until: datetime, now: datetime) -> None:
    """Let a server compute a queued run; nobody else does while its lease lasts.

    Parameters
    ----------
    row : the run, kept from others
    leased_by, leased_until : the server, and until when it must be heard of again
    now : the present moment
    """
    lease(row, leased_by, leased_until, now)
    row.progress = None
    tell(tx, row.run_id, "running", {"attempt": row.attempt}, now)


def put_back(tx: Transaction, row: tables.Run, why: str, tries: int, now: datetime) -> None:
    """Queue a run again whose worker or server died; when that happened too often, it has failed.

    Only what a worker had begun counts: a run that waited for a worker to get ready may be queued for ever. Nor does a
    server count that was stopped in good order; how often servers are renewed during a long run is not the run's fault.

    Parameters
    ----------
    row : the run, kept from others
    why : what happened, in a few words
    tries : how often a worker may begin it
    now : the present moment
    """
    if row.cancel_asked:
        end(tx, row, "cancelled", now)
    elif row.tries >= tries and why != CLOSED:
        detail = f"It was begun {row.tries} times and its worker died each time; last: {why}."
        end(tx, row, "failed", now, problem={"title": "The worker died", "detail": detail})
    else:
        let_go(row)
        tell(tx, row.run_id, "queued", {"again_because": why}, now)


def end(
    tx: Transaction,
    row: tables.Run,
    state: Ended,
    now: datetime,
    *,
    plan_id: str | None = None,
    ended_by: str | None = None,
    problem: dict[str, Any] | None = None,
) -> None:
    """End a run for good.

    Parameters
    ----------
    row : the run, kept from others
    state : how it ended
    now : the present moment
    plan_id : the plan it made; none: none
    ended_by : why the search ended
    problem : why it failed
    """
    close(row, state, now, problem)
    row.plan_id, row.ended_by = plan_id, ended_by
    data = {"plan_id": plan_id, "ended_by": ended_by, "problem": problem}
    tell(tx, row.run_id, state, {name: value for name, value in data.items() if value is not None}, now)
    said = {"state": state, "scenario_id": row.scenario_id, "revision": row.revision, "plan_id": plan_id}
    branches = branches_of(tx, row.scenario_id)
    announce(tx, event="run.finished", about=row.run_id, branches=branches, data=said, now=now)
