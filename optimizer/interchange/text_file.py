"""Reads a text file of limited size, or standard input."""

import sys
from pathlib import Path

from optimizer.errors import InvalidInput, Issue

MAX_BYTES = 64 * 1024 * 1024
"""Larger inputs are refused: 64 MB, several times the largest scenario without matrices."""


def read_text(path: str) -> str:
    """Return the content of a UTF-8 file.

    Parameters
    ----------
    path : the file, or ``-`` for standard input

    Raises
    ------
    InvalidInput
        There is no such file, it cannot be read, is too large, or is not UTF-8.
    """
    if path == "-":
        return _decode(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused("file-not-found", f"There is no file {path!r}.", "Check the path.") from None
    except (OSError, ValueError) as error:
        cause = f"The file {path!r} cannot be read: {getattr(error, 'strerror', None) or error}."
        raise _refused("file-unreadable", cause, "Check the path and its rights.") from None
    return _decode(content, path)


def _decode(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        cause = f"{name} is larger than {MAX_BYTES // 1024**2} MB."
        raise _refused("file-too-large", cause, "Split the scenario, or drop its matrices.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused("not-utf-8", f"{name} is not UTF-8 text.", "Save it as UTF-8.", line) from None


def _refused(code: str, cause: str, action: str, line: int | None = None) -> InvalidInput:
    return InvalidInput((Issue(code, "", cause, action, line),))
