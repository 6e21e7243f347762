"""Publishes the approved draft of a board: from then on it is what technicians drive by and customers are told."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from optimizer.domain.promise import Promise
from optimizer.promise_windows import lies_in
from service.access.redact import redacted
from service.boards.announced import published
from service.boards.change import changed
from service.boards.kinds import ENDED, kinds_by_job
from service.boards.live import Live, Publication, live_of
from service.boards.records import PlanPart
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, STALE_PLAN
from service.scenarios.changes import changes
from service.store import Transaction, tables
from service.store import boards as store
from service.store.board_events import event_rows
from service.store.scenarios import newest_revision, revision_row, scenario_row


class StalePlan(Exception):
    """The draft answers an older revision of the scenario than the newest.

    Parameters
    ----------
    scenario_id : which scenario
    older : the revision the draft answers
    newer : the newest revision
    """

    def __init__(self, scenario_id: str, older: int, newer: int) -> None:
        self.scenario_id = scenario_id
        self.older = older
        self.newer = newer
        super().__init__(scenario_id, older, newer)


def publish(tx: Transaction, caller: Caller, row: tables.Board, now: datetime) -> Answer:
    """Publish the approved draft.

    Parameters
    ----------
    row : the board, kept from others' changes
    now : the present moment

    Raises
    ------
    Problem
        There is no draft with a yes, or the plan breaks hard rules or takes away what somebody has started.
    StalePlan
        The scenario has changed since the plan was made.
    """
    live = live_of(row)
    approval = live.approval
    if row.draft_plan_id is None:
        raise Problem(CONFLICT, "The board has no draft to publish; put a plan on it first.")
    if approval is None or approval.plan_id != row.draft_plan_id:
        raise Problem(CONFLICT, "Nobody has said yes to the draft; let a manager approve it first.")
    part = _part(tx, row, row.draft_plan_id)
    newest = newest_revision(tx, row.scenario_id)
    if part.revision != newest:
        raise StalePlan(row.scenario_id, part.revision, newest)
    if part.findings:
        said = f"The plan breaks hard rules ({part.findings} findings); nobody is sent out by such a plan."
        raise Problem(CONFLICT, said)
    crews = _crews(part)
    happened = event_rows(tx, row.board_id)
    if moved := tuple(_begun_with_others(live, happened, crews)):
        said = (
            f"Somebody is at work at {', '.join(moved)} already, and the plan sends others or nobody there."
        )
        raise Problem(CONFLICT, f"{said} What has started stays: pin it, plan anew, and publish that plan.")
    publication = Publication(
        plan_id=part.plan_id,
        revision=part.revision,
        by=caller.key_id,
        at=now,
        approved_by=approval.by,
        approved_at=approval.at,
    )
    live = live.model_copy(
        update={
            "approval": None,
            "publication": publication,
            "crews": crews,
            "promises": {one.job_id: _to_tell(one, live) for one in part.promises},
            "clocks": part.clocks,
        }
    )
    row.published_plan_id, row.draft_plan_id = part.plan_id, None
    store.drop_parts(tx, row)
    published(tx, row, publication, now)
    said_of_it = {"plan_id": part.plan_id, "revision": part.revision, "approved_by": approval.by}
    return changed(tx, caller, row, live, "published", now, **said_of_it)


def stale_problem(tx: Transaction, caller: Caller, stale: StalePlan) -> Problem:
    """Return the error that a plan is stale, with what is different in the newest revision.

    Who may not see the whole scenario is told only that there are differences.

    Parameters
    ----------
    stale : which revisions
    """
    said = f"The plan answers revision {stale.older}; the newest is {stale.newer}."
    if scenario_row(tx, stale.scenario_id, caller) is None:
        return Problem(STALE_PLAN, said)
    rows = [revision_row(tx, stale.scenario_id, number) for number in (stale.older, stale.newer)]
    older, newer = (None if one is None else json.loads(one.body) for one in rows)
    if older is None or newer is None:
        return Problem(STALE_PLAN, f"{said} The older one is not kept any more.")
    if not caller.may("personal"):
        older, newer = redacted(older), redacted(newer)
    found = [one.model_dump(mode="json") for one in changes(older, newer)]
    return Problem(STALE_PLAN, said, changes=found)


def _part(tx: Transaction, row: tables.Board, plan_id: str) -> PlanPart:
    body = store.part_body(tx, row.board_id, plan_id)
    if body is None:
        raise Problem(CONFLICT, "The draft is not there any more; put a plan on the board again.")
    return PlanPart.model_validate_json(body)


def _crews(part: PlanPart) -> dict[str, tuple[str, ...]]:
    """Return who goes to each job, the one who leads first."""
    seats: dict[str, list[tuple[int, str]]] = {}
    for shift in part.shifts:
        for stop in shift.stops:
            seats.setdefault(stop.job_id, []).append((stop.seat, shift.technician_id))
    return {job_id: tuple(who for _, who in sorted(crew)) for job_id, crew in seats.items()}


def _begun_with_others(
    live: Live, happened: Iterable[tables.BoardEvent], crews: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """Yield the jobs that have started and not ended, where other people are to go now."""
    for job_id, kinds in kinds_by_job(happened).items():
        same = set(live.crews.get(job_id, ())) == set(crews.get(job_id, ()))
        if "started" in kinds and kinds.isdisjoint(ENDED) and not same:
            yield job_id


def _to_tell(planned: Promise, live: Live) -> Promise:
    """Return what a customer is to be told; a window told before stays if the visit still lies in it."""
    told = live.told.get(planned.job_id)
    if told is None:
        return planned
    if lies_in(planned.start, told.window):
        return planned.model_copy(update={"window": told.window, "told": True, "told_at": told.told_at})
    return planned.model_copy(update={"told": False, "told_at": None})
