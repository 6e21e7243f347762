"""Puts runs into the queue, and asks for their end."""

from datetime import datetime, timedelta

from optimizer.settings import Settings
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem, refused
from service.door.problem_kinds import CONFLICT, NOT_FOUND, TOO_MANY
from service.runs.records import RunRequest, run_record
from service.runs.states import end
from service.store import Transaction, tables
from service.store.ids import new_id
from service.store.queue import ENDED, add, waiting
from service.store.runs import run_row, tell
from service.visible import visible_revision_number


def ask(tx: Transaction, caller: Caller, request: RunRequest, settings: Settings, now: datetime) -> Answer:
    """Put a run into the queue.

    Parameters
    ----------
    request : what to compute
    settings : how much may be asked for
    now : the present moment

    Raises
    ------
    Problem
        There is no such scenario or revision, or the queue is full.
    """
    revision = visible_revision_number(tx, caller, request.scenario_id, request.revision)
    _limited(request, settings)
    row = queued(tx, caller, request, revision, settings, now)
    headers = {"Location": f"/runs/{row.run_id}"}
    detail = {"scenario": row.scenario_id, "revision": row.revision}
    return Answer(run_record(row), 202, headers, about=row.run_id, detail=detail)


def queued(
    tx: Transaction, caller: Caller, request: RunRequest, revision: int, settings: Settings, now: datetime
) -> tables.Run:
    """Add a run to the queue and return it.

    Parameters
    ----------
    request : what to compute
    revision : of which revision of its scenario
    settings : how many may wait
    now : the present moment

    Raises
    ------
    Problem
        The queue is full.
    """
    _room(tx, caller, settings)
    deadline = None if request.deadline_s is None else now + timedelta(seconds=request.deadline_s)
    row = tables.Run(
        run_id=new_id("run"),
        scenario_id=request.scenario_id,
        revision=revision,
        asked=request.model_dump(mode="json"),
        state="queued",
        cancel_asked=False,
        made_by=caller.key_id,
        queued_at=now,
        deadline_at=deadline,
        started_at=None,
        ended_at=None,
        attempt=0,
        tries=0,
        leased_by=None,
        leased_until=None,
        progress=None,
        ended_by=None,
        plan_id=None,
        problem=None,
    )
    add(tx, row)
    tell(tx, row.run_id, "queued", {}, now)
    return row


def ask_to_cancel(tx: Transaction, caller: Caller, run_id: str, now: datetime) -> Answer:
    """Ask a run to end: a queued one ends at once, a running one keeps the best plan it has found.

    Parameters
    ----------
    run_id : which
    now : the present moment

    Raises
    ------
    Problem
        There is no such run, or it has ended already.
    """
    row = run_row(tx, run_id, caller, to_change=True)
    if row is None:
        raise Problem(NOT_FOUND, f"There is no run {run_id}.")
    if row.state in ENDED:
        raise Problem(CONFLICT, f"The run has ended already: {row.state}.")
    row.cancel_asked = True
    if row.state == "queued":
        end(tx, row, "cancelled", now)
    return Answer(run_record(row), 202, about=run_id)


def _limited(request: RunRequest, settings: Settings) -> None:
    """Refuse a search that is longer than the operator allows."""
    limits = request.limits
    for name, asked in (("seconds", limits.seconds), ("no_improvement_s", limits.no_improvement_s)):
        if asked is not None and asked > settings.run_limit_s:
            cause = f"A run may search {settings.run_limit_s} seconds at most."
            raise refused("too-long", f"/limits/{name}", cause, "Ask for less.")


def _room(tx: Transaction, caller: Caller, settings: Settings) -> None:
    """Refuse a run when the queue is full."""
    later = {"Retry-After": "10"}
    if waiting(tx, tables.Run) >= settings.queue:
        raise Problem(TOO_MANY, f"{settings.queue} runs are waiting already.", headers=later)
    if waiting(tx, tables.Run, caller.key_id) >= settings.queue_each:
        said = f"{settings.queue_each} runs of this key are waiting already."
        raise Problem(TOO_MANY, said, headers=later)
