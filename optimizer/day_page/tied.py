"""What ties a visit to others, as lines under it: crew mates, shared tools, jobs before and after."""

from collections.abc import Iterator

from optimizer.day_page.book import Book
from optimizer.domain.plan import Stop
from optimizer.words.crew_words import crew_words
from optimizer.words.tied_stops import chain_lines, stop_day_words, tool_lines


def tied_lines(book: Book, stop: Stop) -> tuple[str, ...]:
    """Return the lines; none for a job that somebody does alone on one day without a shared tool.

    Parameters
    ----------
    book : the plan with everything behind its ids
    stop : a stop of the plan
    """
    return tuple(_lines(book, stop))


def _lines(book: Book, stop: Stop) -> Iterator[str]:
    mates = [book.marked(one.technician_id) for one in book.together.mates(stop)]
    first = (stop_day_words(book, stop), crew_words(stop.seat, mates, book.language))
    if any(first):
        yield " · ".join(one for one in first if one)
    if stop.seat == 0:  # what concerns the whole crew stands with the one who leads
        yield from tool_lines(book, stop)
        yield from chain_lines(book, stop)
