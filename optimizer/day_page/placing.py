"""Places small labels on a drawing so that they do not cover each other, as near to their points as possible."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from optimizer.day_page.projection import Flat

_STEPS: Final = (13.0, 22.0, 32.0, 43.0, 56.0)
_DIRECTIONS: Final = (
    (0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8), (-0.8, -0.8),
)  # fmt: skip
_CELL: Final = 32.0  # a label is kept in every cell it touches


class Label(NamedTuple):
    """A rectangle around its centre."""

    x: float
    y: float
    width: float
    height: float

    def covers(self, other: "Label") -> bool:
        """Tell whether two labels touch."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


class Sheet:
    """The drawing with the labels placed so far.

    Parameters
    ----------
    width : width of the drawing
    height : height of the drawing
    """

    def __init__(self, width: float, height: float) -> None:
        self._width = width
        self._height = height
        self._cells: dict[tuple[int, int], list[Label]] = {}

    def place(self, point: Flat, width: float, height: float) -> Label:
        """Return where a label for a point stands: on it, else near it, else on it all the same.

        Parameters
        ----------
        point : what the label is for
        width : the label's width
        height : the label's height
        """
        first = None
        for candidate in self._candidates(point, width, height):
            first = first or candidate
            if not any(candidate.covers(other) for other in self._near(candidate)):
                return self._kept(candidate)
        return self._kept(first or Label(point.x, point.y, width, height))

    def block(self, label: Label) -> None:
        """Keep a rectangle free of labels."""
        self._kept(label)

    def _candidates(self, point: Flat, width: float, height: float) -> Iterator[Label]:
        yield self._clamped(Label(point.x, point.y, width, height))
        for step in _STEPS:
            for east, south in _DIRECTIONS:
                label = Label(point.x + east * (step + width / 4), point.y + south * step, width, height)
                if self._inside(label):
                    yield label

    def _clamped(self, label: Label) -> Label:
        """Return the label moved so far that it does not leave the drawing; points beyond the edge keep theirs."""
        if not (0 <= label.x <= self._width and 0 <= label.y <= self._height):
            return label
        x = min(max(label.x, label.width / 2), max(self._width - label.width / 2, label.width / 2))
        y = min(max(label.y, label.height / 2), max(self._height - label.height / 2, label.height / 2))
        return label._replace(x=x, y=y)

    def _inside(self, label: Label) -> bool:
        return (
            label.width / 2 <= label.x <= self._width - label.width / 2
            and label.height / 2 <= label.y <= self._height - label.height / 2
        )

    def _near(self, label: Label) -> Iterator[Label]:
        for cell in _cells(label):
            yield from self._cells.get(cell, ())

    def _kept(self, label: Label) -> Label:
        for cell in _cells(label):
            self._cells.setdefault(cell, []).append(label)
        return label


def _cells(label: Label) -> Iterator[tuple[int, int]]:
    west, east = label.x - label.width / 2, label.x + label.width / 2
    north, south = label.y - label.height / 2, label.y + label.height / 2
    for column in range(int(west // _CELL), int(east // _CELL) + 1):
        for row in range(int(north // _CELL), int(south // _CELL) + 1):
            yield column, row
