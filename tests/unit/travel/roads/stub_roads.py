"""A road source that answers from memory and counts what it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from optimizer.domain.technician import Means
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads.source import Drive, Line, RoadsUnavailable, RoadTable


@dataclass
class StubRoads:
    """Knows cars; each road is so many metres and seconds, one more for each row further on."""

    seconds: float = 100.0
    metres: float = 20_000.0
    off_road_m: dict[int, float] = field(default_factory=dict)
    no_road: Sequence[tuple[int, int]] = ()
    fails: str = ""
    identity: str = "stub"
    asked: int = 0
    points: list[int] = field(default_factory=list)

    def knows(self, means: Means) -> bool:
        return means == "car"

    def profile(self, means: Means) -> str:
        return "driving"

    def table(self, means: Means, points: Coordinates) -> RoadTable:
        self.asked += 1
        size = len(points.lat)
        self.points.append(size)
        if self.fails:
            raise RoadsUnavailable(self.fails)
        further = np.arange(size)[:, None] * (1 - np.eye(size))
        table = RoadTable(
            seconds=((1 - np.eye(size)) * self.seconds + further).astype(np.float32),
            metres=((1 - np.eye(size)) * self.metres + further).astype(np.float32),
            off_road_m=np.array([self.off_road_m.get(row, 0.0) for row in range(size)], np.float32),
        )
        for a, b in self.no_road:
            table.seconds[a, b] = table.metres[a, b] = np.nan
        return table

    def lines(self, means: Means, drives: Sequence[Drive]) -> tuple[Line | None, ...]:
        self.asked += 1
        return tuple(None if self.fails else (drive.here, drive.there) for drive in drives)
