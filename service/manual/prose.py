"""Descriptions as HTML: paragraphs, **bold**, `code`; what else looks like a mark stays as it is."""

import inspect
import re
from typing import Final

from markupsafe import Markup, escape

_MARKS: Final = re.compile(r"``(?P<both>[^`]+)``|`(?P<code>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*")


def line(text: str) -> Markup:
    """Return a piece of text with its marks as HTML.

    Parameters
    ----------
    text : the text; everything in it is escaped
    """
    pieces: list[Markup] = []
    at = 0
    for mark in _MARKS.finditer(text):
        pieces.append(escape(text[at : mark.start()]))
        code = mark["both"] or mark["code"]
        tag = Markup("<code>{}</code>") if code else Markup("<b>{}</b>")
        pieces.append(tag.format(code or mark["bold"]))
        at = mark.end()
    pieces.append(escape(text[at:]))
    return Markup("").join(pieces)


def paragraphs(text: str) -> tuple[Markup, ...]:
    """Return a text's paragraphs as HTML.

    Parameters
    ----------
    text : paragraphs with empty lines between them
    """
    return tuple(line(" ".join(one.split())) for one in inspect.cleandoc(text).split("\n\n") if one.strip())


def breakable(path: str) -> Markup:
    """Return an address that may go on in the next line after each slash.

    Parameters
    ----------
    path : the address
    """
    return Markup("/<wbr>").join(path.split("/"))
