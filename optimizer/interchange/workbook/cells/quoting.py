"""Text that a cell cannot hold as it is stands in quotes, as in JSON, and reads back to the letter.

That concerns control characters (XML has no room for them), spaces at the ends of names, and separators inside the
entries of a list. Text in quotes that did not need them keeps its quotes.
"""

import json
import re
from collections.abc import Iterator

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""Characters that XML, CSV or a reader on the way would change, and what spreadsheets take for an escape."""

CUT = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]{2,3}")
"""What a spreadsheet leaves of a long telephone number or id: 1.39E+10."""

FORMULA_MARKS = frozenset("=+-@\t\r\n'＝＋－＠")
"""A CSV cell that begins so is taken for a formula by some program, or for a text behind an apostrophe."""

_SEPARATORS = re.compile(r"[;；,，、\n]")
_ITEM = re.compile(r'\s*("(?:[^"\\]|\\.)*"(?=\s*(?:[:：]|[;；,，、\n]|$))|[^;；,，、\n]*)')


def quoted(text: str, *, outer_spaces: bool = True) -> str:
    """Return a text as it stands in a cell.

    Parameters
    ----------
    text : the text
    outer_spaces : spaces at the ends count; otherwise a reader drops them unless they are quoted
    """
    return _json(text) if _needs(text, outer_spaces=outer_spaces) else text


def unquoted(cell: str, *, outer_spaces: bool = True) -> str:
    """Return the text of a cell: the opposite of `quoted`."""
    cell = cell if outer_spaces else cell.strip()
    text = _opened(cell)
    return cell if text is None or not _needs(text, outer_spaces=outer_spaces) else text


def quoted_item(text: str) -> str:
    """Return one entry of a list, in quotes where it would not come back otherwise."""
    plain = text == text.strip() and text and not _UNFIT.search(text)
    if plain and not _SEPARATORS.search(text) and not re.search(r'[:："]', text):
        return text
    return _json(text)


def items(cell: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of a list: the entry's text, and what follows its closing quote (else empty)."""
    at = 0
    while at <= len(cell):
        found = _ITEM.match(cell, at)
        piece, at = (found[1], found.end()) if found else ("", len(cell))
        end = _SEPARATORS.search(cell, at)
        rest, at = (cell[at : end.start()], end.end()) if end else (cell[at:], len(cell) + 1)
        text = _opened(piece.strip())
        if text is not None:
            yield text, rest.strip()
        elif (piece + rest).strip():
            yield (piece + rest).strip(), ""


def _needs(text: str, *, outer_spaces: bool) -> bool:
    if _UNFIT.search(text) or CUT.fullmatch(text.strip()) or (not outer_spaces and text != text.strip()):
        return True
    inner = _opened(text)
    return inner is not None and _needs(inner, outer_spaces=outer_spaces)


def _opened(cell: str) -> str | None:
    """Return what stands in a JSON text; none: it is not one."""
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return None
    try:
        text = json.loads(cell)
    except ValueError:
        return None
    return text if isinstance(text, str) and _sound(text) else None


def _sound(text: str) -> bool:
    return not any("\ud800" <= mark <= "\udfff" for mark in text)  # half a character


def _json(text: str) -> str:
    plain = json.dumps(text, ensure_ascii=False)
    return re.sub(_UNFIT, lambda unfit: f"\\u{ord(unfit[0][0]):04x}{unfit[0][1:]}", plain)
