"""A customer is promised a window: the plan with the job is published."""

from datetime import datetime
from typing import NamedTuple

from optimizer.domain.document import PlanDocument
from optimizer.domain.event import NewJob
from optimizer.domain.scenario import Scenario
from service.boards.live import Publication, live_of
from service.boards.part import Cut, cut
from service.boards.put_out import put_out
from service.caller import Caller
from service.door.answer import Answer
from service.offers.day import stay, the_offers
from service.offers.take import Taking, let_go, refuse_taken
from service.plans.keep import Packed, keep_plan, packed
from service.plans.questions import Texts
from service.store import Transaction, tables
from service.store import boards as store
from service.store.board_events import add_events
from service.store.scenarios import add_question


class Made(NamedTuple):
    """What is published, ready to be stored."""

    scenario: bytes
    """The question with the job."""
    plan: Packed
    """Its plan."""
    sha256: str
    """Hash of the question as the plan knows it."""
    cut: Cut
    """The branch's part, its plan without id and revision so far."""
    job: NewJob
    """That the job came in, with the promised window as its own."""


def prepare(board: tables.Board, taking: Taking, texts: Texts) -> Made:
    """Return what is published; takes a while, so it is done outside of transactions.

    Parameters
    ----------
    board : the board
    taking : what was taken
    texts : the plan with the job and its question
    """
    scenario = Scenario.model_validate_json(texts.scenario)
    document = PlanDocument.model_validate_json(texts.plan)
    made = cut(
        scenario,
        document,
        plan_id="",
        revision=0,
        branch_id=board.branch_id,
        day=board.day,
        window_min=live_of(board).window_min,
    )
    job = next(one for one in scenario.jobs if one.job_id == taking.job_id)
    event = NewJob(kind="new_job", at=taking.looked.today.at, job=job)
    return Made(texts.scenario, packed(document), document.plan.scenario_sha256, made, event)


def confirm(
    tx: Transaction,
    caller: Caller,
    board: tables.Board,
    offers_id: str,
    taking: Taking,
    made: Made,
    now: datetime,
) -> Answer:
    """Publish the plan with a job in it, and note what its customer was promised; a draft from before is taken off.

    Parameters
    ----------
    board : the board, kept from others' changes
    offers_id : which offers
    taking : what is taken
    made : what is published
    now : the present moment

    Raises
    ------
    Moved
        The day has changed since it was looked at.
    Problem
        The offers were confirmed meanwhile, or the plan takes away what somebody has started.
    """
    row = the_offers(tx, board, offers_id)
    refuse_taken(row)
    stay(tx, board, taking.looked, now)
    part, at = _stored(tx, caller, board, taking, made, now), taking.looked.today.at
    number = _come_in(tx, caller, board, made, now)
    live = live_of(board)
    told = next(one for one in part.part.promises if one.job_id == taking.job_id)
    promise = told.model_copy(update={"told": True, "told_at": now})
    live = live.model_copy(update={"told": {**live.told, taking.job_id: promise}})
    publication = Publication(
        plan_id=part.part.plan_id,
        revision=part.part.revision,
        by=caller.key_id,
        at=now,
        approved_by=None,
        approved_at=None,
        offers_id=offers_id,
        as_of=at,
        knows=number,
        events=number,
    )
    row.confirmed_plan_id = part.part.plan_id
    let_go(row)
    store.put_part(tx, part.row(board.board_id))
    board.draft_plan_id = None
    return put_out(tx, caller, board, live, part.part, publication, "confirmed", now)


def _stored(
    tx: Transaction, caller: Caller, board: tables.Board, taking: Taking, made: Made, now: datetime
) -> Cut:
    """Store question and plan, and return the branch's part with their names."""
    question = tables.Revision(
        scenario_id=board.scenario_id,
        sha256=made.sha256,
        body=made.scenario,
        note=f"What is left of the day of {board.board_id} at {taking.looked.today.at.isoformat()}, "
        f"with {taking.job_id}.",
        made_by=caller.key_id,
        made_at=now,
    )
    revision = add_question(tx, question)
    plan = keep_plan(
        tx,
        made.plan,
        scenario_id=board.scenario_id,
        revision=revision,
        run_id=None,
        made_by=caller.key_id,
        now=now,
    )
    named = made.cut.part.model_copy(update={"plan_id": plan.plan_id, "revision": revision})
    return made.cut._replace(part=named)


def _come_in(tx: Transaction, caller: Caller, board: tables.Board, made: Made, now: datetime) -> int:
    """Note among what has happened that the job came in, so that it is there whatever is published next."""
    said = made.job.model_dump(mode="json", exclude_defaults=True) | {"kind": made.job.kind}
    return add_events(tx, board, [said], caller.key_id, now)[0]
