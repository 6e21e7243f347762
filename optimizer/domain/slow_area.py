"""Slow areas: a jam, a storm or road works that make every way from or to a district take longer for some hours."""

from typing import Annotated, Final

from pydantic import Field

from optimizer.domain.base import Name, Record
from optimizer.domain.place import Place
from optimizer.domain.time import Instant

MOST_SLOW_AREAS: Final = 50
"""A scenario has no more slow areas than these."""

SlowPercent = Annotated[int, Field(ge=101, le=1000)]
"""Whole percent of the usual time, more than that and at most ten times as much."""


class SlowHours(Record):
    """When a way is slow, as a plan's travel data carries it along."""

    area: Name
    """Name of the slow area."""
    start: Instant
    """The first moment at which it is slow, on the hour."""
    end: Instant
    """The first moment at which it is no longer slow, on the hour."""
    percent: SlowPercent
    """What a way takes, in percent of its usual time."""


class SlowArea(Record):
    """A district where traffic is slow for some hours: ways that start or end there take longer.

    Driving makes progress hour by hour: what is driven within the hours of the area takes `percent` of its usual
    time (congestion by hour included), what is driven before or after takes its usual time. So who leaves later
    never arrives earlier. Where several areas hold a way at the same hour, the slowest one counts. All means of
    transport are slow there, but no train or ship, nor the ways to and from its stations: at which hour these are
    gone is not known.

    Speeds are whole percent of the speed without congestion, rounded down: 200 doubles the time exactly, 150 makes
    100 % of the speed 66 %, so a way takes 151.5 % of its time. It is never planned quicker than said.
    """

    name: Name
    """What people call it, e.g. ``jam at Yuelu bridge``; no other slow area has this name."""
    centre: Place
    """Its middle."""
    radius_km: Annotated[float, Field(gt=0, le=1000)]
    """How far it reaches as the crow flies in km, its edge included."""
    percent: SlowPercent
    """What a way takes there, in percent of its usual time."""
    start: Instant
    """Since when it is slow there, on the hour of the local clock, e.g. ``2026-07-15T08:00:00+08:00``."""
    end: Instant
    """Until when, on the hour, after `start`; from this moment on ways take their usual time."""
    remark: str = ""
    """Why, in a few words."""

    @property
    def hours(self) -> SlowHours:
        """When it is slow, and how slow."""
        return SlowHours(area=self.name, start=self.start, end=self.end, percent=self.percent)
