"""Boards: a branch's day from the draft to what happens; every change names the version of the record it is given."""

from datetime import date

from pydantic import BaseModel

from optimizer.domain.event import Event
from service.boards.batch_records import BoardReplan, ManyReplanned, ManyReplans
from service.boards.due_records import Due
from service.boards.live import State
from service.boards.message_records import MessageList
from service.boards.records import (
    BoardEntryPage,
    BoardInfo,
    BoardPage,
    BoardView,
    ClosedDay,
    CloseRequest,
    Draft,
    NewBoard,
    NewEvents,
    NewTelling,
    ToldEvents,
)
from service.client.room import Room, at
from service.proposals.records import ProposalsInfo, ProposalsPage, ReplanRequest


class Boards(Room):
    """The operations of boards.

    A change takes the board as it was read and returns it as it is then; a board that somebody else has changed
    meanwhile is refused with `ServiceProblem` (412), and nothing is changed.
    """

    def create_board(self, new: NewBoard) -> BoardInfo:
        """Open the board of a branch's day.

        Parameters
        ----------
        new : scenario, branch and day
        """
        return self._connection.change("POST", at("boards"), BoardInfo, new)

    def list_boards(
        self,
        *,
        branch: str | None = None,
        day: date | None = None,
        state: State | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> BoardPage:
        """List boards, the newest first.

        Parameters
        ----------
        branch : of this branch only; none: of all
        day : of this day only; none: of all
        state : in this state only; none: in any
        limit : at most so many, up to 200
        after : ``after`` of the page before
        """
        return self._connection.get(
            at("boards"), BoardPage, branch=branch, day=day, state=state, limit=limit, after=after
        )

    def get_board(self, board_id: str) -> BoardView:
        """Show a branch's day; its ``board`` is what changes take."""
        return self._connection.get(at("boards", board_id), BoardView)

    def delete_board(self, board: BoardInfo) -> None:
        """Delete a board on which nothing was published."""
        self._connection.send("DELETE", at("boards", board.board_id), headers=_match(board))

    def put_draft(self, board: BoardInfo, plan_id: str) -> BoardInfo:
        """Make a plan the board's draft.

        Parameters
        ----------
        board : the board as it was read
        plan_id : a plan of the board's scenario
        """
        return self._changed("PUT", board, ("draft",), Draft(plan_id=plan_id))

    def approve_draft(self, board: BoardInfo) -> BoardInfo:
        """Say yes to the present draft."""
        return self._changed("POST", board, ("approve",))

    def withdraw_approval(self, board: BoardInfo) -> BoardInfo:
        """Take the yes to the present draft back."""
        return self._changed("POST", board, ("withdraw",))

    def publish_draft(self, board: BoardInfo) -> BoardInfo:
        """Publish the approved draft.

        Raises
        ------
        ServiceProblem
            Of the kind ``stale-plan`` when the scenario has a newer revision; ``document.changes`` says what is
            different now.
        """
        return self._changed("POST", board, ("publish",))

    def list_board_entries(
        self, board_id: str, *, limit: int = 100, before: int | None = None
    ) -> BoardEntryPage:
        """List what was done and happened on a board, the newest first.

        Parameters
        ----------
        board_id : which board
        limit : at most so many, up to 500
        before : ``before`` of the page before
        """
        path = at("boards", board_id, "entries")
        return self._connection.get(path, BoardEntryPage, limit=limit, before=before)

    def report_events(self, board: BoardInfo, *events: Event) -> BoardInfo:
        """Report what has happened on the board's day: all of it is noted, or nothing.

        Parameters
        ----------
        board : the board as it was read
        events : what has happened, in any order
        """
        return self._changed("POST", board, ("events",), NewEvents(events=events))

    def list_events(self, board_id: str, *, limit: int = 200, after: int = 0) -> ToldEvents:
        """List what has happened on a board, in the order in which it was reported.

        Parameters
        ----------
        board_id : which board
        limit : at most so many, up to 1000
        after : ``after`` of the page before
        """
        return self._connection.get(at("boards", board_id, "events"), ToldEvents, limit=limit, after=after)

    def get_due(self, board_id: str) -> Due:
        """Say what is due now: calls of the desk, progress checks, deadlines about to be missed, who is missing."""
        return self._connection.get(at("boards", board_id, "due"), Due)

    def ask_for_proposals(self, board: BoardInfo, request: ReplanRequest = ReplanRequest()) -> ProposalsInfo:  # noqa: B008 # immutable
        """Have what is left of a board's day planned again; the run that computes it can be waited for.

        Parameters
        ----------
        board : a board with a published plan
        request : for how long, and what is to be kept
        """
        path = at("boards", board.board_id, "proposals")
        return self._connection.change("POST", path, ProposalsInfo, request)

    def replan_boards(self, *boards: BoardReplan) -> ManyReplanned:
        """Report what has happened on many boards and have each day planned again; one that cannot be fails alone.

        Parameters
        ----------
        boards : what has happened on each
        """
        return self._connection.change("POST", at("replans"), ManyReplanned, ManyReplans(replans=boards))

    def close_day(self, board: BoardInfo, request: CloseRequest = CloseRequest()) -> BoardInfo:  # noqa: B008 # immutable
        """Close a branch's day; ``closed`` names the scenario of the next days.

        Parameters
        ----------
        board : the board as it was read
        request : how the next days are to be
        """
        return self._changed("POST", board, ("close",), request)

    def get_day_report(self, board_id: str) -> ClosedDay:
        """Say whether the day is closed, and return its report."""
        return self._connection.get(at("boards", board_id, "report"), ClosedDay)

    def list_proposals(self, board_id: str) -> ProposalsPage:
        """List the re-plans of a board's day, the newest first, without what they have found."""
        return self._connection.get(at("boards", board_id, "proposals"), ProposalsPage)

    def get_proposals(self, board_id: str, proposals_id: str) -> ProposalsInfo:
        """Show what a re-plan has found so far."""
        return self._connection.get(at("boards", board_id, "proposals", proposals_id), ProposalsInfo)

    def publish_proposal(self, board: BoardInfo, proposals_id: str, plan_id: str) -> BoardInfo:
        """Publish a proposal.

        Parameters
        ----------
        board : the board as it was read
        proposals_id : the re-plan
        plan_id : the plan of one of its proposals

        Raises
        ------
        ServiceProblem
            Of the kind ``stale-proposals`` when something has happened since; ``document.changes`` says what.
        """
        return self._changed("POST", board, ("proposals", proposals_id, "publish"), Draft(plan_id=plan_id))

    def get_messages(self, board_id: str, *, limit: int = 1) -> MessageList:
        """Return what each side is to be told after the last publications, the newest first.

        Parameters
        ----------
        board_id : which board
        limit : of at most so many publications, up to 20
        """
        return self._connection.get(at("boards", board_id, "messages"), MessageList, limit=limit)

    def undo_publication(self, board: BoardInfo) -> BoardInfo:
        """Take the last publication back, so that the plan before it counts again."""
        return self._changed("POST", board, ("undo",))

    def tell_customer(self, board: BoardInfo, job_id: str, telling: NewTelling) -> BoardInfo:
        """Note that a customer was told when somebody comes.

        Parameters
        ----------
        board : the board as it was read
        job_id : the job
        telling : when, and which window
        """
        return self._changed("POST", board, ("jobs", job_id, "promise"), telling)

    def _changed(
        self, method: str, board: BoardInfo, steps: tuple[str, ...], body: BaseModel | None = None
    ) -> BoardInfo:
        path = at("boards", board.board_id, *steps)
        return self._connection.change(method, path, BoardInfo, body, version=board.version)


def _match(board: BoardInfo) -> dict[str, str]:
    return {"If-Match": f'"{board.version}"'}
