"""What a dispatch order says about a halt at a branch to load parts, as facts."""

from typing import Annotated

from pydantic import Field

from optimizer.dispatch_orders.ride_records import RideLine
from optimizer.domain.base import Count, Record, is_unset
from optimizer.domain.time import Instant


class Pieces(Record):
    """So many of a part."""

    part: str
    """Which part."""
    pieces: Count
    """How many."""


class RestockLine(Record):
    """A halt at a branch in mid-route, where parts are loaded (途中补料)."""

    branch: str
    """The branch's name, else its id."""
    address: str
    """Where it is, or empty."""
    departure: Instant
    """Leaving the place before."""
    arrival: Instant
    """Arriving at the branch."""
    start: Instant
    """Loading begins."""
    end: Instant
    """Loading ends."""
    travel_s: Count
    """Seconds of driving from the place before."""
    distance_m: Count
    """Metres from the place before; what a train or a ship covers is not in it."""
    rides: Annotated[tuple[RideLine, ...], Field(exclude_if=is_unset)] = ()
    """Trains and ships on the way there, in order."""
    fare_cents: Annotated[Count, Field(exclude_if=is_unset)] = 0
    """Their fares in cents."""
    parts: tuple[Pieces, ...]
    """What is loaded, in order of the parts' names."""
