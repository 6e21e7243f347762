"""The Gantt chart of a day as what its drawing needs: one row a technician, everything to scale along one time axis."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from optimizer.day_page.book import Book
from optimizer.day_page.labels import LABELS
from optimizer.day_page.marks import Mark
from optimizer.day_page.text import fitted, width
from optimizer.domain.assessment import ClockState
from optimizer.domain.course import Part, course
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.time import seconds_between
from optimizer.words.moments import clock, day_and_clock, span
from optimizer.words.names import EVENT_NAMES, REST_NAMES, STATE_NAMES
from optimizer.words.numbers import count, kilometres, minutes
from optimizer.words.rule_names import rule_name

WIDTH: Final = 800.0
"""Width of the time axis, in the drawing's units."""
LETTERS: Final = 10.0
"""Height of the letters in bars."""
BRACKET_LINES: Final = (25.0, 28.3)
"""Where the feet of brackets stand, from the top of a row."""
HOUR_S: Final = 3600

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


def day_chart(book: Book, shifts: Sequence[ShiftPlan]) -> Chart:
    """Return a day's chart.

    Parameters
    ----------
    book : names, marks and clocks
    shifts : the day's shifts with work
    """
    axis = _axis(book, shifts)
    now = book.scenario.now
    seen = now is not None and axis.inside(now)
    return Chart(
        hours=tuple(_hours(book, axis)),
        now=axis.x(now) if now is not None and seen else None,
        now_text=clock(now, book.zone) if now is not None and seen else "",
        rows=tuple(_row(book, axis, shift) for shift in shifts),
    )


def worry_of(book: Book, job_id: str) -> Worry:
    """Return the worst that any service clock of a job says."""
    states = {one.state for one in book.service_clocks.get(job_id, ())}
    return "missed" if "missed" in states else "at_risk" if "at_risk" in states else ""


