"""The timetables of a day: each technician's stops, rests and ways, to be read from top to bottom."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from optimizer.day_page.book import Book
from optimizer.day_page.gantt import worry_of
from optimizer.day_page.gantt_parts import Worry
from optimizer.day_page.labels import LABELS
from optimizer.day_page.marks import Mark
from optimizer.day_page.tied import tied_lines
from optimizer.domain.course import Part, course
from optimizer.domain.plan import Leg, Restock, ShiftPlan
from optimizer.domain.time import Window, seconds_between
from optimizer.domain.trips import stays
from optimizer.words.line_words import leg_rides_words
from optimizer.words.moments import clock, span
from optimizer.words.names import MEANS_NAMES, REST_NAMES
from optimizer.words.nights import (
    FROM_THE_NIGHT,
    NIGHT_AWAY,
    STAYS,
    evening_words,
    morning_words,
    work_of_day,
)
from optimizer.words.numbers import kilometres, minutes
from optimizer.words.restocks import loads_words
from optimizer.words.trade_words import trade_word


class Line(NamedTuple):
    """A line of a timetable."""

    time: str
    what: str
    where: str = ""
    number: str = ""
    job_id: str = ""
    job: int | None = None
    customer: str = ""
    window: str = ""
    way: tuple[str, ...] = ()
    """How long and how far the drive there is; nothing where there is none."""
    urgent: bool = False
    worry: Worry = ""
    loads: bool = False
    """A halt at a branch to load parts."""
    tied: tuple[str, ...] = ()
    """Trains and ships, crew mates, day of a long job, shared tools, jobs before and after."""


class Timetable(NamedTuple):
    """One technician's day."""

    mark: Mark
    name: str
    branch: str
    branch_id: str
    means: str
    jobs: str
    """How many jobs, and whether the night after them is away."""
    overtime: str
    parts: str
    lines: tuple[Line, ...]


def timetables(book: Book, shifts: Sequence[ShiftPlan]) -> tuple[Timetable, ...]:
    """Return the timetables of a day's shifts.

    Parameters
    ----------
    book : names and marks
    shifts : the day's shifts with work
    """
    return tuple(_timetable(book, shift) for shift in shifts)


def _timetable(book: Book, shift: ShiftPlan) -> Timetable:
    language = book.language
    technician = book.technicians.get(shift.technician_id)
    over_s = book.overtime_s(shift)
    away = shift.night is not None and not stays(shift)  # who stays, says so already
    loaded = [f"{trade_word(part, language)} ×{pieces}" for part, pieces in shift.picked_up.items()]
    return Timetable(
        mark=book.marks[shift.technician_id],
        name=book.technician(shift.technician_id),
        branch=book.branch(technician.branch_id) if technician else "",
        branch_id=technician.branch_id if technician else "",
        means=MEANS_NAMES[shift.means][language],
        jobs=f"{work_of_day(shift, language)} · {NIGHT_AWAY[language]}"
        if away
        else work_of_day(shift, language),
        overtime=minutes(over_s, language) if over_s else "",
        parts=", ".join(loaded),
        lines=tuple(_lines(book, shift)),
    )


def _lines(book: Book, shift: ShiftPlan) -> Iterator[Line]:
    labels = LABELS[book.language]
    for part in course(shift):
        at = clock(part.start, book.zone)
        if part.kind == "leave":
            yield Line(at, labels["leaves"], book.place(shift.first_leg.from_place))
        elif part.kind == "morning":
            yield Line(at, FROM_THE_NIGHT[book.language], morning_words(shift, book.language))
        elif part.kind == "stay":
            yield Line(at, STAYS[book.language], evening_words(shift, book.language))
        elif part.kind == "back":
            home = shift.last_leg
            said = (book.place(home.to_place), leg_rides_words(book, shift.means, home))
            yield Line(at, labels["back"], " · ".join(one for one in said if one), way=_way(book, home))
        elif part.kind == "night":
            said = (evening_words(shift, book.language), leg_rides_words(book, shift.means, shift.last_leg))
            night = " · ".join(one for one in said if one)
            yield Line(at, NIGHT_AWAY[book.language], night, way=_way(book, shift.last_leg))
        elif part.restock is not None:
            yield _restock(book, shift, part.restock)
        elif part.kind != "drive":
            yield _line(book, shift, part)


def _line(book: Book, shift: ShiftPlan, part: Part) -> Line:
    labels, language = LABELS[book.language], book.language
    if part.kind == "wait":
        wait = f"{labels['wait']} {minutes(seconds_between(part.start, part.end), language)}"
        return Line(clock(part.start, book.zone), wait)
    when = span(part.start, part.end, book.zone)
    if part.stop is None:
        return Line(when, REST_NAMES["absence" if part.kind == "absence" else "break"][language])
    job_id = part.stop.job_id
    job = book.jobs.get(job_id)
    rides = leg_rides_words(book, shift.means, part.stop.leg)
    return Line(
        time=when,
        what=book.work(job_id),
        where=book.spot(job_id),
        number=f"{book.marks[shift.technician_id].letters}{part.number}",
        job_id=job_id,
        job=book.job_number.get(job_id),
        customer=book.customer(job_id),
        window=_window(book, job_id, part),
        way=_way(book, part.stop.leg),
        urgent=job is not None and (job.priority in ("emergency", "vip") or job.complaint == "strong"),
        worry=worry_of(book, job_id),
        tied=(*([rides] if rides else ()), *tied_lines(book, part.stop)),
    )


def _restock(book: Book, shift: ShiftPlan, restock: Restock) -> Line:
    said = (book.branch(restock.branch_id), leg_rides_words(book, shift.means, restock.leg))
    return Line(
        time=span(restock.start, restock.end, book.zone),
        what=loads_words(restock, book.language),
        where=" · ".join(one for one in said if one),
        way=_way(book, restock.leg),
        loads=True,
    )


def _window(book: Book, job_id: str, part: Part) -> str:
    """Return the window that the visit keeps: what the customer was told, else what was agreed."""
    job, promise = book.jobs.get(job_id), book.promises.get(job_id)
    windows: list[Window] = ([promise.window] if promise else []) + list(job.windows if job else ())
    for one in windows:
        if one.start.timestamp() <= part.start.timestamp() <= one.end.timestamp():
            return span(one.start, one.end, book.zone)
    return ""


def _way(book: Book, leg: Leg) -> tuple[str, ...]:
    if not leg.travel_s and not leg.distance_m:
        return ()
    return minutes(leg.travel_s, book.language), kilometres(leg.distance_m, book.language)
