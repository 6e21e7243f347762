"""Looks at the cells of a workbook before they are read: how many, how far out, how much text, what is no value.

A reader lays a sheet out as a full rectangle and copies a shared text into every cell that names it. So it is the
rectangle and the copies that are counted here, not the bytes in the file.
"""

import re
from array import array

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.workbook.files.table import letters
from optimizer.interchange.workbook.files.xlsx_zip import bomb, refused

MAX_CELLS = 1_000_000
"""Cells of all sheets that are read, empty ones in between included."""

MAX_TEXTS = 16_000_000
"""Characters in all cells that are read."""

MAX_SHARED = 500_000
"""Texts in the table of texts."""

MAX_ROW = 200_000
"""Last row of a sheet that may be filled."""

MAX_COLUMN = 200
"""Last column of a sheet that may be filled."""

MOST_REFUSED = 5_000
"""So many formulas and joined cells are noted; with more the file is not read at all."""

_PLACE = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
_NUMBER = re.compile(r"[0-9]{1,8}")

_LONGEST_NUMBER = 20
"""Characters of a number that names a text."""


class Found:
    """What the cells of a workbook are, without their values.

    Parameters
    ----------
    name : what people call the workbook
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.lengths = array("I")  # of the texts in the table of texts
        self.filled: set[str] = set()
        self.formulas: set[tuple[str, str]] = set()
        self.faults: set[tuple[str, str]] = set()
        self.joined: list[tuple[str, str]] = []
        self.hidden: dict[str, int] = {}
        self.cells = self.texts = self.longest = 0

    def check_number(self) -> None:
        """Refuse a workbook full of what is not read."""
        if len(self.formulas) + len(self.faults) + len(self.joined) > MOST_REFUSED:
            cause = f"{self.name} has more than {MOST_REFUSED:,} formulas, errors or joined cells."
            raise refused("formula", cause, "Copy all cells and paste them as values.")

    def add_text(self, length: int) -> None:
        """Count the characters of a cell."""
        self.texts += length
        if self.texts > MAX_TEXTS:
            cause = f"{self.name} has more than {MAX_TEXTS:,} characters in its cells."
            raise refused("too-many-cells", cause, "Split the scenario, or shorten the texts.")


class SharedTexts:
    """Measures the table of texts.

    Parameters
    ----------
    found : takes the lengths
    """

    def __init__(self, found: Found) -> None:
        self.found = found
        self.length = self.sum = 0

    def begin(self, tag: str, _: dict[str, str]) -> None:
        """Look at one element."""
        if tag == "si":
            self.length = 0

    def text(self, text: str) -> None:
        """Count the characters of a text."""
        self.length += len(text)
        self.sum += len(text)

    def end(self, tag: str) -> None:
        """Note the length of a text."""
        if tag == "si":
            self.found.lengths.append(self.length)
            self.found.longest = max(self.found.longest, self.length)
            if len(self.found.lengths) > MAX_SHARED or self.sum > MAX_TEXTS:
                raise bomb(self.found.name)


class Cells:
    """Looks at the cells of one sheet.

    Parameters
    ----------
    found : takes what is found
    title : name of the sheet
    """

    def __init__(self, found: Found, title: str) -> None:
        self.found, self.title = found, title
        self.row = self.column = 0
        self.rows = self.columns = 0
        self.shared = self.inside = self.hidden = False
        self.value = ""
        self.length = 0
        self.before = found.cells

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at one element."""
        match tag:
            case "row":
                number = attributes.get("r", str(self.row + 1))
                self.row = int(number) if _NUMBER.fullmatch(number) else MAX_ROW + 1
                self.column, self.hidden = 0, attributes.get("hidden") in ("1", "true")
            case "c":
                self._place(attributes.get("r"))
                kind = attributes.get("t")
                self.shared = kind == "s"
                if kind == "e":
                    self.found.faults.add((self.title, self.cell))
                    self.found.check_number()
            case "v" | "is":
                self.inside, self.value, self.length = True, "", 0
                self._count()
            case "f":
                self.found.formulas.add((self.title, self.cell))
                self.found.check_number()
            case "mergeCell":
                self.found.joined.append((self.title, attributes.get("ref", "")[:20]))
                self.found.check_number()

    def text(self, text: str) -> None:
        """Take the text of a value."""
        if self.inside:
            self.length += len(text)
            self.value += text if self.shared and len(self.value) < _LONGEST_NUMBER else ""

    def end(self, tag: str) -> None:
        """Count the text of a value."""
        if tag in ("v", "is") and self.inside:
            self.inside = False
            self.found.add_text(self._shared_length() if self.shared else self.length)

    def _shared_length(self) -> int:
        """Return the length of the text a cell names; of an odd name the worst is assumed."""
        lengths, number = self.found.lengths, self.value.strip()
        if _NUMBER.fullmatch(number) and int(number) < len(lengths):
            return lengths[int(number)]
        return self.found.longest

    @property
    def cell(self) -> str:
        """Name of the cell, e.g. F12."""
        return f"{letters(self.column - 1)}{self.row}"

    def _place(self, said: str | None) -> None:
        """Take a cell's place from its name; one without a name stands behind the one before."""
        self.column += 1
        if said is None:
            return
        found = _PLACE.fullmatch(said)
        if not found:
            raise self._out_of_reach(said)
        self.column, self.row = _number(found[1]), int(found[2])

    def _count(self) -> None:
        if self.row > MAX_ROW or self.column > MAX_COLUMN:
            raise self._out_of_reach(self.cell)
        if self.hidden:
            self.hidden = False  # once a row
            self.found.hidden[self.title] = self.found.hidden.get(self.title, 0) + 1
        self.found.filled.add(self.title)
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        self.found.cells = self.before + self.rows * self.columns
        if self.found.cells > MAX_CELLS:
            cause = f"Up to this cell there are more than {MAX_CELLS:,} cells, empty ones included."
            action = "Delete everything outside the tables, or give large matrices as a file of their own."
            raise InvalidInput((Issue("too-many-cells", f"{self.title}!{self.cell}", cause, action),))

    def _out_of_reach(self, cell: str) -> InvalidInput:
        cause = f"The cell lies beyond row {MAX_ROW:,} or column {MAX_COLUMN}."
        action = "Delete everything outside the table."
        return InvalidInput((Issue("cell-out-of-reach", f"{self.title}!{cell[:20]}", cause, action),))


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number
