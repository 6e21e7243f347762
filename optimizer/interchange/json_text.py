"""Reads JSON as plain values; duplicate keys and numbers that are not finite are refused."""

import json
import math
import re
from typing import Any

from optimizer.errors import Issue
from optimizer.interchange.source_text import (
    MAX_DEPTH,
    MAX_DIGITS,
    Path,
    SourceText,
    Value,
    duplicate_key,
    not_finite,
    number_too_long,
    too_deep,
    too_many_values,
)

MAX_VALUES = 8_000_000
"""More values than this are refused in JSON: two matrices of 2,000 places."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|\n|[^\s{}\[\],:"]+')
_INTEGER = re.compile(r"-?[0-9]+")


class _Refused(Exception):
    """Something in the text that the walk through the tokens will name with its place."""


def read_json(text: str) -> SourceText:
    """Read one JSON document; what is wrong with the text is listed, not raised.

    Lines are not known yet: `json_lines` finds them, and is asked only when there is something to report.

    Parameters
    ----------
    text : the document
    """
    if text.count(",") > MAX_VALUES:  # counted before anything is built, so that a refusal costs no memory
        return SourceText(issues=[too_many_values(MAX_VALUES, "Give large matrices as CSV files beside it.")])
    try:
        value: Value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_int, parse_float=_float
        )
    except json.JSONDecodeError as error:
        cause = f"This is not valid JSON: {error.msg}."
        action = "Check commas, quotes and brackets near this line."
        return SourceText(issues=[Issue("json-syntax", "", cause, action, error.lineno)])
    except RecursionError:
        return SourceText(issues=[too_deep(None)])
    except _Refused:
        return json_lines(text)
    return json_lines(text) if _too_deep(value) else SourceText(value=value)


def json_lines(text: str) -> SourceText:
    """Return the line of every value of a well-formed JSON text, and what is refused in it."""
    source = SourceText()
    walk: list[_Open] = []
    line = 1
    for match in _TOKEN.finditer(text):
        token = match[0]
        top = walk[-1] if walk else None
        if token == "\n":
            line += 1
        elif token in "}]":
            walk.pop()
        elif token == ",":
            if top is not None:
                top.next()
        elif token != ":":
            if top is not None and top.wants_key:
                _take_key(source, top, json.loads(token), line)
                continue
            path = top.path_of_value if top is not None else ()
            source.lines[path] = line
            if token in "{[":
                walk.append(_Open(path, mapping=token == "{"))
                if len(walk) > MAX_DEPTH:
                    source.issues.append(too_deep(line))
                    return source
            else:
                _look_at_number(source, token, path, line)
    return source


class _Open:
    """A list or mapping in which the walk stands."""

    def __init__(self, path: Path, *, mapping: bool) -> None:
        self.path = path
        self.seen: set[str] | None = set() if mapping else None
        self.wants_key = mapping
        self.at: str | int = 0

    @property
    def path_of_value(self) -> Path:
        return (*self.path, self.at)

    def next(self) -> None:
        if isinstance(self.at, int):
            self.at += 1
        self.wants_key = self.seen is not None


def _take_key(source: SourceText, top: _Open, key: str, line: int) -> None:
    top.at, top.wants_key = key, False
    if top.seen is not None:
        if key in top.seen:
            source.issues.append(duplicate_key(top.path_of_value, line))
        top.seen.add(key)


def _look_at_number(source: SourceText, token: str, path: Path, line: int) -> None:
    if token[0] == '"' or token in ("true", "false", "null"):
        return
    if _INTEGER.fullmatch(token):
        if len(token) > MAX_DIGITS:
            source.issues.append(number_too_long(path, line))
    elif not math.isfinite(float(token)):
        source.issues.append(not_finite(path, line))


def _too_deep(value: Value) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        inner: list[Value] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        level = [one for one in inner if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _Refused
    return values


def _no_constant(_: str) -> float:
    raise _Refused


def _int(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise _Refused
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Refused
    return number
