"""Publishes the approved draft of a board: from then on it is what technicians drive by and customers are told."""

import json
from collections.abc import Iterator
from datetime import datetime

from optimizer.words.moments import exact_moment
from service.access.redact import redacted
from service.boards.kinds import ENDED, kinds_by_job
from service.boards.live import Live, Publication, live_of
from service.boards.put_out import known_by, part_of, put_out
from service.boards.records import PlanPart
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, STALE_PLAN
from service.scenarios.changes import changes
from service.store import Transaction, tables
from service.store.board_events import event_rows, last_event
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
        There is no draft with a yes, or the plan breaks hard rules, takes away what somebody has started, knows nothing
        of a job that came in on the day and was promised a time, or of the day that was planned again since.
    StalePlan
        The scenario has changed since the plan was made.
    """
    live = live_of(row)
    approval = live.approval
    if row.draft_plan_id is None:
        raise Problem(CONFLICT, "The board has no draft to publish; put a plan on it first.")
    if approval is None or approval.plan_id != row.draft_plan_id:
        raise Problem(CONFLICT, "Nobody has said yes to the draft; let a manager approve it first.")
    part = part_of(tx, row, row.draft_plan_id)
    newest = newest_revision(tx, row.scenario_id)
    if part.revision != newest:
        raise StalePlan(row.scenario_id, part.revision, newest)
    if part.findings:
        said = f"The plan breaks hard rules ({part.findings} findings); nobody is sent out by such a plan."
        raise Problem(CONFLICT, said)
    publications = (*live.earlier, *((live.publication,) if live.publication else ()))
    if replanned := [one for one in publications if one.proposals_id is not None]:
        since = exact_moment(replanned[-1].at)
        said = f"The day was planned again on the way ({since}), and the draft knows nothing of what was done by then."
        raise Problem(
            CONFLICT, f"{said} Plan the rest of the day again instead, or take that publication back."
        )
    if lost := tuple(_promised_and_unknown(tx, row, live, part)):
        said = f"{', '.join(lost)} came in on the day and was promised a time, and the draft knows nothing of it."
        raise Problem(CONFLICT, f"{said} Take it into the scenario and plan anew, or report it cancelled.")
    publication = Publication(
        plan_id=part.plan_id,
        revision=part.revision,
        by=caller.key_id,
        at=now,
        approved_by=approval.by,
        approved_at=approval.at,
        events=last_event(tx, row.board_id),
    )
    row.draft_plan_id = None
    return put_out(tx, caller, row, live, part, publication, "published", now)


def _promised_and_unknown(tx: Transaction, row: tables.Board, live: Live, part: PlanPart) -> Iterator[str]:
    """Yield the jobs that came in on the day and were promised a time, and that a plan's question does not have."""
    rows = event_rows(tx, row.board_id)
    kinds, known = kinds_by_job(rows), known_by(tx, row, part.plan_id).jobs
    new = (one.event["job"]["job_id"] for one in rows if one.event["kind"] == "new_job")
    lost = [
        job_id
        for job_id in new
        if job_id in live.told and job_id not in known and ENDED.isdisjoint(kinds.get(job_id, ()))
    ]
    question = revision_row(tx, row.scenario_id, part.revision) if lost else None
    planned = () if question is None else json.loads(question.body)["jobs"]
    elsewhere = {job["job_id"] for job in planned}  # another branch's part has it
    yield from (job_id for job_id in lost if job_id not in elsewhere)


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
