"""Publishes a proposal of a re-plan, and takes the last publication back."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from service.boards.change import the_board
from service.boards.happen import told_events
from service.boards.kinds import kinds_by_job
from service.boards.live import Publication, live_of
from service.boards.part import Cut, cut
from service.boards.put_out import crews_in, known_by, part_of, put_out
from service.boards.records import PlanPart
from service.boards.replan import is_stale, the_proposals
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, STALE_PROPOSALS
from service.door.versions import expect
from service.proposals.keep import kept
from service.store import Transaction, tables
from service.store import boards as store
from service.store.board_events import event_rows, last_event
from service.store.scenarios import revision_row

_BEGUN = frozenset({"on_the_way", "arrived", "started", "overrun", "finished"})


class Chosen(NamedTuple):
    """What is made of a proposal that is to be published."""

    board: tables.Board
    """The board."""
    plan: tables.Plan
    """The proposal's plan."""
    question: tables.Revision
    """The question it answers."""


def choose(
    tx: Transaction, caller: Caller, board_id: str, proposals_id: str, plan_id: str, match: str | None
) -> Chosen:
    """Return what is made of a proposal that is to be published.

    Parameters
    ----------
    board_id : which board
    proposals_id : which re-plan
    plan_id : which of its proposals
    match : the header If-Match

    Raises
    ------
    Problem
        There is no such board or re-plan, the board has changed meanwhile, or the proposals are stale.
    InvalidInput
        There is no such proposal.
    """
    row = the_board(tx, caller, board_id)
    expect(match, row.version)
    proposals = the_proposals(tx, row, proposals_id)
    _refuse_stale(tx, caller, row, proposals)
    found = kept(proposals)
    plans = [found["by_name"][name]["plan_id"] for name in found["list"]]
    plan = tx.get(tables.Plan, plan_id) if plan_id in plans else None
    question = None if plan is None else revision_row(tx, plan.scenario_id, plan.revision)
    if plan is None or question is None:
        cause = f"The proposals have no plan {plan_id!r}."
        raise InvalidInput((Issue("unknown-plan", "plan_id", cause, "Take one of their plans."),))
    return Chosen(row, plan, question)


def prepare(chosen: Chosen) -> Cut:
    """Cut the branch's part out of the plan, outside of transactions.

    Parameters
    ----------
    chosen : what it is made of
    """
    board = chosen.board
    return cut(
        Scenario.model_validate_json(chosen.question.body),
        PlanDocument.model_validate_json(chosen.plan.body),
        plan_id=chosen.plan.plan_id,
        revision=chosen.plan.revision,
        branch_id=board.branch_id,
        day=board.day,
        window_min=live_of(board).window_min,
    )


def publish_proposal(
    tx: Transaction, caller: Caller, row: tables.Board, proposals_id: str, made: Cut, now: datetime
) -> Answer:
    """Publish a proposal; a draft from before is taken off the board: it knows nothing of what has happened.

    Parameters
    ----------
    row : the board, kept from others' changes
    proposals_id : the re-plan
    made : the branch's part of the proposal's plan
    now : the present moment

    Raises
    ------
    Problem
        The proposals are stale, or the plan takes away what has begun since by the plan that is followed.
    """
    live, proposals = live_of(row), the_proposals(tx, row, proposals_id)
    _refuse_stale(tx, caller, row, proposals)
    part, before = made.part, part_of(tx, row, proposals.plan_id)
    begun = tuple(_begun_by_plan(before, crews_in(part), proposals.at, now))
    if begun:
        said = f"By the published plan {', '.join(begun)} has begun since, and the proposal sends others or nobody."
        raise Problem(STALE_PROPOSALS, said)
    publication = Publication(
        plan_id=part.plan_id,
        revision=part.revision,
        by=caller.key_id,
        at=now,
        approved_by=None,
        approved_at=None,
        proposals_id=proposals_id,
        as_of=proposals.at,
        knows=proposals.knows,
        events=proposals.knows,
    )
    store.put_part(tx, made.row(row.board_id))
    row.draft_plan_id = None
    said = next(one for one in kept(proposals)["by_name"].values() if one["plan_id"] == part.plan_id)
    return put_out(tx, caller, row, live, part, publication, "replanned", now, said["ask"])


def undo(tx: Transaction, caller: Caller, row: tables.Board, now: datetime) -> Answer:
    """Take the last publication back: the plan before it counts again.

    Parameters
    ----------
    row : the board, kept from others' changes
    now : the present moment

    Raises
    ------
    Problem
        Nothing was published before it, or something of it has begun that the older plan gives to others or nobody.
    """
    live = live_of(row)
    if live.publication is None or live.previous is None or row.published_plan_id is None:
        raise Problem(CONFLICT, "There is no publication to go back to: only the last one can be taken back.")
    newer, older = (known_by(tx, row, one.plan_id) for one in (live.publication, live.previous))
    reported = kinds_by_job(event_rows(tx, row.board_id, after=live.publication.events))
    told = {job_id for job_id, kinds in reported.items() if not kinds.isdisjoint(_BEGUN)}
    part = part_of(tx, row, row.published_plan_id)
    planned = set(_begun_by_plan(part, older.crews, live.publication.at, now))
    lacks = {job_id for job_id in told if set(newer.crews.get(job_id, ())) - set(older.crews.get(job_id, ()))}
    if begun := sorted(lacks | planned):
        said = (
            f"{', '.join(begun)} has begun by the newer plan, and the older one sends others or nobody there."
        )
        raise Problem(CONFLICT, f"{said} Plan the rest of the day again instead.")
    back = part_of(tx, row, live.previous.plan_id)
    return put_out(tx, caller, row, live, back, live.previous, "undone", now)


def _refuse_stale(tx: Transaction, caller: Caller, row: tables.Board, proposals: tables.Proposals) -> None:
    if not is_stale(row, proposals, last_event(tx, row.board_id)):
        return
    since = told_events(event_rows(tx, row.board_id, after=proposals.knows), caller)
    said = "Another plan was published since the proposals were asked for."
    if since:
        said = f"{len(since)} things have happened since the proposals were asked for."
    raise Problem(STALE_PROPOSALS, said, changes=[one.model_dump(mode="json") for one in since])


def _begun_by_plan(
    part: PlanPart, crews: Mapping[str, tuple[str, ...]], since: datetime, now: datetime
) -> Iterator[str]:
    """Yield the jobs that have begun by a plan since a moment, where others are to go by another plan, or nobody."""
    for shift in part.shifts:
        for stop in shift.stops:
            begun = since.timestamp() < stop.start.timestamp() <= now.timestamp()
            if begun and shift.technician_id not in crews.get(stop.job_id, ()):
                yield stop.job_id
