"""How the plan was made, and what about it should be taken with care."""

from collections.abc import Iterator

from optimizer.day_page.book import Book
from optimizer.day_page.labels import LABELS
from optimizer.words.line_words import timetable_note
from optimizer.words.names import ENDED_BY_NAMES
from optimizer.words.numbers import money
from optimizer.words.slow_words import slow_notes
from optimizer.words.travel_source import travel_source_words


def made_by(book: Book) -> tuple[str, ...]:
    """Return engine, seed, iterations and the source of the travel times, in words.

    Parameters
    ----------
    book : the plan and the reader's language
    """
    return tuple(_made_by(book))


def _made_by(book: Book) -> Iterator[str]:
    labels, plan = LABELS[book.language], book.document.plan
    origin = plan.provenance
    ended = ENDED_BY_NAMES[origin.ended_by][book.language]
    yield labels["made_by"].format(
        engine=origin.engine, seed=origin.seed, iterations=f"{origin.iterations:,}", ended=ended
    )
    if origin.lower_bound_cents is not None:
        yield labels["bound"].format(money=money(origin.lower_bound_cents))
    yield labels["travel_from"].format(source=travel_source_words(plan.travel.source, book.language))
    if origin.versions:
        yield " ".join(f"{part} {version}" for part, version in origin.versions.items())
    yield labels["scenario_hash"].format(hash=plan.scenario_sha256[:12])


def warnings(book: Book) -> tuple[str, ...]:
    """Return what the reader must know about the travel times.

    Parameters
    ----------
    book : the plan and the reader's language
    """
    travel = book.document.plan.travel
    estimated = "great circle" in travel.source
    said = (
        LABELS[book.language]["estimated"] if estimated else "",
        timetable_note(book.document.plan, book.language),
        *slow_notes(book.document.plan, book.language),
    )
    return (*(one for one in said if one), *travel.warnings)
