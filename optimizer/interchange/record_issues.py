"""Turns pydantic's complaints about a record into issues that say what is wrong and what to do."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from optimizer.errors import Issue
from optimizer.interchange.source_text import Path, SourceText, Value, spell

_ACTIONS = {
    "missing": "Add it.",
    "bool": "Write true or false.",
    "int": "Write a whole number, without quotes.",
    "float": "Write a number, without quotes.",
    "string": "Write text; put it into quotes if it looks like a number.",
    "date": "Write the day as YYYY-MM-DD, e.g. 2026-07-15.",
    "time": "Write the local time as HH:MM, e.g. 09:00.",
    "datetime": "Write the moment with its offset, e.g. 2026-07-15T09:00:00+08:00.",
    "timezone": "Add the offset from UTC at the end, e.g. 2026-07-15T09:00:00+08:00.",
    "tuple": "Write a list.",
    "list": "Write a list.",
    "dict": "Write a mapping: one `key: value` for each entry.",
    "model": "Write the fields of this record as `field: value`.",
    "literal": "Write one of these words exactly.",
    "too": "Change the number of entries.",
    "greater": "Change the number.",
    "less": "Change the number.",
    "finite": "Write an ordinary number.",
    "none": "Leave it out or write null.",
}
"""What to do, by the first word of pydantic's error type."""


def record_issues(error: ValidationError, source: SourceText, record: type[BaseModel]) -> Iterator[Issue]:
    """Yield one issue for each complaint, with path and line.

    Parameters
    ----------
    error : what pydantic found
    source : the values that were read, with their lines
    record : the record they were meant to be; its field names serve for suggestions
    """
    known = frozenset(name for one in records_of(record) for name in one.model_fields)
    for complaint in error.errors(include_url=False):
        kind = complaint["type"]
        path, value = _real_path(complaint["loc"], source.value, keep_last=kind == "missing")
        if _says_nothing_new(kind, value, complaint.get("ctx", {})):
            continue
        if isinstance(value, str) and "\x00" in value:
            kind = "nul"
        yield Issue(
            code=kind.replace("_", "-") if kind != "value_error" else "contradiction",
            path=spell(path),
            cause=cause_of(kind, complaint["msg"], path, complaint.get("ctx", {})),
            action=action_of(kind, complaint["msg"], path, known),
            line=source.line(path),
        )


def _says_nothing_new(kind: str, value: Value, limits: dict[str, Any]) -> bool:
    """Tell whether a complaint only follows from others, which are listed too."""
    if kind == "too_short":  # pydantic does not count entries that are wrong themselves
        return isinstance(value, list | dict) and len(value) >= int(limits["min_length"])
    return kind == "literal_error" and isinstance(value, list | dict)  # the other member of a union was meant


def _real_path(loc: tuple[str | int, ...], value: Value, *, keep_last: bool) -> tuple[Path, Value]:
    """Return the path in the file, and what stands there.

    Names that pydantic puts into a path for members of a union stand in no file and are dropped.
    """
    path: list[str | int] = []
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(value, dict) and part in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        elif not (last and keep_last):
            continue
        path.append(part)
    return tuple(path), value


def cause_of(kind: str, message: str, path: Path, limits: Mapping[str, Any]) -> str:
    """Return what is wrong, one sentence.

    Parameters
    ----------
    kind : pydantic's error type, or ``nul``
    message : pydantic's own words
    path : where it stands
    limits : what pydantic says of the limits that were not kept
    """
    name = path[-1] if path else "file"
    if kind == "missing":
        return f"The field {name!r} is missing."
    if kind == "extra_forbidden":
        return f"The field {name!r} is not known here."
    if kind == "nul":
        return "The text holds a NUL character."
    if kind == "string_pattern_mismatch":
        return "The text is empty or has a space at one end."
    if kind == "too_short":
        return f"There are {limits['actual_length']} entries; at least {limits['min_length']} are needed."
    if kind == "too_long":
        return f"There are more than {limits['max_length']:,} entries."
    if kind == "union_tag_invalid":
        field, known = (str(limits[one]).replace("'", "") for one in ("discriminator", "expected_tags"))
        return f"There is no {field} {limits['tag']!r}; there are {known}."
    if kind in ("model_type", "model_attributes_type"):
        return "A record with named fields is expected here."
    text = message.removeprefix("Value error, ").replace("Input should", "The value should")
    if kind == "value_error" and ";" in text:
        text = text.split(";", 1)[0]
    return text[:1].upper() + text[1:].rstrip(".") + "."


def action_of(
    kind: str, message: str, path: Path, known: frozenset[str], book: str = "See `paigong schema`."
) -> str:
    """Return what to do about it, one sentence.

    Parameters
    ----------
    kind : pydantic's error type, or ``nul``
    message : pydantic's own words
    path : where it stands
    known : names of fields, for suggestions
    book : where the fields are described, one sentence
    """
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(path[-1]), known - {str(path[-1])}, n=1)
        return f"Did you mean {near[0]!r}?" if near else f"Remove it, or {book[:1].lower()}{book[1:]}"
    if kind == "union_tag_invalid":
        tag, _, tags = message.removeprefix("Input tag '").partition("' found using ")
        near = difflib.get_close_matches(tag, tags.split(": ", 1)[-1].replace("'", "").split(", "), n=1)
        return f"Did you mean {near[0]!r}?" if near else book
    if kind == "nul":
        return "Remove it."
    if kind == "string_pattern_mismatch":
        return "Remove the spaces."
    if kind == "value_error" and ";" in message:
        advice = message.split(";", 1)[1].strip()
        return advice[:1].upper() + advice[1:].rstrip(".") + "."
    first, *rest = kind.split("_")
    if "from" in rest or "parsing" in rest or "type" in rest:
        return _ACTIONS.get(first, book)
    if first == "string":
        return "Shorten or lengthen the text."
    return _ACTIONS.get(first, book)


def records_of(*formats: type[BaseModel]) -> set[type[BaseModel]]:
    """Return these records and all records inside them.

    Parameters
    ----------
    formats : records that stand at the top of a file
    """
    found: set[type[BaseModel]] = set()
    todo: list[Any] = list(formats)
    while todo:
        kind = todo.pop()
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            todo += get_args(kind)
        elif kind not in found:
            found.add(kind)
            todo += [field.annotation for field in kind.model_fields.values()]
    return found
