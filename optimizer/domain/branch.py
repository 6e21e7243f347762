"""Branches: service stations where technicians start, stock is kept and the service radius is measured from."""

from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Count, Id, Name, Record
from optimizer.domain.place import Place


class Branch(Record):
    """A service station (网点, 办事处)."""

    branch_id: Id
    """The branch's id, unique in the scenario."""
    name: str = ""
    """What people call it."""
    place: Place
    """Where it stands."""
    service_radius_km: Annotated[float, Field(gt=0, le=2000)] | None = None
    """Great-circle radius in km inside which the 24 h arrival clock runs; none: the policy's value."""
    stock: dict[Name, Count] = {}
    """Spare parts on the shelf: part → pieces."""
    shared_tools: dict[Name, Count] = {}
    """Scarce tools that are issued and returned: tool → pieces."""
