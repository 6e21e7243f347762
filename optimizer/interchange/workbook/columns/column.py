"""What a sheet of the workbook is, and what a column: the words of the table in `sheets`."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from optimizer.domain.base import Record
from optimizer.domain.scenario import Scenario
from optimizer.interchange.source_text import Path
from optimizer.words.language import Language

Kind = Literal[
    "text",  # kept to the letter
    "word",  # an id or a name; spaces around it do not count
    "number",
    "whole",
    "yes/no",
    "day",
    "clock",
    "moment",
    "choice",
    "words",  # a list
    "wholes",
    "days",
    "levels",  # word: number; word: number
    "skills",  # the same; the kind of work may stand in Chinese
    "no list",  # yes: there is a list, and it is empty
    "no table",
    "value",  # whatever a rule's parameter takes
]
"""How the cells of a column are read and written."""

Choices = dict[str, str]
"""Word of the scenario file → Chinese word."""


@dataclass(frozen=True, eq=False)  # a column is itself alone: two sheets may have one of the same name
class Column:
    """One column: its names, the field behind it, how its cells are read.

    Parameters
    ----------
    name : English header
    zh : Chinese header
    path : fields from the sheet's record to the value; empty: the whole entry
    kind : how cells are read and written
    example : a cell as a person would write it
    choices : the words a cell may hold
    refers : sheet whose first column lists what a cell may name
    shown : written also where an empty cell would mean the same
    """

    name: str
    zh: str
    path: Path
    kind: Kind = "word"
    example: str = ""
    choices: Choices | None = None
    refers: str = ""
    shown: bool = False

    def header(self, language: Language) -> str:
        """Return the header in a language."""
        return self.zh if language == "zh" else self.name


Form = Literal[
    "facts",  # one fact a row
    "list",  # a row is one more entry of a list
    "entry",  # a row is one entry of a table, by its name
    "more",  # a row says more about something that has a row on another sheet
    "rules",
    "matrix",
]
"""What a row stands for."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: what a row stands for and which columns it has.

    Parameters
    ----------
    name : English name
    zh : Chinese name
    form : what a row stands for
    record : the record that the paths of the columns start from
    at : fields from the parent's record (or the scenario) to the list or table
    columns : the columns
    parent : sheet whose row this row belongs to; empty: none
    parent_columns : what names the parent's row
    entry : names an entry of a table
    identity : names of columns by which other sheets name a row, after the parent's
    everyday : people fill it in on most days
    skip : entries at the head of the list that stand on another sheet
    most : rows at most
    """

    name: str
    zh: str
    form: Form
    record: type[Record]
    at: tuple[str, ...]
    columns: tuple[Column, ...]
    parent: str = ""
    parent_columns: tuple[Column, ...] = ()
    entry: Column | None = None
    identity: tuple[str, ...] = ()
    everyday: bool = False
    skip: int = 0
    most: int = 100_000

    @property
    def required(self) -> bool:
        """The sheet has to be there, even without a row."""
        field = field_at(Scenario, self.at) if self.form == "list" and not self.parent else None
        return field is not None and field.is_required()

    def title(self, language: Language) -> str:
        """Return the sheet's name in a language."""
        return self.zh if language == "zh" else self.name

    def all_columns(self) -> tuple[Column, ...]:
        """Return every column in order: what the row belongs to, its name, its facts."""
        return self.parent_columns + ((self.entry,) if self.entry else ()) + self.columns

    def described(self, column: Column) -> str:
        """Return what a column means, in the words of the record's own documentation."""
        if column in self.parent_columns:
            return f"Which row of the sheet {self.parent!r} this belongs to."
        if column is self.entry or not column.path:
            table = field_at(self.record, self.at) or field_at(Scenario, self.at)
            return (table.description if table else "") or ""
        field = field_at(self.record, column.path)
        return (field.description if field else "") or ""

    def needed(self, column: Column) -> bool:
        """Tell whether every row has to fill a column in."""
        if column in self.parent_columns or column is self.entry:
            return True
        if not column.path:
            return column.kind == "whole"
        steps = [field_at(self.record, column.path[: i + 1]) for i in range(len(column.path))]
        return all(step is not None and step.is_required() for step in steps)


def field_at(record: type[BaseModel], path: Path) -> FieldInfo | None:
    """Return the field that a path leads to; none where it ends at an entry of a list or table."""
    found: FieldInfo | None = None
    here: Any = record
    for part in path:
        if isinstance(part, int):
            found = None
            continue  # the entry of a list; its record stands in `here` already
        found = (
            here.model_fields.get(part) if isinstance(here, type) and issubclass(here, BaseModel) else None
        )
        if found is None:
            return None
        here = next(_records(found.annotation), None)
    return found


def _records(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, UnionType, tuple, dict):
        for inner in get_args(annotation):
            yield from _records(inner)
