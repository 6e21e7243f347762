"""What the YAML and the JSON reader agree on: plain values, and the line each of them stands on."""

from dataclasses import dataclass, field
from typing import TypeAlias

from optimizer.errors import Issue

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | None"
"""Anything a scenario file can hold."""

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of the file to a value."""

MAX_DEPTH = 40
"""Values nested deeper than this are refused; a scenario needs about ten."""

MAX_DIGITS = 18
"""Whole numbers with more digits than this are refused."""


@dataclass
class SourceText:
    """The content of a file before anybody knows what it means.

    Parameters
    ----------
    value : the plain values
    lines : line of each value, from 1; may be empty where it was not asked for
    issues : what is wrong with the text itself
    """

    value: Value = None
    lines: dict[Path, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """Return the line of a value, or of the nearest value around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def spell(path: Path) -> str:
    """Write a path the way people read it, e.g. ``jobs[3].windows[0]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def parse_path(text: str) -> Path:
    """Read a path back: the opposite of `spell`, for keys without dots and brackets."""
    parts: list[str | int] = []
    for piece in text.replace("[", ".[").split("."):
        if piece.startswith("[") and piece.endswith("]") and piece[1:-1].isdigit():
            parts.append(int(piece[1:-1]))
        elif piece:
            parts.append(piece)
    return tuple(parts)


def too_deep(line: int | None) -> Issue:
    """Say that the values are nested too deeply."""
    return Issue(
        "too-deep",
        "",
        f"Values are nested more than {MAX_DEPTH} deep.",
        "Flatten them; no field needs so many.",
        line,
    )


def too_many_values(most: int, remedy: str, line: int | None = None) -> Issue:
    """Say that a text holds more values than are read.

    Parameters
    ----------
    most : so many are read
    remedy : where so many values belong
    line : where the reading stopped
    """
    return Issue("too-many-values", "", f"The file holds more than {most:,} values.", remedy, line)


def duplicate_key(path: Path, line: int | None) -> Issue:
    """Say that a key stands twice in one mapping."""
    return Issue(
        "duplicate-key", spell(path), f"The key {path[-1]!r} stands here twice.", "Keep one of the two.", line
    )


def not_finite(path: Path, line: int | None) -> Issue:
    """Say that a number is infinite or not a number."""
    return Issue(
        "not-finite",
        spell(path),
        "The number is not finite.",
        "Write an ordinary number, or leave it out.",
        line,
    )


def number_too_long(path: Path, line: int | None) -> Issue:
    """Say that a whole number has too many digits."""
    return Issue(
        "number-too-long",
        spell(path),
        f"The number has more than {MAX_DIGITS} digits.",
        "Write a smaller number, or put an id into quotes.",
        line,
    )
