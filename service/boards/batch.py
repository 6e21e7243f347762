"""Has many boards' days planned again in one request, each apart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from optimizer.errors import InvalidInput
from optimizer.settings import Settings
from service.boards.batch_records import BoardReplan, BoardReplanned, ManyReplanned, ManyReplans
from service.boards.change import to_change
from service.boards.happen import happen
from service.boards.replan import replan, shown, the_proposals
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem, problem_of
from service.door.versions import etag
from service.proposals.records import ProposalsInfo
from service.store import Transaction


def replan_many(
    tx: Transaction, caller: Caller, asked: ManyReplans, settings: Settings, now: datetime, trace_id: str
) -> Answer:
    """Note what has happened on each board and put its re-plan into the queue; a board that cannot be fails alone.

    Parameters
    ----------
    asked : the boards
    settings : how much may be asked for
    now : the present moment
    trace_id : names the request in the log
    """

    def results() -> Iterator[BoardReplanned]:
        for place, one in enumerate(asked.replans):
            try:
                with tx.begin_nested():  # what fails leaves nothing behind
                    found = _replanned(tx, caller, one, settings, now)
                yield BoardReplanned(board_id=one.board_id, proposals=found, problem=None)
            except (Problem, InvalidInput) as error:
                root = f"/replans/{place}"
                problem = problem_of(error, root) if isinstance(error, InvalidInput) else error
                document = problem.document(f"/boards/{one.board_id}", trace_id)
                yield BoardReplanned(board_id=one.board_id, proposals=None, problem=document)

    said = ManyReplanned(results=tuple(results()))
    boards = [one.board_id for one in said.results if one.problem is None]
    return Answer(said, 202, about=",".join(boards)[:200], detail={"boards": boards})


def _replanned(
    tx: Transaction, caller: Caller, one: BoardReplan, settings: Settings, now: datetime
) -> ProposalsInfo:
    match = "*" if one.version is None else etag(one.version)
    row = to_change(tx, caller, one.board_id, match)
    if one.events:
        happen(tx, caller, row, one.events, now)
    try:
        made = replan(tx, caller, row, one.request, settings, now)
    except InvalidInput as error:
        raise InvalidInput(
            tuple(replace(issue, path=f"request.{issue.path}") for issue in error.issues)
        ) from None
    return shown(tx, caller, row, the_proposals(tx, row, made.about))
