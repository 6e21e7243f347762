"""What can stand between an offer and its customer; it comes out of the studio as it was raised."""

from optimizer.errors import PaigongError


class DayBroken(PaigongError):
    """The published plan cannot simply be carried on, so nothing can be promised beside it."""


class SlotGone(PaigongError):
    """Nobody has room for the job in the window any more."""
