"""A board's day as offers see it: what is published, what has happened, what is held."""

from datetime import datetime
from typing import NamedTuple

from service.boards.change import refuse_closed, the_board
from service.boards.followed import followed
from service.boards.held import held_body
from service.boards.live import live_of
from service.boards.replan import planned_from, what_happened
from service.caller import Caller
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND
from service.offers.standing import Today
from service.plans.find import find_question
from service.plans.questions import Texts
from service.store import Transaction, tables
from service.store import offers as store
from service.store.board_events import last_event


class Mark(NamedTuple):
    """What must not have changed when something is stored that was worked out from a day."""

    version: int
    """The board's version: it rises with every publication and every event."""
    held: tuple[tuple[str, str], ...]
    """Which offers are held, and what of them, in the order in which the holds were given."""


class Looked(NamedTuple):
    """What offers are worked out from."""

    mark: Mark
    """What must be the same when it is stored."""
    texts: Texts
    """The published plan and its question."""
    today: Today
    """The day as it stands."""
    held: tuple[bytes, ...]
    """What is held, in the order in which it was given, each as JSON of `Wanted`."""
    knows: int
    """Number of the board's last event."""


class Moved(Exception):
    """The day has changed since it was looked at: it is worked out again."""


def look_at(
    tx: Transaction, caller: Caller, board_id: str, now: datetime, *, without: str | None = None
) -> Looked:
    """Return what offers are worked out from; within one minute it is the same day, if nothing happens.

    Parameters
    ----------
    board_id : which board
    now : the present moment
    without : offers whose hold does not count; none: all count

    Raises
    ------
    Problem
        There is no such board, its day is closed, or nothing was published on it.
    """
    row = the_board(tx, caller, board_id)
    refuse_closed(row)
    live = live_of(row)
    day = followed(tx, row, live, now)
    assert row.published_plan_id is not None  # else nothing is followed
    plan = tx.get_one(tables.Plan, row.published_plan_id)
    held = store.held_rows(tx, board_id, now)
    today = Today(
        board_id=board_id,
        plan_id=plan.plan_id,
        branch_id=row.branch_id,
        day=row.day,
        at=planned_from(live, day, now.replace(second=0, microsecond=0)),
        happened=what_happened(live, day),
        used=tuple(sorted({*live.crews, *live.told})),
    )
    return Looked(
        mark=_mark(row, held),
        texts=Texts(find_question(tx, plan), plan.body),
        today=today,
        held=tuple(held_body(one)["wanted"].encode() for one in held if one.offers_id != without),
        knows=last_event(tx, board_id),
    )


def stay(tx: Transaction, row: tables.Board, looked: Looked, now: datetime) -> None:
    """Make sure that a day is as it was looked at.

    Parameters
    ----------
    row : the board, kept from others' changes
    looked : as it was looked at
    now : the present moment

    Raises
    ------
    Moved
        It is not.
    """
    if _mark(row, store.held_rows(tx, row.board_id, now)) != looked.mark:
        raise Moved


def the_offers(tx: Transaction, row: tables.Board, offers_id: str) -> tables.Offers:
    """Return offers of a board.

    Parameters
    ----------
    row : the board
    offers_id : which

    Raises
    ------
    Problem
        There are none.
    """
    found = store.offers_row(tx, row.board_id, offers_id)
    if found is None:
        raise Problem(NOT_FOUND, f"The board has no offers {offers_id}.")
    return found


def _mark(row: tables.Board, held: list[tables.Offers]) -> Mark:
    return Mark(row.version, tuple((one.offers_id, held_body(one)["wanted"]) for one in held))
