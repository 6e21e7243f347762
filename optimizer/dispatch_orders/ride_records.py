"""A train or a ship on a dispatch order, as facts."""

from optimizer.domain.lines import LineKind, Ride


class RideLine(Ride):
    """A train or a ship on the way."""

    by: LineKind | None
    """What it is; none: not known."""
