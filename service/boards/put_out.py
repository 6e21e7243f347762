"""Puts a plan out: from then on it is what technicians drive by and customers are told."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from optimizer.domain.event_issues import Known
from optimizer.domain.promise import Promise
from optimizer.promise_windows import lies_in
from service.boards.announced import published
from service.boards.change import changed
from service.boards.kinds import ENDED, kinds_by_job
from service.boards.live import Begun, Live, Publication
from service.boards.messages import Publishing, let_know
from service.boards.records import PlanPart
from service.boards.supersede import supersede
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT
from service.store import Transaction, tables
from service.store import boards as store
from service.store.board_events import event_rows


def part_of(tx: Transaction, row: tables.Board, plan_id: str) -> PlanPart:
    """Return the branch's part of a plan that is on a board.

    Parameters
    ----------
    row : the board
    plan_id : the plan

    Raises
    ------
    Problem
        It is not there any more.
    """
    return PlanPart.model_validate_json(_still_there(store.part_body(tx, row.board_id, plan_id)))


def known_by(tx: Transaction, row: tables.Board, plan_id: str) -> Known:
    """Return whom a plan that is on a board sends where, on all its days.

    Parameters
    ----------
    row : the board
    plan_id : the plan

    Raises
    ------
    Problem
        It is not there any more.
    """
    return Known.model_validate_json(_still_there(store.part_known(tx, row.board_id, plan_id)))


def put_out(
    tx: Transaction,
    caller: Caller,
    row: tables.Board,
    live: Live,
    part: PlanPart,
    publication: Publication,
    kind: str,
    now: datetime,
    ask: Collection[str] = (),
) -> Answer:
    """Make a plan the board's published one.

    Parameters
    ----------
    row : the board, kept from others' changes
    live : its day so far
    part : the branch's part of the plan
    publication : who publishes what
    kind : what is done, for the history
    now : the present moment
    ask : jobs whose customers are asked for another time

    Raises
    ------
    Problem
        The plan takes away what somebody has started since its question was asked.
    """
    crews, kinds = crews_in(part), kinds_by_job(event_rows(tx, row.board_id))
    # What the plan's question knows is planned for: work of which no end was reported is taken to be done by its time,
    # and who drops out leaves it to others.
    since = kinds_by_job(event_rows(tx, row.board_id, after=publication.knows))
    if moved := tuple(_begun_with_others(live, since, crews)):
        said = (
            f"Somebody is at work at {', '.join(moved)} already, and the plan sends others or nobody there."
        )
        raise Problem(
            CONFLICT, f"{said} What has started stays: plan anew what is left, and publish that plan."
        )
    # Only the last publication can be taken back: behind an undone one there is nothing to go back to.
    back = None if kind == "undone" else live.publication
    promises = {one.job_id: _to_tell(one, live) for one in part.promises}
    before = None if row.published_plan_id is None else part_of(tx, row, row.published_plan_id)
    made = Publishing(before, part, known_by(tx, row, part.plan_id), live, promises, ask, kinds)
    let_know(tx, row, row.version + 1, made, now)
    live = live.model_copy(
        update={
            "approval": None,
            "publication": publication,
            "previous": back,
            **_before(live, kind),
            "crews": {**{job_id: crew for job_id, crew in live.crews.items() if job_id in kinds}, **crews},
            "promises": promises,
            "clocks": part.clocks,
        }
    )
    row.published_plan_id = part.plan_id
    store.drop_parts(tx, row, live.plans_before)
    supersede(tx, row, None, now)
    published(tx, row, publication, now)
    said_of_it = {
        "plan_id": part.plan_id,
        "revision": part.revision,
        "approved_by": publication.approved_by,
        "proposals_id": publication.proposals_id,
        "offers_id": publication.offers_id,
    }
    return changed(tx, caller, row, live, kind, now, **said_of_it)


def crews_in(part: PlanPart) -> dict[str, tuple[str, ...]]:
    """Return who goes to each job, the one who leads first."""
    seats: dict[str, list[tuple[int, str]]] = {}
    for shift in part.shifts:
        for stop in shift.stops:
            seats.setdefault(stop.job_id, []).append((stop.seat, shift.technician_id))
    return {job_id: tuple(who for _, who in sorted(crew)) for job_id, crew in seats.items()}


def _before(live: Live, kind: str) -> dict[str, Any]:
    """Return which plans were followed before on the day; a draft plans all of it, so the day begins with it."""
    if kind == "undone" and live.set_aside is not None:
        return {**dict(live.set_aside), "set_aside": None}
    aside = None
    if kind == "undone":
        earlier = live.earlier[:-1]
    elif kind == "published" or live.publication is None:
        earlier = ()
        aside = Begun(earlier=live.earlier, first_told=live.first_told) if live.earlier else None
    else:
        earlier = (*live.earlier, live.publication)
    told = live.first_told if live.earlier else live.told
    return {"earlier": earlier, "first_told": told if earlier else {}, "set_aside": aside}


def _still_there(body: bytes | None) -> bytes:
    if body is None:
        raise Problem(CONFLICT, "The plan is not on the board any more; put it on the board again.")
    return body


def _begun_with_others(
    live: Live, kinds_of: Mapping[str, Collection[str]], crews: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """Yield the jobs that have started and not ended by these reports, where other people are to go now."""
    for job_id, kinds in kinds_of.items():
        same = set(live.crews.get(job_id, ())) == set(crews.get(job_id, ()))
        if "started" in kinds and ENDED.isdisjoint(kinds) and not same:
            yield job_id


def _to_tell(planned: Promise, live: Live) -> Promise:
    """Return what a customer is to be told; a window told before stays if the visit still lies in it."""
    told = live.told.get(planned.job_id)
    if told is None:
        return planned
    if lies_in(planned.start, told.window):
        return planned.model_copy(update={"window": told.window, "told": True, "told_at": told.told_at})
    return planned.model_copy(update={"told": False, "told_at": None})
