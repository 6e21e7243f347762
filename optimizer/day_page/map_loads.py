"""Where parts are loaded in mid-route, on the map."""

from collections.abc import Iterator, Mapping, Sequence

from optimizer.day_page.book import Book
from optimizer.day_page.frames import Frame
from optimizer.day_page.map_parts import LoadMark
from optimizer.day_page.placing import Label, Sheet
from optimizer.day_page.projection import Flat
from optimizer.domain.plan import ShiftPlan
from optimizer.words.moments import span
from optimizer.words.restocks import loads_words

_SIZE = 13.0  # of the sign, in the drawing's units


def load_marks(
    book: Book,
    flat: Mapping[str, Flat],
    shift: ShiftPlan,
    frame: Frame,
    details: Sequence[Frame],
    sheet: Sheet | None,
) -> Iterator[LoadMark]:
    """Yield the branches at which a technician loads parts on the way; one sign where it is one branch.

    Parameters
    ----------
    book : names and marks
    flat : every place by name, on the flat map
    shift : the day as planned
    frame : the part of the map that is drawn
    details : parts that are drawn apart, and larger
    sheet : finds room for the signs; none: they stand on the branches
    """
    for place, said in _places(book, shift).items():
        here = flat[place]
        if frame.box.holds(here) and not any(one.box.holds(here) for one in details):
            point = frame.drawn(here)
            box = Label(point.x, point.y, _SIZE, _SIZE) if sheet is None else sheet.place(point, _SIZE, _SIZE)
            yield LoadMark("\n".join([book.marked(shift.technician_id), *said]), point, box)


def _places(book: Book, shift: ShiftPlan) -> dict[str, list[str]]:
    """Return the places of a day's halts to load, each with what is said of it."""
    found: dict[str, list[str]] = {}
    for one in shift.restocks:
        when = span(one.start, one.end, book.zone)
        said = f"{when} {loads_words(one, book.language)} · {book.branch(one.branch_id)}"
        found.setdefault(one.leg.to_place, []).append(said)
    return found
