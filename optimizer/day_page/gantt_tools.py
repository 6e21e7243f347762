"""The rows of shared tools on the Gantt chart: their ways and the jobs they are at."""

from collections.abc import Iterator
from typing import Final

from optimizer.day_page.book import Book
from optimizer.day_page.gantt_parts import Axis, Bar, ToolRow
from optimizer.day_page.labels import LABELS
from optimizer.day_page.text import width
from optimizer.domain.plan import Leg, ToolPlan, ToolStop
from optimizer.words.moments import clock, span
from optimizer.words.numbers import count, kilometres, minutes
from optimizer.words.tied_stops import piece_name

_LETTERS: Final = 10.0


def tool_row(book: Book, axis: Axis, route: ToolPlan) -> ToolRow:
    """Return the row of one shared tool.

    Parameters
    ----------
    book : names and marks
    axis : the time axis of the chart
    route : the tool's day
    """
    name, branch = piece_name(book, route), book.branch(route.branch_id)
    places = [book.spot(stop.job_id) for stop in route.stops]
    words = [name, branch, *(stop.job_id for stop in route.stops), *places]
    return ToolRow(
        key=book.tool_key(route),
        name=name,
        branch_id=route.branch_id,
        summary=f"{branch} · {count(len(route.stops), 'job', book.language)}",
        bars=tuple(_bars(book, axis, route)),
        find=" ".join(words).lower(),
    )


def _bars(book: Book, axis: Axis, route: ToolPlan) -> Iterator[Bar]:
    for stop in route.stops:
        yield from _way(book, axis, stop.leg)
        yield _at_work(book, axis, stop)
    yield from _way(book, axis, route.last_leg)


def _way(book: Book, axis: Axis, leg: Leg) -> Iterator[Bar]:
    if leg.travel_s or leg.distance_m:
        x = axis.x(leg.departure)
        far = f"{minutes(leg.travel_s, book.language)} · {kilometres(leg.distance_m, book.language)}"
        title = f"{LABELS[book.language]['drive']} {span(leg.departure, leg.arrival, book.zone)} · {far}"
        yield Bar("drive", x, axis.x(leg.arrival) - x, title)


def _at_work(book: Book, axis: Axis, stop: ToolStop) -> Bar:
    x, wide = axis.x(stop.start), axis.x(stop.end) - axis.x(stop.start)
    labels, people = LABELS[book.language], book.people_at(stop.job_id, stop.part)
    until = labels["handed_over"].format(clock=clock(stop.end, book.zone))
    title = f"{stop.job_id} · {span(stop.start, stop.end, book.zone)} · {until}\n{people}"
    return Bar(
        kind="visit",
        x=x,
        width=wide,
        title=title,
        text=stop.job_id if width(stop.job_id, _LETTERS) <= wide - 3 else "",
        job=book.job_number.get(stop.job_id),
    )
