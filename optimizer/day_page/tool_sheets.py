"""The timetables of shared tools on a day: where each is when, and who has it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from optimizer.day_page.book import Book
from optimizer.day_page.labels import LABELS
from optimizer.domain.plan import Leg, ToolPlan
from optimizer.words.moments import clock, span
from optimizer.words.numbers import kilometres, minutes
from optimizer.words.tied_stops import piece_name


class ToolEntry(NamedTuple):
    """A line of a tool's timetable."""

    time: str
    what: str
    job_id: str = ""
    job: int | None = None
    way: tuple[str, ...] = ()
    """How long and how far the way there is; nothing where there is none."""


class ToolSheet(NamedTuple):
    """One shared tool's day."""

    key: str
    """Names the tool on the page."""
    name: str
    branch: str
    lines: tuple[ToolEntry, ...]


def tool_sheets(book: Book, tools: Sequence[ToolPlan]) -> tuple[ToolSheet, ...]:
    """Return the timetables of a day's shared tools.

    Parameters
    ----------
    book : names and marks
    tools : the tools that are out on that day
    """
    return tuple(
        ToolSheet(
            key=book.tool_key(route),
            name=piece_name(book, route),
            branch=book.branch(route.branch_id),
            lines=tuple(_lines(book, route)),
        )
        for route in tools
    )


def _lines(book: Book, route: ToolPlan) -> Iterator[ToolEntry]:
    labels, branch = LABELS[book.language], book.branch(route.branch_id)
    yield ToolEntry(clock(route.stops[0].leg.departure, book.zone), f"{labels['leaves']} · {branch}")
    for stop in route.stops:
        people = book.people_at(stop.job_id, stop.part)
        until = labels["handed_over"].format(clock=clock(stop.end, book.zone))
        yield ToolEntry(
            time=span(stop.start, stop.end, book.zone),
            what=" · ".join(part for part in (people, until) if part),
            job_id=stop.job_id,
            job=book.job_number.get(stop.job_id),
            way=_way(book, stop.leg),
        )
    home = route.last_leg
    yield ToolEntry(clock(home.arrival, book.zone), f"{labels['back']} · {branch}", way=_way(book, home))


def _way(book: Book, leg: Leg) -> tuple[str, ...]:
    if not leg.travel_s and not leg.distance_m:
        return ()
    return minutes(leg.travel_s, book.language), kilometres(leg.distance_m, book.language)
