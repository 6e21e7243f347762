"""Notes what a customer was told."""

from collections.abc import Iterator
from datetime import datetime

from optimizer.domain.promise import Promise
from optimizer.errors import InvalidInput, Issue
from optimizer.promise_windows import lies_in
from service.boards.change import as_it_is, changed
from service.boards.followed import AHEAD
from service.boards.live import live_of
from service.boards.records import NewTelling
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND
from service.store import Transaction, tables


def tell(
    tx: Transaction, caller: Caller, row: tables.Board, job_id: str, told: NewTelling, now: datetime
) -> Answer:
    """Note what the customer of a job was told; the same again changes nothing.

    Parameters
    ----------
    row : the board, kept from others' changes
    job_id : the job
    told : what the customer was told
    now : the present moment

    Raises
    ------
    Problem
        The published plan promises nothing for such a job.
    InvalidInput
        The plan does not keep the window, or the moment lies in the future.
    """
    live = live_of(row)
    planned = live.promises.get(job_id)
    if planned is None:
        raise Problem(NOT_FOUND, f"The published plan begins no job {job_id} on this day.")
    if issues := tuple(_issues(planned, told, now)):
        raise InvalidInput(issues)
    window = planned.window if told.window is None else told.window
    promise = planned.model_copy(update={"window": window, "told": True, "told_at": told.at})
    if live.told.get(job_id) == promise:
        return as_it_is(row)
    live = live.model_copy(
        update={"promises": {**live.promises, job_id: promise}, "told": {**live.told, job_id: promise}}
    )
    return changed(tx, caller, row, live, "told", now, **promise.model_dump(mode="json", exclude={"told"}))


def _issues(planned: Promise, told: NewTelling, now: datetime) -> Iterator[Issue]:
    if told.at > now + AHEAD:
        cause = f"{told.at.isoformat()} lies in the future."
        yield Issue("in-the-future", "at", cause, "Note it when the customer has been told.")
    if told.window is not None and not lies_in(planned.start, told.window):
        cause = f"The published plan starts at {planned.start.isoformat()}, outside this window."
        action = "Tell a window around the planned start, or publish a plan that keeps this one."
        yield Issue("start-outside-window", "window", cause, action)
