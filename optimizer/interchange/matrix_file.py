"""Reads travel times from a file beside the scenario: ``travel.matrices: {car: {file: car.csv}}``.

A CSV file has one drive a line under the heading ``from,to,seconds,metres``; a JSON file holds a `Matrix`. The file
stands in the scenario's folder or below it; whoever sends a scenario cannot have other files of the machine read.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import islice
from pathlib import Path as FilePath
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from pydantic import ValidationError

from optimizer.domain.travel import LONGEST_DRIVE_M, LONGEST_DRIVE_S, Matrix
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.source_text import SourceText, Value, parse_path, spell
from optimizer.interchange.text_file import read_text

COLUMNS: Final = ("from", "to", "seconds", "metres")
"""Heading of a CSV file, in any order."""

_LIMITS: Final = {"seconds": LONGEST_DRIVE_S, "metres": LONGEST_DRIVE_M}
_LONGEST_NAME: Final = 200
_MOST_ISSUES: Final = 200
_NAMED: Final = 5  # more missing pairs are counted, not named
_EMPTY: Final[Value] = {"places": [], "seconds": [], "metres": []}


@dataclass(frozen=True)
class MatrixFiles:
    """A scenario's text with its matrix files put in.

    Parameters
    ----------
    source : the values; where a file could not be read, an empty matrix stands in
    issues : everything wrong with the files
    unread : paths of the matrices that stand in
    """

    source: SourceText
    issues: tuple[Issue, ...] = ()
    unread: tuple[str, ...] = ()

    def without_followers(self, issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
        """Return issues of the scenario without those that only say that an unread matrix is empty."""
        return tuple(one for one in issues if not one.path.startswith(self.unread)) if self.unread else issues


def with_matrix_files(source: SourceText, folder: FilePath | None) -> MatrixFiles:
    """Put every matrix that a scenario names by its file into the scenario.

    Parameters
    ----------
    source : the scenario's values
    folder : where the scenario stands; none: it came without a folder, and files cannot be named
    """
    value = source.value
    travel = value.get("travel") if isinstance(value, dict) else None
    matrices = travel.get("matrices") if isinstance(travel, dict) else None
    if not (isinstance(value, dict) and isinstance(travel, dict) and isinstance(matrices, dict)):
        return MatrixFiles(source)
    resolved: dict[str, Value] = {}
    issues: list[Issue] = []
    unread: list[str] = []
    for means, given in matrices.items():
        if not (isinstance(given, dict) and "file" in given):
            resolved[means] = given
            continue
        path = spell(("travel", "matrices", means))
        try:
            resolved[means] = _resolved(given, path, folder)
        except InvalidInput as error:
            issues += [
                one if one.line is not None else replace(one, line=source.line(parse_path(one.path)))
                for one in error.issues
            ]
            unread.append(path)
            resolved[means] = _EMPTY
    changed = replace(source, value={**value, "travel": {**travel, "matrices": resolved}})
    return MatrixFiles(changed, tuple(issues), tuple(unread))


def read_matrix_csv(text: str, name: str) -> Matrix:
    """Read a matrix from one drive a line.

    Parameters
    ----------
    text : the file's content; the way from a place to itself may be left out
    name : what the file is called in errors

    Raises
    ------
    InvalidInput
        A line cannot be used, stands twice, or pairs are missing; lists all.
    """
    drives = _Drives(name)
    try:
        drives.read(text)
    except csv.Error as error:
        cause = f"The line cannot be read as CSV: {error}."
        drives.note("csv-syntax", drives.line, cause, "Check its quotes.")
    if not drives.issues:
        drives.look_for_missing_pairs()
    if drives.issues:
        raise InvalidInput(tuple(drives.issues))
    return drives.matrix()


def _resolved(given: dict[str, Value], path: str, folder: FilePath | None) -> Value:
    others = [key for key in given if key != "file"]
    if others:
        cause = f"Beside a file, {others[0]!r} cannot be given."
        raise _refused("file-and-matrix", path, cause, "Give either the file or the matrix itself.")
    name = given["file"]
    here = f"{path}.file"
    if not isinstance(name, str) or not name or not name.isprintable():
        raise _refused("file-name", here, "This is no name of a file.", "Write a name such as car.csv.")
    if folder is None:
        cause = "The scenario does not come from a file, so it has no folder with further files."
        raise _refused("no-folder", here, cause, "Write the matrix itself, or save the scenario as a file.")
    text = _text_inside(folder, name, here)
    if name.lower().endswith(".json"):
        return _json_matrix(text, name)
    matrix = read_matrix_csv(text, name)
    return {
        "places": list(matrix.places),
        "seconds": [list(row) for row in matrix.seconds],
        "metres": [list(row) for row in matrix.metres],
    }


def _text_inside(folder: FilePath, name: str, path: str) -> str:
    """Return the content of a file that stands in a folder or below it, wherever links lead."""
    pure = PurePosixPath(name)
    outside = pure.is_absolute() or PureWindowsPath(name).anchor or ".." in PureWindowsPath(name).parts
    try:
        root = folder.resolve()
        file = (root / pure).resolve()
        if outside or not file.is_relative_to(root):
            cause = f"The file {name!r} is not in the scenario's folder."
            raise _refused("file-outside", path, cause, "Put it beside the scenario and give its name.")
        if not file.is_file():
            cause = f"There is no file {name!r} in the scenario's folder."
            raise _refused("file-not-found", path, cause, "Check the name; it is relative to the scenario.")
    except (OSError, ValueError, RuntimeError):  # too long, a link in a circle, not ours to look at
        cause = f"The file {name!r} cannot be reached."
        raise _refused("file-unreadable", path, cause, "Check the name and its rights.") from None
    try:
        return read_text(str(file))
    except InvalidInput as error:
        raise InvalidInput(tuple(replace(one, path=name) for one in error.issues)) from None


def _json_matrix(text: str, name: str) -> Value:
    source = read_json(text)
    if not source.issues:
        try:
            Matrix.model_validate(source.value)
        except ValidationError as error:
            source.lines = json_lines(text).lines
            source.issues += record_issues(error, source, Matrix)
    if source.issues:
        raise InvalidInput(tuple(_in_file(one, name) for one in source.issues[:_MOST_ISSUES]))
    return source.value


def _in_file(issue: Issue, name: str) -> Issue:
    return replace(issue, path=f"{name}: {issue.path}" if issue.path else name, line=issue.line or 1)


@dataclass
class _Drives:
    """The drives of a CSV file as far as they are read."""

    name: str
    row_of: dict[str, int] = field(default_factory=dict)
    values: dict[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)
    """(from, to) rows → seconds, metres, line."""
    issues: list[Issue] = field(default_factory=list)
    line: int = 1

    def note(self, code: str, line: int, cause: str, action: str) -> None:
        if len(self.issues) < _MOST_ISSUES:
            self.issues.append(Issue(code, self.name, cause, action, line))

    def read(self, text: str) -> None:
        rows = csv.reader(StringIO(text, newline=""), strict=True)
        heading = [cell.strip().lower() for cell in next(rows, [])]
        if sorted(heading) != sorted(COLUMNS):
            cause = f"The heading is {','.join(heading)[:80]!r}."
            self.note("csv-heading", 1, cause, f"The first line must be {','.join(COLUMNS)}.")
            return
        for cells in rows:
            self.line = rows.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(COLUMNS):
                cause = f"The line has {len(cells)} cells."
                self.note("csv-cells", self.line, cause, f"Give {len(COLUMNS)}: {', '.join(heading)}.")
                continue
            self._add(dict(zip(heading, (cell.strip() for cell in cells), strict=True)))

    def _add(self, cells: dict[str, str]) -> None:
        names = [self._place(cells, end) for end in ("from", "to")]
        numbers = [self._number(cells, column) for column in _LIMITS]
        if None in names or None in numbers:
            return
        a, b = (self.row_of.setdefault(str(one), len(self.row_of)) for one in names)
        seconds, metres = (int(one or 0) for one in numbers)
        if (a, b) in self.values:
            cause = f"The drive from {names[0]} to {names[1]} already stands in line {self.values[a, b][2]}."
            self.note("duplicate-drive", self.line, cause, "Keep one of the two.")
            return
        self.values[a, b] = (seconds, metres, self.line)

    def _place(self, cells: dict[str, str], end: str) -> str | None:
        name = cells[end]
        if 1 <= len(name) <= _LONGEST_NAME and name.isprintable():
            return name
        action = "Write a name such as branch:B1, home:T1 or job:J1."
        self.note("place-name", self.line, f"{end!r} is no name of a place.", action)
        return None

    def _number(self, cells: dict[str, str], column: str) -> int | None:
        text, most = cells[column], _LIMITS[column]
        if text.isascii() and text.isdigit() and len(text) <= 18 and int(text) <= most:
            return int(text)
        cause = f"{column} is {text[:40]!r}."
        self.note("whole-number", self.line, cause, f"Write a whole number from 0 to {most:,}.")
        return None

    def look_for_missing_pairs(self) -> None:
        size = len(self.row_of)
        found = sum(a != b for a, b in self.values)
        missing = size * (size - 1) - found
        if missing:
            some = [f"{a} to {b}" for a, b in islice(self._missing(), _NAMED)]
            more = f" and {missing - len(some):,} more" if missing > len(some) else ""
            drives = "drive is" if missing == 1 else "drives are"
            cause = f"{missing:,} {drives} missing: {', '.join(some)}{more}."
            self.note("missing-drives", self.line, cause, "Give both directions between all places.")
        elif not size:
            self.note("missing-drives", self.line, "There is no drive.", "Give one line for each drive.")

    def _missing(self) -> Iterator[tuple[str, str]]:
        for here, a in self.row_of.items():
            for there, b in self.row_of.items():
                if a != b and (a, b) not in self.values:
                    yield here, there

    def matrix(self) -> Matrix:
        rows = range(len(self.row_of))
        at = self.values.get
        table = [[at((a, b), (0, 0, 0)) for b in rows] for a in rows]
        return Matrix(
            places=tuple(self.row_of),
            seconds=tuple(tuple(cell[0] for cell in row) for row in table),
            metres=tuple(tuple(cell[1] for cell in row) for row in table),
        )


def _refused(code: str, path: str, cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue(code, path, cause, action),))
