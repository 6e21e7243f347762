"""Reads YAML as plain values: text, numbers, lists and mappings, and nothing that could do anything.

YAML is read event by event, so that nothing is ever built from a tag, an alias cannot multiply, and every
value keeps its line. Dates and times stay text.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

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
    spell,
    too_deep,
    too_many_values,
)

MAX_VALUES = 1_000_000
"""More values than this are refused in YAML: twice the largest scenario without matrices."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_yaml(text: str) -> SourceText:
    """Read one YAML document; what is wrong with the text is listed, not raised.

    Parameters
    ----------
    text : the document

    Returns
    -------
    The values with their lines; values behind a syntax error are missing.
    """
    reader = _Reader()
    try:
        for event in _events(text):
            if not reader.take(event):
                break
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        cause = f"This is not valid YAML: {error.problem or error.context}."
        line = None if mark is None else mark.line + 1
        reader.source.issues.append(_syntax(cause, line))
    except YAMLError as error:
        reader.source.issues.append(_syntax(f"This is not valid YAML: {str(error).splitlines()[0]}.", None))
    return reader.source


def _events(text: str) -> Iterator[Any]:
    return iter(YAML(typ="safe", pure=True).parse(text))


def _syntax(cause: str, line: int | None) -> Issue:
    return Issue("yaml-syntax", "", cause, "Check indentation, colons and quotes near this line.", line)


class _Open:
    """A list or mapping that is being filled."""

    def __init__(self, values: list[Value] | dict[str, Value], path: Path) -> None:
        self.values = values
        self.path = path
        self.key: str | None = None


class _Reader:
    """Builds values from events, with a stack of its own instead of recursion."""

    def __init__(self) -> None:
        self.source = SourceText()
        self._open: list[_Open] = []
        self._count = 0
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Take the next event; False: stop reading."""
        line: int = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._note(
                    "several-documents", (), "The file holds more than one YAML document.", "Keep one.", line
                )
                return False
        elif isinstance(event, AliasEvent):
            self._refuse_anchor(line)
            self._put(None, line)
        elif isinstance(event, ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            return self._begin(event, line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
        return self._count <= MAX_VALUES or self._too_many(line)

    def _begin(self, event: Any, line: int) -> bool:
        self._refuse_extras(event, line)
        if self._wants_key():
            self._note(
                "key", self._open[-1].path, "A key is a list or a mapping.", "Use plain text as key.", line
            )
            return False
        if len(self._open) >= MAX_DEPTH:
            self.source.issues.append(too_deep(line))
            return False
        values: dict[str, Value] | list[Value] = {} if isinstance(event, MappingStartEvent) else []
        self._open.append(_Open(values, self._put(values, line)))
        return True

    def _scalar(self, event: Any, line: int) -> None:
        self._refuse_extras(event, line)
        if self._wants_key():
            self._name_key(event.value, line)
        elif event.style is None:
            self._put(self._plain(event.value, line), line)
        else:
            self._put(event.value, line)

    def _name_key(self, key: str, line: int) -> None:
        top = self._open[-1]
        if key in top.values:
            self.source.issues.append(duplicate_key((*top.path, key), line))
        elif key == "<<":
            self._refuse_anchor(line)
        top.key = key

    def _put(self, value: Value, line: int) -> Path:
        self._count += 1
        path = self._next_path()
        if not self._open:
            self.source.value = value
        else:
            top = self._open[-1]
            if isinstance(top.values, list):
                top.values.append(value)
            elif top.key is not None:
                top.values[top.key] = value
                top.key = None
        self.source.lines[path] = line
        return path

    def _next_path(self) -> Path:
        if not self._open:
            return ()
        top = self._open[-1]
        if isinstance(top.values, list):
            return (*top.path, len(top.values))
        return (*top.path, top.key or "")

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].values, dict) and self._open[-1].key is None

    def _plain(self, text: str, line: int) -> Value:
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            if len(text) > MAX_DIGITS:
                self.source.issues.append(number_too_long(self._next_path(), line))
                return 0
            return int(text)
        if _DECIMAL.fullmatch(text):
            number = float(text)
            if math.isfinite(number):
                return number
        elif not _NOT_FINITE.fullmatch(text):
            return text
        self.source.issues.append(not_finite(self._next_path(), line))
        return 0.0

    def _refuse_extras(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._refuse_anchor(line)
        # A quoted scalar reports the tag "!" or none; anything longer was written by hand.
        tag = event.tag
        if tag is not None and tag != "!":
            action = "Write the plain value; text may stand in quotes."
            self._note("yaml-tag", self._next_path(), f"The tag {str(tag)!r} is refused.", action, line)

    def _refuse_anchor(self, line: int) -> None:
        cause = "Anchors and aliases (&, *, <<) are refused."
        if not any(issue.code == "yaml-alias" and issue.line == line for issue in self.source.issues):
            self._note("yaml-alias", self._next_path(), cause, "Write the value out at each place.", line)

    def _too_many(self, line: int) -> bool:
        remedy = "Give large matrices as files beside the scenario, or the scenario as JSON."
        self.source.issues.append(too_many_values(MAX_VALUES, remedy, line))
        return False

    def _note(self, code: str, path: Path, cause: str, action: str, line: int) -> None:
        self.source.issues.append(Issue(code, spell(path), cause, action, line))
