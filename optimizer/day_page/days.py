"""One day of the plan with everything the page shows of it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from optimizer.day_page.book import Book
from optimizer.day_page.gantt import day_chart
from optimizer.day_page.gantt_parts import Chart
from optimizer.day_page.labels import LABELS
from optimizer.day_page.map import day_map
from optimizer.day_page.map_parts import FrameView
from optimizer.day_page.timetable import Timetable, timetables
from optimizer.day_page.tool_sheets import ToolSheet, tool_sheets
from optimizer.domain.plan import ShiftPlan, ToolPlan
from optimizer.domain.time import Window
from optimizer.words.approvals import day_states
from optimizer.words.moments import day as day_words
from optimizer.words.nights import nights_away
from optimizer.words.numbers import count


class DayView(NamedTuple):
    """One planned day."""

    key: str
    """The day as 2026-07-15; names the day's part of the page."""
    name: str
    summary: str
    state: str
    """Draft, or who approved it when; empty for a single day that nobody has approved."""
    frames: tuple[FrameView, ...]
    chart: Chart
    timetables: tuple[Timetable, ...]
    tool_sheets: tuple[ToolSheet, ...]
    without_work: tuple[str, ...]
    """Who is on the roster and has nothing to do, and who of them is away."""


def day_views(book: Book) -> tuple[DayView, ...]:
    """Return every planned day.

    Parameters
    ----------
    book : the plan and the reader's language
    """
    by_day: dict[date, list[ShiftPlan]] = {day: [] for day in book.scenario.horizon.dates()}
    for shift in book.document.plan.shifts:
        by_day.setdefault(shift.day, []).append(shift)
    tools: dict[date, list[ToolPlan]] = {}
    for route in book.document.plan.tools:
        tools.setdefault(route.day, []).append(route)
    return tuple(_view(book, day, shifts, tools.get(day, [])) for day, shifts in sorted(by_day.items()))


def _view(book: Book, day: date, shifts: list[ShiftPlan], tools: list[ToolPlan]) -> DayView:
    left_out = [one for one in book.document.plan.unserved if _possible_on(book, one, day)]
    jobs = len({stop.job_id for shift in shifts for stop in shift.stops})
    language = book.language
    said = (
        count(len(shifts), "technician", language),
        count(jobs, "job", language),
        nights_away(shifts, language),
    )
    return DayView(
        key=day.isoformat(),
        name=day_words(day, language),
        summary=" · ".join(one for one in said if one),
        state=day_states(book.scenario, language).get(day, ""),
        frames=day_map(book, shifts, left_out, tools),
        chart=day_chart(book, shifts, tools),
        timetables=timetables(book, shifts),
        tool_sheets=tool_sheets(book, tools),
        without_work=tuple(_without_work(book, day, {shift.technician_id for shift in shifts})),
    )


def _possible_on(book: Book, job_id: str, day: date) -> bool:
    """Tell whether a job has a window on a day, or may be done at any time."""
    windows = () if job_id in book.asked else book.jobs[job_id].windows
    return not windows or any(_touches(book, one, day) for one in windows)


def _touches(book: Book, window: Window, day: date) -> bool:
    return window.start.astimezone(book.zone).date() <= day <= window.end.astimezone(book.zone).date()


def _without_work(book: Book, day: date, working: set[str]) -> Iterator[str]:
    labels = LABELS[book.language]
    for key, rostered in book.rostered.items():
        if key.day == day and key.technician_id not in working:
            one = rostered.technician
            away = any(span.covers(day) for span in (*one.leave, *one.suspended))
            # Why somebody is away is nobody's business on a wall; a trip was on the same wall.
            why = labels["away"] if away else labels["resting"] if key in book.resting else ""
            yield f"{book.technician(one.technician_id)}{f' ({why})' if why else ''}"
