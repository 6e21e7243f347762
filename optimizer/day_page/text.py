"""Other people's text on the page: made harmless, and cut to the room there is."""

import unicodedata
from typing import Final

from optimizer.words.free_text import harmless

_WIDE_EM: Final = 1.0
_NARROW_EM: Final = 0.56
_BOLD_EM: Final = 0.68  # of the widest fonts that systems bring


def shown(text: str) -> str:
    """Return text that cannot steer a page: line breaks become spaces, invisible controls a replacement mark.

    Tags are not looked at here: the templates escape everything they print.
    """
    return harmless(text)


def fitted(text: str, room: float, size: float) -> str:
    """Return text cut to a width, with an ellipsis where something is missing; empty where nothing fits.

    Parameters
    ----------
    text : what is to be written
    room : width there is, in the drawing's units
    size : height of the letters, in the same units
    """
    clean = shown(text)
    if width(clean, size) <= room:
        return clean
    kept = ""
    for mark in clean:
        if width(kept + mark + "…", size) > room:
            break
        kept += mark
    return f"{kept}…" if len(kept) > 1 else ""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is; Chinese characters are as wide as high.

    Parameters
    ----------
    text : what is to be written
    size : height of the letters
    bold : whether the letters are bold
    """
    wide = sum(unicodedata.east_asian_width(mark) in "WF" for mark in text)
    return size * (wide * _WIDE_EM + (len(text) - wide) * (_BOLD_EM if bold else _NARROW_EM))


def in_stylesheet(text: str) -> str:
    """Write text as a style sheet's string; whatever is no plain letter or digit becomes its number."""
    marks = (mark if mark.isascii() and mark.isalnum() else f"\\{ord(mark):06x}" for mark in shown(text))
    return f'"{"".join(marks)}"'
