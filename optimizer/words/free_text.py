"""Other people's text, made harmless: nothing in it steers a terminal, a printer, a page or a spreadsheet.

Tags and formulas are not looked at here: how those are made harmless depends on what the text is written into.
"""

import unicodedata
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
"""What stands for a sign that was taken out."""

_JOINERS: Final = frozenset("\u200c\u200d")  # hold emoji and letters of some scripts together


def harmless(text: str, *, keep_lines: bool = False) -> str:
    """Return text without signs that steer a program or hide what stands there.

    Control signs, and invisible ones such as those that turn the direction of writing, become a replacement mark;
    white space becomes a space. Letters of every script, rare names among them, and emoji stay as they are.

    Parameters
    ----------
    text : anybody's text
    keep_lines : keep line breaks, all written the same; otherwise they are white space as well
    """
    if keep_lines:
        return "\n".join(
            harmless(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        )
    if text.isprintable():  # the usual case, and much the quickest test
        return text
    return "".join(_harmless(sign) for sign in text)


def one_line(text: str, longest: int | None = None) -> str:
    """Return harmless text in one line, runs of white space as one space.

    Parameters
    ----------
    text : anybody's text
    longest : most signs, the last one an ellipsis where something is cut off; none: all of them
    """
    line = harmless(" ".join(text.split()))
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1]}…"


def _harmless(sign: str) -> str:
    if sign.isprintable() or sign in _JOINERS:
        return sign
    if sign.isspace():
        return " "
    return REPLACEMENT if _steers(sign) else sign


def _steers(sign: str) -> bool:
    # Surrogates and code points that stand for nothing cannot be written as XML. What Python does not know yet, or
    # a region has for itself, may be a letter of somebody's name.
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs") or ord(sign) & 0xFFFE == 0xFFFE
