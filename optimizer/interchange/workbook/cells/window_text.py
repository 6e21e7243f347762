"""A window that somebody wrote into one cell: ``14:00-16:00`` in the column of its start."""

import re
import unicodedata
from typing import Final

from optimizer.interchange.workbook.cells.read_time import day_before, is_clock
from optimizer.interchange.workbook.columns.column import Column, Sheet

_BETWEEN: Final = re.compile(r"\s*(?:[-–—~〜]|至|到)\s*")
_AFTERNOON: Final = re.compile(r"\s*(下午|晚上)")
_MOST_MARKS: Final = 80
"""A longer text is no window; looking for one in it could take long."""


def end_of(column: Column, sheet: Sheet) -> Column | None:
    """Return the column with the end of the window that a column starts, or none."""
    if column.kind != "moment" or column.path[-1:] != ("start",):
        return None
    return next((one for one in sheet.columns if one.path == (*column.path[:-1], "end")), None)


def both_ends(text: str) -> tuple[str, str, str] | None:
    """Return day (empty: none is said), start and end of a window in one text; none: it is not one.

    Parameters
    ----------
    text : e.g. ``14:00-16:00``, ``2026-07-15 14:00–16:00`` or ``下午2点到4点``
    """
    if len(text) > _MOST_MARKS:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    day = day_before(plain)
    parts = _BETWEEN.split(plain[len(day) :].strip())
    if len(parts) != 2 or plain[len(day) :].startswith("T"):  # with a T it is an offset: 09:00-05:00
        return None
    start, end = parts
    if start.isdigit() and end[-1:] in ("点", "时"):  # 14-16点
        start += end[-1]
    half = _AFTERNOON.match(start)
    if half and re.match(r"\d", end):  # 下午2点到4点
        end = half[1] + end
    return (day.strip(), start, end) if is_clock(start) and is_clock(end) else None
