"""Nights away on a dispatch order, in words."""

from collections.abc import Iterator

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.night_records import NightLine
from optimizer.words.language import Language
from optimizer.words.moments import clock
from optimizer.words.names import NIGHT_NAMES
from optimizer.words.nights import near_words, ride_words
from optimizer.words.numbers import money


def night_facts(night: NightLine, place: str, language: Language) -> Iterator[tuple[str, str]]:
    """Yield where the night is, what is paid for it, and when the next day begins, each with its name.

    Parameters
    ----------
    night : the facts
    place : the address
    language : English or Chinese
    """
    yield label("night", language), f"{where_words(night, language)} · {place}"
    yield label("bed", language), bed_words(night, language)
    if night.starts is None:
        tomorrow = label("stay_there", language)
    else:
        named = "back_there" if night.job_id is None else "from_there"
        tomorrow = label(named, language, at=clock(night.starts))
    yield label("next_day", language), tomorrow


def where_words(night: NightLine, language: Language) -> str:
    """Return near which job the night is spent, or where its ride goes.

    Parameters
    ----------
    night : the facts
    language : English or Chinese
    """
    if night.night == "transit":
        return ride_words(night.job_id, language)
    return near_words(night.job_id or "", language)


def bed_words(night: NightLine, language: Language) -> str:
    """Return in what bed the night is spent, and what is paid: by the company for a hotel, by the branch in its own.

    Parameters
    ----------
    night : the facts
    language : English or Chinese
    """
    said = NIGHT_NAMES[night.night][language]
    if night.branch:
        said = label("housing_of", language, branch=night.branch)
    if night.bed_cents is not None:
        said = label("bed_paid", language, bed=said, most=money(night.bed_cents))
    if night.board_cents is not None:
        said = label("board_paid", language, bed=said, board=money(night.board_cents))
    return said
