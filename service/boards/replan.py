"""Has the rest of a board's day planned again, and shows what was found."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from optimizer.domain.event import NewJob
from optimizer.domain.keep import Keep, unknown_names, without_visit
from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings
from service.boards.followed import Followed, followed
from service.boards.live import Live, live_of
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem, refused
from service.door.problem_kinds import NOT_FOUND
from service.proposals.keep import kept
from service.proposals.records import (
    ProposalFound,
    ProposalsHead,
    ProposalsInfo,
    ProposalsPage,
    ReplanRequest,
)
from service.runs.queue import queued
from service.runs.records import Limits, RunRequest
from service.store import Transaction, tables
from service.store import proposals as store
from service.store.board_events import last_event
from service.store.ids import new_id

MOST = 50
"""So many re-plans are listed."""


def replan(
    tx: Transaction,
    caller: Caller,
    row: tables.Board,
    request: ReplanRequest,
    settings: Settings,
    now: datetime,
) -> Answer:
    """Put a re-plan of what is left of a board's day into the queue.

    Parameters
    ----------
    row : the board, kept from others' changes
    request : for how long, and what is to be kept
    settings : how much may be asked for
    now : the present moment

    Raises
    ------
    Problem
        Nothing was published on the board, the search is longer than allowed, or the queue is full.
    InvalidInput
        What is to be kept is not known, or nobody is sent there; lists all.
    """
    live = live_of(row)
    day = followed(tx, row, live, now)
    if issues := tuple(_keep_issues(day, request.keep)):
        raise InvalidInput(issues)
    if request.seconds is not None and request.seconds > settings.run_limit_s:
        cause = f"A re-plan may search {settings.run_limit_s} seconds at most."
        raise refused("too-long", "/seconds", cause, "Ask for less.")
    publication = live.publication
    assert publication is not None  # else nothing is followed
    assert row.published_plan_id is not None
    limits = Limits(seconds=request.seconds, iterations=request.iterations)
    asked = RunRequest(
        scenario_id=row.scenario_id,
        revision=publication.revision,
        limits=limits,
        seed=request.seed,
        deadline_s=request.deadline_s,
    )
    run = queued(tx, caller, asked, publication.revision, settings, now)
    proposals = tables.Proposals(
        proposals_id=new_id("prp"),
        board_id=row.board_id,
        run_id=run.run_id,
        plan_id=row.published_plan_id,
        knows=last_event(tx, row.board_id),
        at=planned_from(live, day, now),
        asked=request.model_dump(mode="json", exclude_defaults=True),
        happened=what_happened(live, day),
        found=None,
        superseded_by=None,
        made_by=caller.key_id,
        made_at=now,
    )
    store.add_proposals(tx, proposals)
    headers = {"Location": f"/boards/{row.board_id}/proposals/{proposals.proposals_id}"}
    said = shown(tx, caller, row, proposals)
    detail = {"board": row.board_id, "run": run.run_id, "knows": proposals.knows}
    return Answer(said, 202, headers, about=proposals.proposals_id, detail=detail)


def _keep_issues(day: Followed, keeping: Sequence[Keep]) -> Iterator[Issue]:
    """Yield what cannot be kept whatever the hour: the run looks for what is over already."""
    known = day.known
    new = {event.job.job_id for event in day.events if isinstance(event, NewJob)}
    jobs = new.union(known.jobs)
    yield from unknown_names(keeping, jobs, frozenset(known.technicians))
    yield from without_visit(keeping, jobs - known.crews.keys())


def planned_from(live: Live, day: Followed, now: datetime) -> datetime:
    """Return the moment from which on the rest of a day is planned.

    Telephones' clocks may be ahead of ours, and nothing is planned before what is known.

    Parameters
    ----------
    live : the board's day
    day : what has happened
    now : the present moment
    """
    known = [] if live.publication is None or live.publication.as_of is None else [live.publication.as_of]
    return max([now, *known, *(event.at for event in day.events)], key=datetime.timestamp)


def what_happened(live: Live, day: Followed) -> bytes:
    """Return what has happened and what customers were told, as JSON.

    Parameters
    ----------
    live : the board's day
    day : what has happened
    """
    said = {
        "events": [event.model_dump(mode="json") for event in day.events],
        "told": [promise.model_dump(mode="json") for promise in live.told.values()],
    }
    return json.dumps(said, ensure_ascii=False).encode()


def the_proposals(tx: Transaction, row: tables.Board, proposals_id: str) -> tables.Proposals:
    """Return a re-plan of a board.

    Parameters
    ----------
    row : the board
    proposals_id : which

    Raises
    ------
    Problem
        There is none.
    """
    found = store.proposals_row(tx, row.board_id, proposals_id)
    if found is None:
        raise Problem(NOT_FOUND, f"The board has no proposals {proposals_id}.")
    return found


def listed(tx: Transaction, row: tables.Board) -> ProposalsPage:
    """Return the re-plans of a board, the newest first.

    Parameters
    ----------
    row : the board
    """
    last = last_event(tx, row.board_id)
    rows = store.proposals_rows(tx, row.board_id, MOST)
    return ProposalsPage(proposals=tuple(_head(tx, row, one, last) for one in rows))


def shown(tx: Transaction, caller: Caller, row: tables.Board, proposals: tables.Proposals) -> ProposalsInfo:
    """Return a re-plan with what it has found so far.

    Parameters
    ----------
    caller : who reads; customers only for who may see them
    row : the board
    proposals : the re-plan
    """
    found, run = kept(proposals), store.run_of(tx, proposals)
    by_name = found["by_name"] if caller.may("personal") else _without_customers(found["by_name"])
    head = _head(tx, row, proposals, last_event(tx, row.board_id))
    return ProposalsInfo(
        **dict(head),
        proposals=tuple(
            ProposalFound.model_validate_json(json.dumps(by_name[name])) for name in found["list"]
        ),
        assumed=tuple(found["assumed"]),
        later=tuple(found["later"]),
        problem=run.problem,
    )


def is_stale(row: tables.Board, proposals: tables.Proposals, last: int) -> bool:
    """Tell whether something has happened since a re-plan was asked for, or another plan was published.

    Parameters
    ----------
    row : the board
    proposals : the re-plan
    last : number of the board's last event
    """
    return proposals.plan_id != row.published_plan_id or last > proposals.knows


def _head(tx: Transaction, row: tables.Board, one: tables.Proposals, last: int) -> ProposalsHead:
    return ProposalsHead(
        proposals_id=one.proposals_id,
        board_id=one.board_id,
        run_id=one.run_id,
        state=store.run_of(tx, one).state,  # type: ignore[arg-type] # only the states of runs are ever stored
        plan_id=one.plan_id,
        knows=one.knows,
        at=one.at,
        superseded_by=one.superseded_by,
        stale=is_stale(row, one, last),
        made_by=one.made_by,
        made_at=one.made_at,
    )


def _without_customers(said: Any) -> Any:
    """Return what was said without customers' ids."""
    if isinstance(said, dict):
        return {name: _without_customers(one) for name, one in said.items() if name != "customer_id"}
    return [_without_customers(one) for one in said] if isinstance(said, list) else said
