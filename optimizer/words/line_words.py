"""Which train or ship somebody takes, and what it costs, in words."""

from collections.abc import Sequence
from typing import Final

from optimizer.domain.lines import LineKind, Ride
from optimizer.domain.plan import Leg, Plan
from optimizer.domain.technician import Means
from optimizer.words.free_text import one_line
from optimizer.words.language import Language, Words
from optimizer.words.names import LINE_NAMES
from optimizer.words.numbers import money
from optimizer.words.plan_book import PlanBook

_NO_TIMETABLE: Final[Words] = {
    "en": "Trains and ships have no timetable here: half the time between two departures is waited, at any hour.",
    "zh": "火车和轮船未按时刻表计算：任何时间都按平均等候半个发车间隔计。",
}


def timetable_note(plan: Plan, language: Language = "en") -> str:
    """Return what the reader of a plan must know about its trains and ships; nothing where there are none.

    Parameters
    ----------
    plan : the plan
    language : English or Chinese
    """
    return _NO_TIMETABLE[language] if any(leg.rides for leg in plan.travel.legs) else ""


def ride_words(kind: LineKind | None, ride: Ride, language: Language = "en") -> str:
    """Return a train or a ship, e.g. ``train G1003 Changsha South–Changde``.

    Parameters
    ----------
    kind : what it is; none: not known
    ride : which one, and from where to where
    language : English or Chinese
    """
    line = one_line(ride.line) if kind is None else f"{LINE_NAMES[kind][language]} {one_line(ride.line)}"
    return f"{line} {one_line(ride.from_station)}–{one_line(ride.to_station)}"


def rides_words(
    rides: Sequence[tuple[LineKind | None, Ride]], fare_cents: int, language: Language = "en"
) -> str:
    """Return trains and ships with their fares, e.g. ``train G1003 Changsha South–Changde · ¥98.00``.

    Parameters
    ----------
    rides : what each line is, none: not known; and from where to where
    fare_cents : fares of all of them
    language : English or Chinese

    Returns
    -------
    One line; nothing where there are no rides.
    """
    if not rides:
        return ""
    said = ", ".join(ride_words(kind, ride, language) for kind, ride in rides)
    return f"{said} · {money(fare_cents)}"


def leg_rides_words(book: PlanBook, means: Means, leg: Leg) -> str:
    """Return the trains and ships of a drive with their fares; nothing for a drive without any.

    Parameters
    ----------
    book : the plan with everything behind its ids
    means : means of transport of the day
    leg : a drive of the day
    """
    way = book.travelled(means, leg)
    if way is None:
        return ""
    rides = [(book.line_kinds.get(ride.line), ride) for ride in way.rides]
    return rides_words(rides, way.fare_cents, book.language)
