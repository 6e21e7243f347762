"""Where nights away are spent, on the map of the days before and after them."""

from collections.abc import Iterator, Mapping, Sequence

from optimizer.day_page.book import Book
from optimizer.day_page.frames import Frame
from optimizer.day_page.map_parts import NightMark
from optimizer.day_page.placing import Label, Sheet
from optimizer.day_page.projection import Flat
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.trips import evening_at, morning_at
from optimizer.words.nights import FROM_THE_NIGHT, NIGHT_AWAY, evening_words, morning_words

_SIZE = 13.0  # of the sign of a night, in the drawing's units


def night_marks(
    book: Book,
    flat: Mapping[str, Flat],
    shift: ShiftPlan,
    frame: Frame,
    details: Sequence[Frame],
    sheet: Sheet | None,
) -> Iterator[NightMark]:
    """Yield where the night before a day and the one after it are spent; one sign where it is one place.

    Parameters
    ----------
    book : names and marks
    flat : every place by name, on the flat map
    shift : the day as planned
    frame : the part of the map that is drawn
    details : parts that are drawn apart, and larger
    sheet : finds room for the signs; none: they stand where the nights are
    """
    for place, title in _places(book, shift).items():
        here = flat[place]
        if frame.box.holds(here) and not any(one.box.holds(here) for one in details):
            point = frame.drawn(here)
            box = Label(point.x, point.y, _SIZE, _SIZE) if sheet is None else sheet.place(point, _SIZE, _SIZE)
            yield NightMark(f"{book.marked(shift.technician_id)} · {title}", point, box)


def _places(book: Book, shift: ShiftPlan) -> dict[str, str]:
    """Return the places of a day's nights away, each with what is said of it."""
    language = book.language
    found = {}
    if morning_at(shift) is not None:
        found[shift.first_leg.from_place] = f"{FROM_THE_NIGHT[language]} {morning_words(shift, language)}"
    if evening_at(shift) is not None:
        found[shift.last_leg.to_place] = f"{NIGHT_AWAY[language]} {evening_words(shift, language)}"
    return found
