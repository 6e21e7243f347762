"""The jobs that are left out: why, and the smallest change that makes room."""

from typing import Final, NamedTuple

from optimizer.day_page.book import Book
from optimizer.day_page.labels import LABELS
from optimizer.domain.job import PRIORITIES, Priority
from optimizer.domain.time import Window
from optimizer.words.moments import day_and_clock, span
from optimizer.words.names import PRIORITY_NAMES
from optimizer.words.reasons import reason_words
from optimizer.words.ways import way_words

SIGNS: Final[dict[Priority, str]] = {
    "emergency": "!",
    "vip": "★",
    "contract": "§",
    "normal": "×",
    "flexible": "~",
}
"""What stands in the mark of a job that is left out, by its priority."""


class LeftOutRow(NamedTuple):
    """One job that is left out."""

    job: int
    job_id: str
    priority: Priority
    priority_name: str
    sign: str
    work: str
    where: str
    customer: str
    windows: str
    reason: str
    fix: str
    """The smallest change; empty: nobody has looked for one."""


def left_out_rows(book: Book) -> tuple[LeftOutRow, ...]:
    """Return the jobs left out, the most important first.

    Parameters
    ----------
    book : the plan, its reasons and explanations
    """
    reasons = {one.job_id: reason_words(one, book.language) for one in book.document.assessment.unserved}
    rows = [_row(book, job_id, reasons.get(job_id, "")) for job_id in book.document.plan.unserved]
    return tuple(sorted(rows, key=lambda row: (PRIORITIES.index(row.priority), row.job)))


def _row(book: Book, job_id: str, reason: str) -> LeftOutRow:
    job = book.jobs[job_id]
    return LeftOutRow(
        job=book.job_number[job_id],
        job_id=job_id,
        priority=job.priority,
        priority_name=PRIORITY_NAMES[job.priority][book.language],
        sign=SIGNS[job.priority],
        work=book.work(job_id),
        where=book.spot(job_id),
        customer=book.customer(job_id),
        windows=", ".join(_window(book, one) for one in job.windows),
        reason=reason or LABELS[book.language]["no_reason"],
        fix=_fix(book, job_id),
    )


def _window(book: Book, window: Window) -> str:
    """Return a window, with its days where it is not clear which."""
    days = {one.astimezone(book.zone).date() for one in (window.start, window.end)}
    if len(days) == 1 and book.scenario.horizon.days == 1 and days == set(book.scenario.horizon.dates()):
        return span(window.start, window.end, book.zone)
    begin = day_and_clock(window.start, book.zone, book.language)
    if len(days) == 1:
        return f"{begin}–{day_and_clock(window.end, book.zone, book.language).split(' ')[-1]}"
    return f"{begin} – {day_and_clock(window.end, book.zone, book.language)}"


def _fix(book: Book, job_id: str) -> str:
    explained = book.fixes.get(job_id)
    if explained is None:
        return ""
    if explained.fix is None:
        return LABELS[book.language]["no_fix"]
    return way_words(explained.fix, book.language)
