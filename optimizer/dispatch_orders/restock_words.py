"""Puts a halt at a branch to load parts into words."""

from collections.abc import Iterator

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.restock_records import RestockLine
from optimizer.dispatch_orders.ride_lines import ride_sentence
from optimizer.words.language import Language
from optimizer.words.moments import clock
from optimizer.words.numbers import kilometres, minutes
from optimizer.words.trade_words import trade_word


def restock_sentence(line: RestockLine, language: Language) -> str:
    """Return where to load and how to get there.

    Parameters
    ----------
    line : the facts
    language : English or Chinese
    """
    return " · ".join(_said(line, language))


def restock_things(line: RestockLine, language: Language) -> tuple[str, ...]:
    """Return what is loaded, one text for each part.

    Parameters
    ----------
    line : the facts
    language : English or Chinese
    """
    return tuple(
        label("pieces", language, part=trade_word(one.part, language), n=one.pieces) for one in line.parts
    )


def _said(line: RestockLine, language: Language) -> Iterator[str]:
    yield label("load_on_the_way", language, place=line.branch)
    if line.address:
        yield line.address
    if not line.travel_s and not line.distance_m:
        yield label("same_place", language)
        return
    yield label("leaving", language, at=clock(line.departure))
    yield minutes(line.travel_s, language)
    yield kilometres(line.distance_m, language)
    if clock(line.arrival) != clock(line.start):
        yield label("arriving", language, at=clock(line.arrival))
    if rides := ride_sentence(line.rides, line.fare_cents, language):
        yield rides
