"""Where shared tools are on a day, after the timetables of the people."""

from collections.abc import Iterator
from datetime import date

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.show.names import place_named, technician_named
from optimizer.cli.show.shortened import Shortened
from optimizer.cli.words import plain
from optimizer.domain.plan import Leg, ToolPlan, ToolStop
from optimizer.words.moments import clock, day, span
from optimizer.words.numbers import count, kilometres, minutes
from optimizer.words.plan_book import PlanBook
from optimizer.words.tied_stops import piece_name

_WAYS = (
    "Where no technician takes a tool along or keeps it, somebody of its branch brings it, takes it on and fetches it; "
    "these ways are in nobody's hours and cost nothing."
)


def tool_days(book: PlanBook, date_: date) -> Iterator[Text | Padding]:
    """Yield a title and a timetable for every shared tool that is out on a day, and who sees to their ways.

    Parameters
    ----------
    book : the plan with everything behind its ids
    date_ : which day
    """
    routes = [route for route in book.document.plan.tools if route.day == date_]
    for route in routes:
        yield Text()
        title = Text(plain(piece_name(book, route)), "bold magenta")
        where = plain(f"branch {book.branch_name(route.branch_id)}")
        jobs = count(len(route.stops), "job")
        title.append(f" · shared tool · {where} · {day(route.day)} · {jobs}", "none")
        yield title
        yield Padding(_table(route, book), (0, 0, 0, 2))
    if routes:
        yield Padding(Text(_WAYS, "dim"), (0, 0, 0, 2))


def _table(route: ToolPlan, book: PlanBook) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=11, no_wrap=True)
    table.add_column(max_width=24, no_wrap=True)
    table.add_column(max_width=44, no_wrap=True)
    for _ in range(2):
        table.add_column(no_wrap=True, style="dim", justify="right")
    first = route.stops[0].leg
    leaves = place_named(book, first.from_place)
    table.add_row(clock(first.departure, book.zone), "·", Shortened(f"leaves {leaves}", "dim"), "", "")
    for stop in route.stops:
        when = span(stop.start, stop.end, book.zone)
        table.add_row(
            when, Shortened(plain(stop.job_id), "bold"), Shortened(_with(stop, book)), *_way(stop.leg)
        )
    home = route.last_leg
    back = Shortened(f"back {place_named(book, home.to_place)}", "dim")
    table.add_row(clock(home.arrival, book.zone), "·", back, *_way(home))
    return table


def _with(stop: ToolStop, book: PlanBook) -> str:
    crew = book.together.crew(stop.job_id, stop.part)
    until = f"handed over by {clock(stop.end, book.zone)}"
    return f"with {technician_named(book, crew[0].technician_id)}, {until}" if crew else until


def _way(leg: Leg) -> tuple[str, str]:
    if not leg.travel_s and not leg.distance_m:
        return "", ""
    return minutes(leg.travel_s), kilometres(leg.distance_m)