def _axis(book: Book, shifts: Sequence[ShiftPlan]) -> Axis:
    moments = [shift.departure for shift in shifts] + [shift.last_leg.arrival for shift in shifts]
    moments += [rest.end for shift in shifts for rest in shift.rests]
    moments += [
        one for shift in shifts if (own := book.rostered.get(shift.key)) for one in (own.start, own.end)
    ]
    if not moments:
        return Axis(0, HOUR_S)
    # Full local hours: where a zone is half an hour off, so are its hours since 1970.
    off_s = moments[0].astimezone(book.zone).minute * 60 - int(moments[0].timestamp()) // 60 % 60 * 60
    stamps = [int(one.timestamp()) + off_s for one in moments]
    start_s = min(stamps) // HOUR_S * HOUR_S
    end_s = -(-max(stamps) // HOUR_S) * HOUR_S
    return Axis(start_s - off_s, max(end_s, start_s + HOUR_S) - off_s)


def _hours(book: Book, axis: Axis) -> Iterator[Hour]:
    every = 1 if axis.end_s - axis.start_s <= 16 * HOUR_S else 2
    for at_s in range(axis.start_s, axis.end_s + 1, every * HOUR_S):
        at = datetime.fromtimestamp(at_s, tz=book.zone)
        yield Hour(axis.x(at), f"{at:%H}")


def _row(book: Book, axis: Axis, shift: ShiftPlan) -> Row:
    rostered = book.rostered.get(shift.key)
    start, end = (rostered.start, rostered.end) if rostered else (shift.departure, shift.last_leg.arrival)
    over_s = book.overtime_s(shift)
    language = book.language
    technician = book.technicians.get(shift.technician_id)
    name = book.technician(shift.technician_id)
    jobs = [book.jobs[stop.job_id] for stop in shift.stops if stop.job_id in book.jobs]
    driven_m = sum(stop.leg.distance_m for stop in shift.stops) + shift.last_leg.distance_m
    words = [shift.technician_id, name, *(f"{job.job_id} {job.place.address}" for job in jobs)]
    return Row(
        mark=book.marks[shift.technician_id],
        name=name,
        branch_id=technician.branch_id if technician else "",
        summary=f"{count(len(shift.stops), 'job', language)} · {kilometres(driven_m, language)}",
        overtime=f"+{minutes(over_s, language)}" if over_s else "",
        shift_x=axis.x(start),
        shift_width=axis.x(end) - axis.x(start),
        bars=tuple(_bars(book, axis, shift, end)),
        brackets=tuple(_brackets(book, axis, shift)),
        dues=tuple(_dues(book, axis, shift)),
        find=" ".join(words).lower(),
    )


def _bars(book: Book, axis: Axis, shift: ShiftPlan, regular_end: datetime) -> Iterator[Bar]:
    if book.overtime_s(shift):
        x = max(axis.x(regular_end), 0.0)
        title = LABELS[book.language]["overtime_from"].format(clock=clock(regular_end, book.zone))
        yield Bar("overtime", x, axis.x(shift.last_leg.arrival) - x, title)
    for part in course(shift):
        if part.kind in ("leave", "back"):
            continue
        x, wide = axis.x(part.start), axis.x(part.end) - axis.x(part.start)
        stop = part.stop if part.kind == "visit" else None
        yield _other(book, part, x, wide) if stop is None else _visit(book, stop, x, wide)


def _visit(book: Book, stop: Stop, x: float, wide: float) -> Bar:
    job_id = stop.job_id
    job = book.jobs.get(job_id)
    title = f"{job_id} · {book.work(job_id)}\n{span(stop.start, stop.end, book.zone)}\n{book.spot(job_id)}"
    said = [_due_words(book, one) for one in book.service_clocks.get(job_id, ())]
    return Bar(
        kind="visit",
        x=x,
        width=wide,
        title="\n".join([title, *said]),
        # An id that is cut is another id: whole or not at all.
        text=job_id if width(job_id, LETTERS) <= wide - 3 else "",
        job=book.job_number.get(job_id),
        urgent=job is not None and (job.priority in ("emergency", "vip") or job.complaint == "strong"),
        worry=worry_of(book, job_id),
    )


def _other(book: Book, part: Part, x: float, wide: float) -> Bar:
    labels, language = LABELS[book.language], book.language
    when = f"{span(part.start, part.end, book.zone)} · {minutes(seconds_between(part.start, part.end), language)}"
    if part.kind == "drive" and part.leg is not None:
        title = f"{labels['drive']} {when} · {kilometres(part.leg.distance_m, language)}"
        return Bar("drive", x, wide, title)
    if part.kind == "wait":
        return Bar("wait", x, wide, f"{labels['wait']} {when}")
    name = REST_NAMES["absence" if part.kind == "absence" else "break"][language]
    short = labels["rest"] if part.kind == "break" else name
    return Bar(part.kind, x, wide, f"{name} {when}", fitted(short, wide - 2, LETTERS - 1))


def _brackets(book: Book, axis: Axis, shift: ShiftPlan) -> Iterator[Bracket]:
    labels = LABELS[book.language]
    ends: dict[tuple[float, float, bool], float] = {}
    for stop in shift.stops:
        job, promise = book.jobs.get(stop.job_id), book.promises.get(stop.job_id)
        if job is None:
            continue
        windows = [(one, False) for one in job.windows] + ([(promise.window, True)] if promise else [])
        for window, promised in windows:
            if window.start.timestamp() > axis.end_s or window.end.timestamp() < axis.start_s:
                continue
            left, right = max(axis.x(window.start), 0.0), min(axis.x(window.end), WIDTH)
            name = labels["promise"] if promised else labels["window"]
            title = f"{job.job_id} · {name} {span(window.start, window.end, book.zone)}"
            opens, closes = axis.inside(window.start), axis.inside(window.end)
            number = book.job_number[job.job_id]
            y = _line(ends, (left, right, promised))
            yield Bracket(number, left, y, max(right - left, 2.0), opens, closes, promised, title)


def _line(lines: dict[tuple[float, float, bool], float], window: tuple[float, float, bool]) -> float:
    """Return the line a window stands in: equal windows in the same, others in one that is free there."""
    if window not in lines:
        left, right, _ = window
        taken = {y for (begin, end, _), y in lines.items() if begin < right and left < end}
        lines[window] = min((y for y in BRACKET_LINES if y not in taken), default=BRACKET_LINES[-1])
    return lines[window]


def _dues(book: Book, axis: Axis, shift: ShiftPlan) -> Iterator[Due]:
    for stop in shift.stops:
        for one in book.service_clocks.get(stop.job_id, ()):
            if axis.inside(one.due):
                title = f"{stop.job_id} · {_due_words(book, one)}"
                yield Due(book.job_number[stop.job_id], axis.x(one.due), one.state, title)


def _due_words(book: Book, one: ClockState) -> str:
    language = book.language
    labels = LABELS[language]
    due = f"{labels['due']} {day_and_clock(one.due, book.zone, language)}"
    said = f"{EVENT_NAMES[one.event][language]}{labels['comma']}{due}"
    return f"{rule_name(one.code, language)}{labels['colon']}{said} – {STATE_NAMES[one.state][language]}"
