"""What ties a visit to others, in words: crew mates, shared tools, jobs before and after."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from optimizer.domain.plan import Stop, ToolPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.time import seconds_between
from optimizer.domain.together import Lent
from optimizer.words.chain_words import after_words, before_words
from optimizer.words.crew_words import crew_words, day_of_job
from optimizer.words.free_text import one_line
from optimizer.words.moments import clock, moment
from optimizer.words.plan_book import PlanBook
from optimizer.words.tool_words import ToolWay, job_and_person, tool_name, way_words

_LONGEST_NAME = 80


def person_name(book: PlanBook, technician_id: str) -> str:
    """Return what people call a technician, in one line that steers nothing."""
    return one_line(book.technician_name(technician_id), _LONGEST_NAME)


def company_words(book: PlanBook, stop: Stop) -> str:
    """Return with whom somebody works at a stop, e.g. ``leads, with Li Hua``; empty: alone.

    Parameters
    ----------
    book : the plan with everything behind its ids
    stop : the visit of whoever reads it
    """
    mates = [person_name(book, one.technician_id) for one in book.together.mates(stop)]
    return crew_words(stop.seat, mates, book.language)


def stop_day_words(book: PlanBook, stop: Stop) -> str:
    """Return which day of its job a stop is, e.g. ``day 2 of 3``; empty for a job of one day."""
    return day_of_job(stop.part, book.together.days(stop.job_id), book.language)


def lent_name(book: PlanBook, lent: Lent) -> str:
    """Return how a piece of a shared tool is called, e.g. ``hoist``."""
    return piece_name(book, lent.route)


def piece_name(book: PlanBook, route: ToolPlan) -> str:
    """Return how a piece of a shared tool is called, e.g. ``hoist``."""
    named = tool_name(route.tool, piece_number(book, route), book.language)
    return one_line(named, _LONGEST_NAME)


def piece_number(book: PlanBook, route: ToolPlan) -> int:
    """Return which of its branch's pieces a shared tool is; 0: there is one only."""
    branch = book.branches.get(route.branch_id)
    pieces = 1 if branch is None else branch.shared_tools.get(route.tool, 1)
    return route.piece if max(pieces, route.piece) > 1 else 0


def taken_by(book: PlanBook, lent: Lent) -> str:
    """Return who takes a shared tool along from its branch in the morning; empty: it comes by another way.

    The tool has not been anywhere else on that day, so whoever of its first crew starts at that branch can take it, the
    one who leads before the others.

    Parameters
    ----------
    book : the plan with everything behind its ids
    lent : the tool at a job
    """
    if lent.before is not None:
        return ""
    for one in book.together.crew(lent.stop.job_id, lent.stop.part):
        if book.loading.get(ShiftKey(one.technician_id, one.day)) == lent.route.branch_id:
            return one.technician_id
    return ""


def tool_way(book: PlanBook, lent: Lent) -> ToolWay:
    """Return where a shared tool is before and after a job.

    Parameters
    ----------
    book : the plan with everything behind its ids
    lent : the tool at the job
    """
    before, after, way_here, who = lent.before, lent.after, lent.stop.leg, taken_by(book, lent)
    kept_from, kept_for = book.together.keeps(before, lent.stop), book.together.keeps(lent.stop, after)
    return ToolWay(
        tool=lent_name(book, lent),
        branch=one_line(book.branch_name(lent.route.branch_id), _LONGEST_NAME),
        from_job=""
        if before is None
        else before.job_id
        if kept_from
        else _led(book, before.job_id, before.part),
        leaves=clock(way_here.departure, book.zone),
        there=clock(way_here.arrival, book.zone),
        to_job="" if after is None else after.job_id if kept_for else _led(book, after.job_id, after.part),
        onwards=clock(lent.way_on.arrival, book.zone),
        brought_by=person_name(book, who) if who else "",
        kept_from=kept_from,
        kept_for=kept_for,
    )


def tool_lines(book: PlanBook, stop: Stop) -> tuple[str, ...]:
    """Return a line for each shared tool at a stop: where it comes from and where it goes."""
    lent = book.together.tools(stop.job_id, stop.part)
    return tuple(way_words(tool_way(book, one), book.language) for one in lent)


class Chained(NamedTuple):
    """A job that comes before or after another one in a plan."""

    job_id: str
    """The job."""
    part: int
    """Which of its days is meant."""
    comes: Literal["before", "after"]
    """Before the other one or after it."""
    at: datetime
    """When it ends, or starts where gaps count from there or where it comes after."""
    gap_min: int
    """Minutes at least between; 0 where it comes after."""
    gap_from: Literal["start", "end"]
    """Where the gap counts from."""


def chained(book: PlanBook, stop: Stop) -> Iterator[Chained]:
    """Yield the jobs that a stop's job waits for, then those that wait for it.

    Of a job over several days the first one says what it waits for, the last one what waits for it. Where the plan has
    another order, because the rule is switched off, nothing waits.

    Parameters
    ----------
    book : the plan with everything behind its ids
    stop : a stop of the plan
    """
    job, together = book.jobs.get(stop.job_id), book.together
    if job is not None and stop.part == 0:
        for after in job.after:
            begun = after.gap_from == "start"
            part = 0 if begun else max(together.days(after.job_id) - 1, 0)
            for one in together.crew(after.job_id, part)[:1]:
                at = one.stop.start if begun else one.stop.end
                if seconds_between(at, stop.start) >= 0:
                    yield Chained(after.job_id, part, "before", at, after.min_gap_min, after.gap_from)
    if stop.part + 1 == together.days(stop.job_id):
        for second in book.followers.get(stop.job_id, ()):
            for one in together.crew(second)[:1]:
                if seconds_between(stop.start, one.stop.start) >= 0:
                    yield Chained(second, 0, "after", one.stop.start, 0, "start")


def chain_lines(book: PlanBook, stop: Stop) -> tuple[str, ...]:
    """Return a sentence for each job that comes before or after a stop's job.

    Parameters
    ----------
    book : the plan with everything behind its ids
    stop : the visit of whoever reads it
    """
    return tuple(_chain_line(book, stop, one) for one in chained(book, stop))


def _chain_line(book: PlanBook, stop: Stop, one: Chained) -> str:
    named = _led(book, one.job_id, one.part)
    at = _when(book, one.at, stop.start)
    if one.comes == "after":
        return after_words(named, at, book.language)
    return before_words(named, at, one.gap_min, book.language, gap_from=one.gap_from)


def _led(book: PlanBook, job_id: str, part: int) -> str:
    crew = book.together.crew(job_id, part)
    person = person_name(book, crew[0].technician_id) if crew else ""
    return job_and_person(job_id, person, book.language)


def _when(book: PlanBook, at: datetime, reading: datetime) -> str:
    """Write a moment for somebody who reads it on another one's day."""
    same = book.local(at).date() == book.local(reading).date()
    return clock(at, book.zone) if same else moment(at, book.zone, book.language)
