"""The Gantt chart of a day as what its drawing needs: one row a technician, everything to scale along one time axis."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from optimizer.day_page.book import Book
from optimizer.day_page.gantt_parts import (
    WIDTH,
    Axis,
    Bar,
    Bracket,
    Chart,
    Due,
    Hour,
    Row,
    Worry,
)
from optimizer.day_page.gantt_tools import tool_row
from optimizer.day_page.labels import LABELS
from optimizer.day_page.text import fitted, width
from optimizer.day_page.tied import tied_lines
from optimizer.domain.assessment import ClockState
from optimizer.domain.course import Part, course
from optimizer.domain.plan import Restock, ShiftPlan, Stop, ToolPlan
from optimizer.domain.time import seconds_between
from optimizer.domain.trips import stays
from optimizer.words.moments import clock, day_and_clock, span
from optimizer.words.names import EVENT_NAMES, REST_NAMES, STATE_NAMES
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
from optimizer.words.rule_names import rule_name
from optimizer.words.tied_stops import chained

LETTERS: Final = 10.0
"""Height of the letters in bars."""
BRACKET_LINES: Final = (25.0, 28.3)
"""Where the feet of brackets stand, from the top of a row."""
MOON: Final = 6.0
"""Radius of the sign of a night away, with the room around it."""
LEAST_LOAD: Final = 4.0
"""Width of a halt to load that takes no time, as for somebody who is there already."""
HOUR_S: Final = 3600
_MARKS_WIDTH: Final = 24.0  # on both sides of the letters, for the sign of a crew


def day_chart(book: Book, shifts: Sequence[ShiftPlan], tools: Sequence[ToolPlan]) -> Chart:
    """Return a day's chart.

    Parameters
    ----------
    book : names, marks and clocks
    shifts : the day's shifts with work
    tools : the shared tools that are out on that day
    """
    axis = _axis(book, shifts, tools)
    now = book.scenario.now
    seen = now is not None and axis.inside(now)
    return Chart(
        hours=tuple(_hours(book, axis)),
        now=axis.x(now) if now is not None and seen else None,
        now_text=clock(now, book.zone) if now is not None and seen else "",
        rows=tuple(_row(book, axis, shift) for shift in shifts),
        tools=tuple(tool_row(book, axis, route) for route in tools),
    )


def worry_of(book: Book, job_id: str) -> Worry:
    """Return the worst that any service clock of a job says."""
    states = {one.state for one in book.service_clocks.get(job_id, ())}
    return "missed" if "missed" in states else "at_risk" if "at_risk" in states else ""


def _axis(book: Book, shifts: Sequence[ShiftPlan], tools: Sequence[ToolPlan]) -> Axis:
    moments = [at for route in tools for at in (route.stops[0].leg.departure, route.last_leg.arrival)]
    moments += [shift.departure for shift in shifts] + [shift.work_ends for shift in shifts]
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
    start, end = (rostered.start, rostered.end) if rostered else (shift.departure, shift.work_ends)
    over_s = book.overtime_s(shift)
    language = book.language
    technician = book.technicians.get(shift.technician_id)
    name = book.technician(shift.technician_id)
    jobs = [book.jobs[stop.job_id] for stop in shift.stops if stop.job_id in book.jobs]
    driven_m = sum(leg.distance_m for leg in shift.legs)
    driven = () if stays(shift) else (kilometres(driven_m, language),)
    words = [shift.technician_id, name, *(f"{job.job_id} {job.place.address}" for job in jobs)]
    return Row(
        mark=book.marks[shift.technician_id],
        name=name,
        branch_id=technician.branch_id if technician else "",
        summary=" · ".join((work_of_day(shift, language), *driven)),
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
        yield Bar("overtime", x, axis.x(shift.work_ends) - x, title)
    for part in course(shift):
        if part.kind in ("leave", "back"):
            continue
        if part.restock is not None:
            yield _load(book, axis, part.restock)
            continue
        if part.kind in ("morning", "night", "stay"):
            yield from _away(book, axis, shift, part)
            continue
        x, wide = axis.x(part.start), axis.x(part.end) - axis.x(part.start)
        stop = part.stop if part.kind == "visit" else None
        yield _other(book, part, x, wide) if stop is None else _visit(book, stop, x, wide)


def _away(book: Book, axis: Axis, shift: ShiftPlan, part: Part) -> Iterator[Bar]:
    """Yield the moon where a day begins or ends away, or the band of a day that is stayed away."""
    language, at = book.language, clock(part.start, book.zone)
    if part.kind == "stay":
        rostered = book.rostered.get(shift.key)
        start, end = (rostered.start, rostered.end) if rostered else (part.start, part.end)
        said = f"{STAYS[language]} {evening_words(shift, language)}"
        x, wide = axis.x(start), axis.x(end) - axis.x(start)
        yield Bar("stay", x, wide, said, fitted(work_of_day(shift, language), wide - 2, LETTERS - 1))
        return
    morning = part.kind == "morning"
    what, where = (
        (FROM_THE_NIGHT, morning_words(shift, language))
        if morning
        else (NIGHT_AWAY, evening_words(shift, language))
    )
    x = axis.x(part.start) + (-MOON if morning else MOON)
    title = f"{at} {what[language]} {where}"
    yield Bar("night", min(max(x, MOON), WIDTH - MOON), 0.0, title)


def _visit(book: Book, stop: Stop, x: float, wide: float) -> Bar:
    job_id = stop.job_id
    job = book.jobs.get(job_id)
    title = f"{job_id} · {book.work(job_id)}\n{span(stop.start, stop.end, book.zone)}\n{book.spot(job_id)}"
    title = "\n".join([title, *tied_lines(book, stop)])
    said = [_due_words(book, one) for one in book.service_clocks.get(job_id, ())]
    days = book.together.days(job_id)
    text = f"{job_id} {stop.part + 1}/{days}" if days > 1 else job_id
    mates = book.together.mates(stop)
    chain = tuple(chained(book, stop))
    return Bar(
        kind="visit",
        x=x,
        width=wide,
        title="\n".join([title, *said]),
        # An id that is cut is another id: whole or not at all.
        text=text if width(text, LETTERS) <= wide - (_MARKS_WIDTH if mates else 3) else "",
        job=book.job_number.get(job_id),
        urgent=job is not None and (job.priority in ("emergency", "vip") or job.complaint == "strong"),
        worry=worry_of(book, job_id),
        crew="" if not mates else "along" if stop.seat else "leads",
        waits=any(one.comes == "before" for one in chain),
        linked=tuple(book.job_number[one.job_id] for one in chain if one.job_id in book.job_number),
    )


def _load(book: Book, axis: Axis, restock: Restock) -> Bar:
    branch, when = book.branch(restock.branch_id), span(restock.start, restock.end, book.zone)
    title = f"{branch} · {loads_words(restock, book.language)}\n{when}"
    wide = max(axis.x(restock.end) - axis.x(restock.start), LEAST_LOAD)
    return Bar("load", axis.x(restock.start), wide, title)


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
    # Of a crew or a job over several days the windows stand once, with who leads on the first day.
    for stop in (one for one in shift.stops if not (one.seat or one.part)):
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
    for stop in (one for one in shift.stops if one.seat == 0):
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
