"""Reads a text file of limited size, or standard input."""

import sys
from pathlib import Path
from typing import Final

from optimizer.errors import InvalidInput, Issue

MAX_BYTES = 64 * 1024 * 1024
"""Larger inputs are refused: 64 MB, several times the largest scenario without matrices."""

_PACKED: Final = "a packed file, such as an Excel workbook (.xlsx)"
_KINDS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", _PACKED),
    (b"\xd0\xcf\x11\xe0", "an old Office file, such as an Excel workbook (.xls)"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"SQLite format 3", "a database"),
)
"""How files begin that are no text, and what they are."""
_TEXT: Final = "Give a text file, saved as UTF-8."
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""How texts in UTF-16 begin."""


def read_text(path: str) -> str:
    """Return the content of a UTF-8 file.

    Parameters
    ----------
    path : the file, or ``-`` for standard input

    Raises
    ------
    InvalidInput
        There is no such file, it cannot be read, is too large, is no text, or is not UTF-8.
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
    if kind := _no_text(content):
        raise _refused("not-text", f"{name} is {kind}, no text.", _TEXT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in content and not content.startswith(_WIDE):
            raise _refused("not-text", f"{name} is a binary file, no text.", _TEXT) from None
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused("not-utf-8", f"{name} is not UTF-8 text.", "Save it as UTF-8.", line) from None


def _no_text(content: bytes) -> str | None:
    """Return what a file is that is no text at all, by how it begins; none: it may be text."""
    for beginning, kind in _KINDS:
        if content.startswith(beginning):
            return kind
    return None


def _refused(code: str, cause: str, action: str, line: int | None = None) -> InvalidInput:
    return InvalidInput((Issue(code, "", cause, action, line),))
