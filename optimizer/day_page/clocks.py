"""The clocks of the service that are missed or at risk, the missed ones first."""

from typing import Literal, NamedTuple

from optimizer.assess import is_service_clock
from optimizer.day_page.book import Book
from optimizer.day_page.labels import LABELS
from optimizer.domain.assessment import ClockState
from optimizer.words.clocks import clock_left, clock_name
from optimizer.words.moments import day_and_clock
from optimizer.words.names import EVENT_NAMES, STATE_NAMES


class ClockRow(NamedTuple):
    """A clock that needs attention."""

    subject: str
    job: int | None
    letters: str
    """Who serves the job; empty: nobody."""
    number: int
    """Number of that technician's mark, -1: none."""
    name: str
    due: str
    happens: str
    state: Literal["met", "at_risk", "missed", "open"]
    state_name: str
    left: str


class ClockCount(NamedTuple):
    """How many clocks of the desk stand how."""

    name: str
    missed: int
    at_risk: int


class ClockView(NamedTuple):
    """What needs attention."""

    rows: tuple[ClockRow, ...]
    desk: tuple[ClockCount, ...]


def clock_view(book: Book) -> ClockView:
    """Return the service's clocks that are missed or at risk, and how many of the desk's are.

    Parameters
    ----------
    book : the assessment and the reader's language
    """
    worrying = [one for one in book.document.assessment.clocks if one.state in ("missed", "at_risk")]
    service = [one for one in worrying if is_service_clock(one)]
    service.sort(key=lambda one: (one.state != "missed", one.due.timestamp(), one.subject))
    desk = [one for one in worrying if not is_service_clock(one)]
    with_whom = {
        stop.job_id: shift.technician_id
        for shift in book.document.plan.shifts
        for stop in shift.stops
        if stop.seat == 0  # of a crew the one who leads
    }
    return ClockView(tuple(_row(book, one, with_whom) for one in service), tuple(_counts(book, desk)))


def _row(book: Book, one: ClockState, with_whom: dict[str, str]) -> ClockRow:
    language, labels = book.language, LABELS[book.language]
    mark = book.marks.get(with_whom.get(one.job_id or "", ""))
    happens = labels["not_planned"]
    if one.at is not None:
        happens = f"{EVENT_NAMES[one.event][language]} {day_and_clock(one.at, book.zone, language)}"
    elif one.job_id in book.document.plan.unserved:
        happens = labels["is_left_out"]
    return ClockRow(
        subject=one.subject,
        job=book.job_number.get(one.job_id or ""),
        letters=mark.letters if mark else "",
        number=mark.number if mark else -1,
        name=clock_name(one, language),
        due=day_and_clock(one.due, book.zone, language),
        happens=happens,
        state=one.state,
        state_name=STATE_NAMES[one.state][language],
        left=clock_left(one, language),
    )


def _counts(book: Book, desk: list[ClockState]) -> list[ClockCount]:
    named: dict[str, list[ClockState]] = {}
    for one in desk:
        named.setdefault(clock_name(one, book.language), []).append(one)
    return [
        ClockCount(
            name,
            sum(one.state == "missed" for one in clocks),
            sum(one.state == "at_risk" for one in clocks),
        )
        for name, clocks in named.items()
    ]
