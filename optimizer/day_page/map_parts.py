"""What stands on a map, with its place in the drawing: routes, stops, branches, circles, notes, jobs left out."""

import math
from typing import NamedTuple

from optimizer.day_page.frames import Frame
from optimizer.day_page.marks import Mark
from optimizer.day_page.placing import Label
from optimizer.day_page.projection import Flat
from optimizer.domain.job import Priority


class StopMark(NamedTuple):
    """One stop on the map."""

    job: int
    label: str
    title: str
    point: Flat
    box: Label

    @property
    def moved(self) -> bool:
        """Whether the label stands beside its point."""
        return math.dist((self.box.x, self.box.y), self.point) > 1


class NightMark(NamedTuple):
    """Where a technician spends the night before or after a day."""

    title: str
    point: Flat
    box: Label


class LoadMark(NamedTuple):
    """A branch at which a technician loads parts in mid-route."""

    title: str
    point: Flat
    box: Label


class RouteLine(NamedTuple):
    """One technician's way through a frame."""

    mark: Mark
    path: str
    stops: tuple[StopMark, ...]
    nights: tuple[NightMark, ...]
    loads: tuple[LoadMark, ...]


class ToolLine(NamedTuple):
    """One shared tool's way through a frame."""

    key: str
    name: str
    path: str


class LeftOutMark(NamedTuple):
    """One job that is left out, on the map."""

    job: int
    priority: Priority
    sign: str
    title: str
    point: Flat
    box: Label

    @property
    def moved(self) -> bool:
        """Whether the label stands beside its point."""
        return math.dist((self.box.x, self.box.y), self.point) > 1


class BranchMark(NamedTuple):
    """One branch on the map."""

    name: str
    point: Flat
    label: Flat
    shown: bool


class Circle(NamedTuple):
    """A service radius."""

    point: Flat
    radius: float
    text: str
    label: Label | None


class Note(NamedTuple):
    """What lies beyond the edge of a frame."""

    mark: Mark
    text: str
    box: Label


class FrameView(NamedTuple):
    """A frame with everything on it."""

    number: int
    frame: Frame
    title: str
    crowded: bool
    across: tuple[float, ...]
    down: tuple[float, ...]
    scale_units: float
    scale_text: str
    circles: tuple[Circle, ...]
    within: tuple[str, ...]
    routes: tuple[RouteLine, ...]
    tools: tuple[ToolLine, ...]
    left_out: tuple[LeftOutMark, ...]
    branches: tuple[BranchMark, ...]
    details: tuple[Label, ...]
    notes: tuple[Note, ...]
