"""Walks through XML event by event; nothing is kept of it, and nothing in it may declare anything."""

from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.parsers import expat

from optimizer.interchange.workbook.files.xlsx_zip import refused

MAX_DEPTH = 60
"""Nesting of XML elements."""

MAX_TAG = 1024 * 1024
"""Bytes of one tag, comment or instruction."""


def _nobody(*_: object) -> None:
    """Hear an event nobody asked for."""


class Listener(NamedTuple):
    """Who is told what stands in the XML."""

    begin: Callable[[str, dict[str, str]], None] = _nobody
    """Is told each element, without its prefix, and its attributes."""
    end: Callable[[str], None] = _nobody
    """Is told where an element ends."""
    text: Callable[[str], None] | None = None
    """Is told all text."""


def walk(pieces: Iterable[bytes], name: str, listener: Listener) -> None:
    """Walk through an XML file.

    Parameters
    ----------
    pieces : the file
    name : what people call the workbook
    listener : is told what stands there

    Raises
    ------
    InvalidInput
        It is not sound XML, is nested too deeply, has a tag without end, or declares entities.
    """
    depth = 0

    def declared(*_: object) -> None:
        cause = f"{name} declares a document type or entities."
        raise refused("xml-entities", cause, "Save it anew in your spreadsheet program.")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise refused("too-deep", f"{name} nests its XML too deeply.", "Save it anew as .xlsx.")
        listener.begin(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(tag.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if listener.text is not None:
        parser.CharacterDataHandler = listener.text
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            # What is not understood yet is kept, and looked through again with every piece.
            if fed - parser.CurrentByteIndex > MAX_TAG:
                cause = f"{name} holds a tag of more than {MAX_TAG // 1024**2} MB."
                raise refused("tag-too-long", cause, "Save it anew as .xlsx.")
        parser.Parse(b"", True)
    except expat.ExpatError:
        cause = f"{name} is damaged: a part of it is no XML."
        raise refused("not-a-workbook", cause, "Save it anew as .xlsx.") from None
