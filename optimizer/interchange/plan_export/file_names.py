"""File names made from ids, which may be anything."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 60  # letters; in UTF-8 at most 240 bytes, and file systems hold 255
_LETTERS: Final = 12  # of the fingerprint
_MARKED: Final = re.compile(f"-[0-9a-f]{{{_LETTERS}}}$")
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names of devices on Windows."""


def file_names(ids: Iterable[str], ending: str) -> dict[str, str]:
    """Return a file name for each id: safe on every system, different for different ids, the same every time.

    An id of letters, digits, ``-`` and ``_`` is its own file name; any other keeps what it has of those and
    gets twelve letters of its fingerprint.

    Parameters
    ----------
    ids : different ids
    ending : of the files, e.g. ``.ics``
    """
    safe = {one: _safe(one) for one in ids}
    # Many systems take names that differ in upper and lower case alone for the same.
    often = Counter(name.casefold() for name in safe.values())
    return {
        one: f"{name if name == one and often[name.casefold()] == 1 else _marked(one, name)}{ending}"
        for one, name in safe.items()
    }


def _safe(text: str) -> str:
    name = "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in text)[:_LONGEST]
    # A name that looks marked gets a mark of its own: nobody can choose an id that is another one's file name.
    unsafe = name.casefold() in _RESERVED or name.startswith("-") or _MARKED.search(name)
    return f"_{name}"[:_LONGEST] if unsafe else name


def _marked(text: str, name: str) -> str:
    return f"{name[: _LONGEST - _LETTERS - 1]}-{hashlib.sha256(text.encode()).hexdigest()[:_LETTERS]}"
