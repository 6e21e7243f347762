"""Figures with their intervals under each other on one scale: where each stands, from 0 to 1,000 across the drawing.

Words stand beside the drawing, not in it: so it may be drawn as wide as there is room, and they stay readable.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

WIDTH: Final = 1000.0
_STEPS: Final = 4
"""About so many lines of a scale."""
_MARGIN: Final = 0.03

Tone = Literal["", "good", "bad", "base"]


class Line(NamedTuple):
    """What is to be drawn in one row."""

    name: str
    words: str
    """The figure."""
    more: str
    """Its interval."""
    tone: Tone = ""
    at: float | None = None
    low: float | None = None
    high: float | None = None
    dots: tuple[float, ...] = ()
    """Single values."""
    box: tuple[float, float, float] | None = None
    """Lower quarter, median, upper quarter."""


class Row(NamedTuple):
    """One row, in the drawing's units."""

    name: str
    words: str
    more: str
    tone: Tone
    at: float | None
    low: float | None
    high: float | None
    dots: tuple[float, ...]
    box: tuple[float, float, float] | None


class Tick(NamedTuple):
    """A line of the scale."""

    at: float
    words: str


class Forest(NamedTuple):
    """The drawing of one measure."""

    title: str
    note: str
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[float, ...]
    """Upright lines: zero, or a target."""


def forest(
    title: str,
    lines: Sequence[Line],
    *,
    tick_words: Callable[[float], str],
    marks: Sequence[float] = (),
    note: str = "",
) -> Forest:
    """Return the drawing of some rows on one scale that holds all of them.

    Parameters
    ----------
    title : what is drawn
    lines : row by row, in the unit that `tick_words` takes
    tick_words : how a value of the scale is written
    marks : values with an upright line, which the scale holds too
    note : behind the title
    """
    ends = [*marks]
    for one in lines:
        ends += (
            value for value in (one.at, one.low, one.high, *one.dots, *(one.box or ())) if value is not None
        )
    least, most = min(ends, default=0.0), max(ends, default=0.0)
    if least == most:
        least, most = least - (abs(least) or 1) / 10, most + (abs(most) or 1) / 10
    room = _MARGIN * (most - least)
    least, most = least - room, most + room

    def across(value: float) -> float:
        return (value - least) / (most - least) * WIDTH

    def maybe(value: float | None) -> float | None:
        return None if value is None else across(value)

    rows = (
        Row(
            name=one.name,
            words=one.words,
            more=one.more,
            tone=one.tone,
            at=maybe(one.at),
            low=maybe(one.low),
            high=maybe(one.high),
            dots=tuple(map(across, one.dots)),
            box=None if one.box is None else (across(one.box[0]), across(one.box[1]), across(one.box[2])),
        )
        for one in lines
    )
    ticks = tuple(Tick(across(value), tick_words(value)) for value in round_values(least, most))
    return Forest(title, note, tuple(rows), ticks, tuple(map(across, marks)))


def round_values(least: float, most: float) -> tuple[float, ...]:
    """Return a few round values from one end to the other: multiples of 1, 2 or 5 times a power of ten.

    Parameters
    ----------
    least : lower end
    most : upper end, above it
    """
    wide = (most - least) / _STEPS
    power = 10.0 ** math.floor(math.log10(wide))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wide)
    first, last = math.ceil(least / step - 1e-9), math.floor(most / step + 1e-9)
    digits = max(0, -math.floor(math.log10(step)))
    return tuple(round(number * step, digits) + 0.0 for number in range(first, last + 1))
