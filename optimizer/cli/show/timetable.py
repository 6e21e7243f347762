"""One timetable per shift: drives, waits, jobs and rests in order of time; several days one after the other."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal

from rich.constrain import Constrain
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from optimizer.cli.show.names import place_named, spot, technician_named, work
from optimizer.cli.show.shortened import Shortened
from optimizer.cli.show.tool_days import tool_days
from optimizer.cli.words import plain
from optimizer.domain.course import Part, course
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Leg, Restock, ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import seconds_between
from optimizer.words.approvals import day_states
from optimizer.words.line_words import leg_rides_words
from optimizer.words.moments import clock, day, span
from optimizer.words.names import MEANS_NAMES, REST_NAMES
from optimizer.words.nights import (
    FROM_THE_NIGHT,
    NIGHT_AWAY,
    STAYS,
    evening_words,
    morning_words,
    nights_away,
    work_of_day,
)
from optimizer.words.numbers import count, kilometres, minutes
from optimizer.words.plan_book import PlanBook
from optimizer.words.restocks import loads_words
from optimizer.words.tied_stops import chain_lines, company_words, stop_day_words, tool_lines

Cells = tuple[Text | Shortened | str, ...]
"""One row of a timetable."""

Way = tuple[str, str]
"""How long and how far somebody drives."""

_WIDEST = 120  # on a wide terminal the drive stays near its address


def timetables(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Rule | Constrain | Padding]:
    """Yield a title and a timetable for every shift of the plan; of several days each has its own heading."""
    book = PlanBook(scenario, document)
    days, states = document.plan.horizon.dates(), day_states(scenario)
    for date_ in days:
        shifts = [shift for shift in document.plan.shifts if shift.day == date_]
        if len(days) > 1:
            yield Text()
            yield Rule(_heading(date_, shifts, states.get(date_)), align="left", characters="─", style="cyan")
        for shift in shifts:
            yield Text()
            yield _title(shift, book)
            yield Constrain(Padding(_table(shift, book), (0, 0, 0, 2)), _WIDEST)
            for note in _notes(shift, book):
                yield Constrain(Padding(note, (0, 0, 0, 2)), _WIDEST)
        yield from tool_days(book, date_)


def _heading(date_: date, shifts: Sequence[ShiftPlan], state: str | None) -> Text:
    heading = Text(day(date_), "bold cyan")
    jobs = len({stop.job_id for shift in shifts for stop in shift.stops})
    worked = [count(len(shifts), "technician"), count(jobs, "job"), nights_away(shifts)]
    said = ", ".join(one for one in worked if one) if shifts else "nobody has work"
    heading.append(f" · {said}", "none")
    if state is not None:
        heading.append(f" · {plain(state)}", "none")
    return heading


def _title(shift: ShiftPlan, book: PlanBook) -> Text:
    title = Text(technician_named(book, shift.technician_id), "bold cyan")
    means, work = MEANS_NAMES[shift.means]["en"], plain(work_of_day(shift))
    title.append(f" · {day(shift.day)} · {means} · {work}", "none")
    over_s = book.overtime_s(shift)
    if over_s:
        title.append(f" · overtime {minutes(over_s)}", "yellow")
    return title


def _table(shift: ShiftPlan, book: PlanBook) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=11, no_wrap=True)
    table.add_column(max_width=24, no_wrap=True)
    table.add_column(max_width=20)
    # On a narrow terminal the kind of work is cut as well as the address: of a column that takes what is left, rich
    # looks at `width`, not at `min_width`.
    table.add_column(ratio=1, width=16)
    for _ in range(2):
        # Where nobody drives, rich would reckon with a width of 0 and of 1, and cut the other columns.
        table.add_column(no_wrap=True, style="dim", justify="right", min_width=1)
    for part in course(shift):
        if part.kind != "drive":  # a drive stands in the row of its end
            table.add_row(*_cells(part, shift, book))
    return table


def _notes(shift: ShiftPlan, book: PlanBook) -> Iterator[Text]:
    """Yield trains and ships, what is loaded on the way, and what ties stops to others: crew mates, tools, order."""
    for stop in shift.stops:
        # What concerns the whole crew stands with the one who leads.
        of_all = () if stop.seat else (*tool_lines(book, stop), *chain_lines(book, stop))
        for said in (leg_rides_words(book, shift.means, stop.leg), company_words(book, stop), *of_all):
            if said:
                yield _note(stop.job_id, said)
    for restock in shift.restocks:
        loads = (loads_words(restock), leg_rides_words(book, shift.means, restock.leg))
        yield _note(
            f"{clock(restock.start, book.zone)} {book.branch_name(restock.branch_id)}",
            " · ".join(filter(None, loads)),
        )
    if said := leg_rides_words(book, shift.means, shift.last_leg):
        yield _note("back" if shift.night is None else NIGHT_AWAY["en"], said)


def _note(of: str, said: str) -> Text:
    return Text.assemble((f"{plain(of)}: ", "bold"), (plain(said), "dim"))


def _cells(part: Part, shift: ShiftPlan, book: PlanBook) -> Cells:
    match part.kind:
        case "leave":
            start = place_named(book, shift.first_leg.from_place)
            return _end_of_day("leaves", part.start, start, ("", ""), book)
        case "morning":
            night = plain(morning_words(shift))
            return _end_of_day(FROM_THE_NIGHT["en"], part.start, night, ("", ""), book)
        case "stay":
            return _end_of_day(STAYS["en"], part.start, plain(evening_words(shift)), ("", ""), book)
        case "back":
            home = shift.last_leg
            return _end_of_day("back", part.start, place_named(book, home.to_place), _way(home), book)
        case "night":
            night = plain(evening_words(shift))
            return _end_of_day(NIGHT_AWAY["en"], part.start, night, _way(shift.last_leg), book)
        case "break" | "absence":
            return _rest(part, part.kind, book)
        case _ if part.stop is not None:
            return _stop(part.stop, book)
        case _ if part.restock is not None:
            return _restock(part.restock, book)
        case _:
            return _wait(part, book)


def _stop(stop: Stop, book: PlanBook) -> Cells:
    job = book.jobs.get(stop.job_id)
    urgent = job is not None and job.priority in ("emergency", "vip")
    where = "" if job is None else spot(job.place)
    return (
        span(stop.start, stop.end, book.zone),
        Shortened(plain(stop.job_id), "bold red" if urgent else "bold"),
        Shortened(" · ".join(said for said in (stop_day_words(book, stop), work(job)) if said)),
        Shortened(where),
        *_way(stop.leg),
    )


def _restock(restock: Restock, book: PlanBook) -> Cells:
    return (
        span(restock.start, restock.end, book.zone),
        "·",
        "loads parts",
        Shortened(place_named(book, restock.leg.to_place)),
        *_way(restock.leg),
    )


def _rest(rest: Part, kind: Literal["break", "absence"], book: PlanBook) -> Cells:
    when, what = span(rest.start, rest.end, book.zone), REST_NAMES[kind]["en"]
    return (Text(when, "dim"), Text("·", "dim"), Text(what, "dim"), "", "", "")


def _wait(wait: Part, book: PlanBook) -> Cells:
    long = minutes(seconds_between(wait.start, wait.end))
    said = (clock(wait.start, book.zone), "·", f"waits {long}", "", "", "")
    return tuple(Text(one, "dim") for one in said)


def _end_of_day(what: str, at: datetime, place: str, way: Way, book: PlanBook) -> Cells:
    dim = tuple(Text(one, "dim") for one in (clock(at, book.zone), "·", what))
    return (*dim, Shortened(place, "dim"), *way)


def _way(leg: Leg) -> Way:
    if not leg.travel_s and not leg.distance_m:
        return "", ""
    return minutes(leg.travel_s), kilometres(leg.distance_m)
