"""Offers: when a new job could be done on a board's day; a window is held, confirmed, let go."""

from optimizer.domain.time import Window
from service.boards.records import BoardInfo
from service.client.room import Room, at
from service.offers.records import (
    OffersHead,
    OffersInfo,
    OffersPage,
    OffersRequest,
    SlotChoice,
    SlotConfirmation,
)


class Offers(Room):
    """The operations of offers; a window that is not free any more is a `ServiceProblem` of the kind ``offer-gone``."""

    def ask_for_offers(self, board: BoardInfo, request: OffersRequest) -> OffersInfo:
        """Say when a new job could be done on a published day, by whom, and what it adds.

        Parameters
        ----------
        board : a board with a published plan
        request : the job, and which windows come into question
        """
        return self._connection.change("POST", at("boards", board.board_id, "offers"), OffersInfo, request)

    def list_offers(self, board_id: str) -> OffersPage:
        """List what new jobs were offered on a board's day, the newest first."""
        return self._connection.get(at("boards", board_id, "offers"), OffersPage)

    def get_offers(self, board_id: str, offers_id: str) -> OffersInfo:
        """Show the windows that a new job was offered, and which one is held or was confirmed."""
        return self._connection.get(at("boards", board_id, "offers", offers_id), OffersInfo)

    def hold_slot(
        self, offers: OffersHead, window: Window, *, technician_id: str | None = None
    ) -> OffersInfo:
        """Keep an offered window free while the customer makes up their mind.

        Parameters
        ----------
        offers : the offers
        window : one of their windows
        technician_id : one of those who could come in it, and nobody else; none: any of them
        """
        chosen = SlotChoice(window=window, technician_id=technician_id)
        return self._connection.change("POST", _of(offers, "hold"), OffersInfo, chosen)

    def release_slot(self, offers: OffersHead) -> OffersInfo:
        """Let a held window go."""
        return self._connection.change("POST", _of(offers, "release"), OffersInfo)

    def confirm_offer(
        self,
        board: BoardInfo,
        offers: OffersHead,
        window: Window | None = None,
        *,
        technician_id: str | None = None,
    ) -> BoardInfo:
        """Promise the customer a window and publish the plan with the job in it.

        Parameters
        ----------
        board : the board as it was read
        offers : the offers
        window : one of their windows; none: the one that is held
        technician_id : with a window: one of those who could come in it, and nobody else; none: any of them
        """
        chosen = SlotConfirmation(window=window, technician_id=technician_id)
        return self._connection.change(
            "POST", _of(offers, "confirm"), BoardInfo, chosen, version=board.version
        )


def _of(offers: OffersHead, verb: str) -> str:
    return at("boards", offers.board_id, "offers", offers.offers_id, verb)
