"""Branches: service stations where technicians start, stock is kept and the service radius is measured from."""

from datetime import date
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.place import Place
from optimizer.domain.time import Instant


class BenchBatch(Record):
    """Units that one customer sent in to be repaired on the branch's bench."""

    batch_id: Id
    """The batch's id, unique in the scenario."""
    customer_id: Id | None = None
    """Whose units they are."""
    units: Annotated[int, Field(ge=1, le=100_000)]
    """Units sent in."""
    received_on: date
    """Day on which the branch received them."""
    repaired: Count = 0
    """Units repaired so far."""
    handed_back_at: Instant | None = None
    """When the customer received them back; none: not yet."""
    followed_up_at: Instant | None = None
    """When the customer was called after that; none: not yet."""


class Branch(Record):
    """A service station (网点, 办事处)."""

    branch_id: Id
    """The branch's id, unique in the scenario."""
    name: str = ""
    """What people call it."""
    place: Place
    """Where it stands."""
    hotline: str = ""
    """Telephone number that customers and technicians call."""
    service_radius_km: Annotated[float, Field(gt=0, le=2000)] | None = None
    """Great-circle radius in km inside which the 24 h arrival clock runs; none: the policy's value."""
    stock: dict[Name, Count] = {}
    """Spare parts on the shelf: part → pieces."""
    bench: tuple[BenchBatch, ...] = ()
    """Units sent in for repair."""
    shared_tools: dict[Name, Count] = {}
    """Scarce tools that are issued and returned: tool → pieces."""
    housing: Annotated[bool, Field(exclude_if=is_unset)] = False
    """Has beds of its own for technicians who are away; absent from a file where it has none."""
