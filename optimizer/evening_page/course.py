"""How many jobs were expected to be left out in the course of the day, as a drawing."""

from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from optimizer.operate import PlayedDay
from optimizer.words.moments import clock

WIDTH: Final = 1100.0
HEIGHT: Final = 160.0
_LEFT: Final = 60.0
_RIGHT: Final = 46.0
_TOP: Final = 30.0
_BOTTOM: Final = 28.0
_STEPS: Final = 5
"""About so many lines of the scale."""


class Mark(NamedTuple):
    """What was expected after a decision."""

    x: float
    y: float
    clock: str
    number: str
    """Of the re-plan; empty for the morning and the close."""
    left_out: int


class Tick(NamedTuple):
    """A line of the scale."""

    at: float
    words: str


class Course(NamedTuple):
    """The drawing."""

    width: float
    height: float
    line: str
    """In steps: a number holds until something else is decided."""
    marks: tuple[Mark, ...]
    hours: tuple[Tick, ...]
    scale: tuple[Tick, ...]
    left: float
    right: float
    bottom: float


class _Point(NamedTuple):
    at: datetime
    left_out: int
    number: str


def course_of(day: PlayedDay, zone: tzinfo) -> Course:
    """Return the drawing of a day: jobs expected to be left out, from the published plan to the close.

    Parameters
    ----------
    day : the day
    zone : whose clock counts
    """
    points = _points(day)
    begins, ends = points[0].at.timestamp(), points[-1].at.timestamp()
    most = max(max(point.left_out for point in points), 1)

    def x_of(at_s: float) -> float:
        return _LEFT + (at_s - begins) / (ends - begins) * (WIDTH - _LEFT - _RIGHT)

    def y_of(left_out: float) -> float:
        return HEIGHT - _BOTTOM - left_out / most * (HEIGHT - _TOP - _BOTTOM)

    marks = [
        Mark(
            x_of(point.at.timestamp()),
            y_of(point.left_out),
            clock(point.at, zone),
            point.number,
            point.left_out,
        )
        for point in points
    ]
    line = f"M{marks[0].x:.1f} {marks[0].y:.1f}" + "".join(f"H{one.x:.1f}V{one.y:.1f}" for one in marks[1:])
    first = int(begins // 3600 + 1) * 3600
    hours = tuple(
        Tick(x_of(at), clock(datetime.fromtimestamp(at, tz=zone), zone))
        for at in range(first, int(ends) + 1, 3600)
    )
    step = -(-most // _STEPS)
    scale = tuple(Tick(y_of(number), str(number)) for number in range(0, most + 1, step))
    return Course(WIDTH, HEIGHT, line, tuple(marks), hours, scale, _LEFT, WIDTH - _RIGHT, HEIGHT - _BOTTOM)


def _points(day: PlayedDay) -> list[_Point]:
    begins, report = day.question.now or day.moments[0].moment.at, day.closed.report
    points = [_Point(begins, len(day.morning.plan.unserved), "")]
    replanned = [(one.moment, one.turn) for one in day.moments if one.turn is not None]
    for number, (moment, turn) in enumerate(replanned, start=1):
        points.append(_Point(moment.at, len(turn.choice.proposal.document.plan.unserved), str(number)))
    return [*points, _Point(report.closed_at, len(report.as_it_was.unserved), "")]
