"""Looks through a workbook before anything is made of it: sizes, entities, cells, formulas, joined cells.

A workbook is a zip of XML files. Sizes are taken from the zip's directory first, which may lie, and counted again
while reading. The XML is walked event by event and nothing is kept of it.
"""

import zipfile
import zlib
from collections.abc import Iterator

from optimizer.interchange.workbook.cells.read_cell import shown
from optimizer.interchange.workbook.files.xlsx_cells import Cells, Found, SharedTexts
from optimizer.interchange.workbook.files.xlsx_zip import (
    MAX_RATIO,
    MAX_UNPACKED,
    SMALL,
    bomb,
    no_zip,
    open_zip,
    refused,
)
from optimizer.interchange.workbook.files.xml_walk import Listener, walk
from optimizer.interchange.workbook.reading.header import sheet_named

MAX_BYTES = 32 * 1024 * 1024
"""Larger files are refused: 32 MB."""

MAX_BESIDES = 16 * 1024 * 1024
"""Formats, names, comments, …: any part that holds no cells and no texts, unpacked."""

_TEXTS = "xl/sharedstrings.xml"
_CHUNK = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_workbook(content: bytes, name: str) -> Found:
    """Refuse a workbook that is no workbook or too large, and return what its cells are.

    Parameters
    ----------
    content : the file
    name : what people call it

    Raises
    ------
    InvalidInput
        It must not be read; says why.
    """
    if content.startswith(_OLE):
        cause = f"{name} is an old .xls file or protected by a password."
        raise refused("not-a-workbook", cause, "Save it as .xlsx without a password.")
    archive, parts = open_zip(content, name)
    try:
        with archive:
            return _Scan(archive, parts, name).run()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise no_zip(name) from None


class _Scan:
    """Walks through all XML of a workbook."""

    def __init__(self, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> None:
        self.archive, self.parts, self.name = archive, parts, name
        self.unpacked = 0
        self.found = Found(name)

    def run(self) -> Found:
        """Walk through every part; the table of texts comes first, for the cells name its texts."""
        titles = self._titles()
        if _TEXTS in self.parts:
            texts = SharedTexts(self.found)
            self._walk(_TEXTS, Listener(texts.begin, texts.end, texts.text))
        for part in self.parts:
            if part in titles:
                self._walk(part, self._listener(titles[part]))
            elif part != _TEXTS and part.endswith((".xml", ".rels", ".vml")):
                self._walk(part, Listener(), MAX_BESIDES)
            elif part != _TEXTS:
                for _ in self._pieces(part):
                    pass  # macros, pictures: counted, never used
        return self.found

    def _listener(self, title: str) -> Listener:
        """Return who looks at a sheet: of one that is not read it only matters whether it is empty."""
        if sheet_named(title) is not None:
            cells = Cells(self.found, title)
            return Listener(cells.begin, cells.end, cells.text)

        def begin(tag: str, _: dict[str, str]) -> None:
            if tag in ("v", "is"):
                self.found.filled.add(title)

        return Listener(begin)

    def _walk(self, part: str, listener: Listener, most: int = MAX_UNPACKED) -> None:
        walk(self._pieces(part, most), self.name, listener)

    def _pieces(self, name: str, most: int = MAX_UNPACKED) -> Iterator[bytes]:
        """Yield a part piece by piece; what the directory says about its size is not believed."""
        size, part = 0, self.parts[name]
        with self.archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                self.unpacked += len(piece)
                tight = size > SMALL and size > MAX_RATIO * max(part.compress_size, 1)
                if tight or size > most or self.unpacked > MAX_UNPACKED:
                    raise bomb(self.name)
                yield piece

    def _titles(self) -> dict[str, str]:
        """Return the name of each sheet by the part it stands in; a sheet that is read must have a part."""
        names: list[tuple[str, str]] = []
        targets: dict[str, str] = {}

        def sheets(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                names.append((link, attributes.get("name", "")))

        def links(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/").lower().removeprefix("/")
                targets[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"

        self._walk("xl/workbook.xml", Listener(sheets), MAX_BESIDES)
        if "xl/_rels/workbook.xml.rels" in self.parts:
            self._walk("xl/_rels/workbook.xml.rels", Listener(links), MAX_BESIDES)
        titles = {targets[link]: name for link, name in names if targets.get(link) in self.parts}
        lost = [name for link, name in names if titles.get(targets.get(link, "")) != name]
        if lost:
            cause = f"{self.name} is damaged: the sheet {shown(lost[0])} is not in it, or shares its cells."
            raise refused("not-a-workbook", cause, "Save it anew as .xlsx.")
        return titles
