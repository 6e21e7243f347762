"""Places: latitude and longitude by name, never a bare pair."""

from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Record

CoordinateSystem = Literal["WGS-84", "GCJ-02", "BD-09"]
"""What the coordinates of a file refer to: GPS, Chinese maps (GCJ-02), or Baidu (BD-09)."""


class Place(Record):
    """A point on the map."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    """Latitude in degrees, in the scenario's coordinate system."""
    lon: Annotated[float, Field(ge=-180, le=180)]
    """Longitude in degrees, in the scenario's coordinate system."""
    address: str = ""
    """Postal address, as a person reads it."""
