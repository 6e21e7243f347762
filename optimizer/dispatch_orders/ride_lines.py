"""The trains and ships of a drive, as they stand on a dispatch order."""

from optimizer.dispatch_orders.free_text import one_line
from optimizer.dispatch_orders.ride_records import RideLine
from optimizer.domain.plan import TravelLeg
from optimizer.words.language import Language
from optimizer.words.line_words import rides_words
from optimizer.words.plan_book import PlanBook


def ride_lines(book: PlanBook, way: TravelLeg | None) -> tuple[RideLine, ...]:
    """Return the trains and ships of a drive in order.

    Parameters
    ----------
    book : the plan with everything behind its ids
    way : the drive's travel data; none: not known
    """
    return tuple(
        RideLine(
            by=book.line_kinds.get(ride.line),
            line=one_line(ride.line),
            from_station=one_line(ride.from_station),
            to_station=one_line(ride.to_station),
        )
        for ride in (() if way is None else way.rides)
    )


def ride_sentence(rides: tuple[RideLine, ...], fare_cents: int, language: Language) -> str:
    """Return trains and ships with their fares in words; nothing where there are none.

    Parameters
    ----------
    rides : trains and ships in order
    fare_cents : their fares
    language : English or Chinese
    """
    return rides_words([(ride.by, ride) for ride in rides], fare_cents, language)
