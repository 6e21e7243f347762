"""What stands on a Gantt chart, with its place on the time axis: bars, windows, clocks, rows, hours."""

from datetime import datetime
from typing import Final, Literal, NamedTuple

from optimizer.day_page.marks import Mark

WIDTH: Final = 800.0
"""Width of the time axis, in the drawing's units."""

Worry = Literal["", "at_risk", "missed"]
"""The worst that any clock of a job says."""


class Bar(NamedTuple):
    """A stretch of time in a row."""

    kind: str
    x: float
    width: float
    title: str
    text: str = ""
    job: int | None = None
    urgent: bool = False
    worry: Worry = ""
    crew: Literal["", "leads", "along"] = ""
    """Whether somebody else is there too, and who leads."""
    waits: bool = False
    """The job comes after another one."""
    linked: tuple[int, ...] = ()
    """Numbers of the jobs that come before and after."""


class Bracket(NamedTuple):
    """An appointment window under its visit; `promised`: the customer was told this one."""

    job: int
    x: float
    y: float
    """Where its feet stand; windows that overlap stand in two lines."""
    width: float
    opens: bool
    closes: bool
    promised: bool
    title: str


class Due(NamedTuple):
    """When a clock is due."""

    job: int
    x: float
    state: str
    title: str


class Row(NamedTuple):
    """One technician's day."""

    mark: Mark
    name: str
    branch_id: str
    summary: str
    overtime: str
    shift_x: float
    shift_width: float
    bars: tuple[Bar, ...]
    brackets: tuple[Bracket, ...]
    dues: tuple[Due, ...]
    find: str


class ToolRow(NamedTuple):
    """One shared tool's day."""

    key: str
    """Names the tool on the page."""
    name: str
    branch_id: str
    summary: str
    bars: tuple[Bar, ...]
    find: str


class Hour(NamedTuple):
    """A full hour on the axis."""

    x: float
    text: str


class Chart(NamedTuple):
    """All rows on one axis."""

    hours: tuple[Hour, ...]
    now: float | None
    now_text: str
    rows: tuple[Row, ...]
    tools: tuple[ToolRow, ...]

    @property
    def has_crews(self) -> bool:
        """Whether people work together on this day."""
        return any(bar.crew for row in self.rows for bar in row.bars)

    @property
    def has_nights(self) -> bool:
        """Whether somebody wakes or sleeps away on this day."""
        return any(bar.kind == "night" for row in self.rows for bar in row.bars)

    @property
    def has_loads(self) -> bool:
        """Whether somebody loads parts in mid-route on this day."""
        return any(bar.kind == "load" for row in self.rows for bar in row.bars)

    @property
    def has_chains(self) -> bool:
        """Whether a job of this day comes after another one."""
        return any(bar.waits for row in self.rows for bar in row.bars)


class Axis(NamedTuple):
    """The span of time that is drawn, in seconds since 1970."""

    start_s: int
    end_s: int

    def x(self, at: datetime) -> float:
        """Return where a moment stands; outside the span beyond the edge."""
        return (at.timestamp() - self.start_s) / (self.end_s - self.start_s) * WIDTH

    def inside(self, at: datetime) -> bool:
        """Tell whether a moment lies in the span."""
        return self.start_s <= at.timestamp() <= self.end_s
