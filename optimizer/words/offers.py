"""Offers, and who could take a job, in one sentence each."""

from zoneinfo import ZoneInfo

from optimizer.domain.assessment import ClockState
from optimizer.domain.plan_diff import BillDiff, PlannedVisit
from optimizer.domain.time import Window
from optimizer.words.bill import bill_change
from optimizer.words.clocks import clock_name
from optimizer.words.hindrances import hindrance
from optimizer.words.moments import clock, moment
from optimizer.words.numbers import count, exact_time, listed


def window_words(window: Window, zone: ZoneInfo) -> str:
    """Return a window, e.g. ``Wed 15 Jul 10:00 to 12:00``.

    Parameters
    ----------
    window : the window
    zone : whose local time to write
    """
    same_day = window.start.astimezone(zone).date() == window.end.astimezone(zone).date()
    end = clock(window.end, zone) if same_day else moment(window.end, zone)
    return f"{moment(window.start, zone)} to {end}"


def offer_words(
    window: Window,
    visits: tuple[PlannedVisit, ...],
    bill: BillDiff,
    clocks: tuple[ClockState, ...],
    slides: int,
    zone: ZoneInfo,
) -> str:
    """Return an offer in words.

    Parameters
    ----------
    window : what is offered
    visits : who would come and when
    bill : what it adds
    clocks : the job's own clocks
    slides : how many other starts change
    zone : whose local time to write
    """
    people = listed(list(dict.fromkeys(one.technician_id for one in visits)))
    said = f"{window_words(window, zone)}: {people} from {clock(visits[0].start, zone)}"
    said += f", {bill_change(bill.difference_cents)}"
    missed = [one for one in clocks if one.state == "missed"]
    if missed:
        said += f"; misses {listed([late_words(one) for one in missed])}"
    if slides:
        said += f"; {count(slides, 'other start')} {'slides' if slides == 1 else 'slide'}"
    return said + "."


def late_words(one: ClockState) -> str:
    """Return a missed clock with the time by which it is missed, as far as that is known.

    Parameters
    ----------
    one : the clock
    """
    late = f" by {exact_time(-one.slack_s)}" if one.slack_s is not None and one.slack_s < 0 else ""
    return f"{clock_name(one)}{late}"


def able_words(technician_id: str, visits: tuple[PlannedVisit, ...], bill: BillDiff, zone: ZoneInfo) -> str:
    """Return what it means to let somebody take a job.

    Parameters
    ----------
    technician_id : who
    visits : when
    bill : what it adds
    zone : whose local time to write
    """
    return (
        f"{technician_id} could start {moment(visits[0].start, zone)}, {bill_change(bill.difference_cents)}."
    )


def barred_words(technician_id: str, codes: tuple[str, ...]) -> str:
    """Return why somebody cannot take a job.

    Parameters
    ----------
    technician_id : who
    codes : the rules that stand against it; none: there is no shift in the window
    """
    if not codes:
        return f"{technician_id} has no shift in the window."
    return f"{technician_id} is stopped by {listed([hindrance(code) for code in codes])}."
