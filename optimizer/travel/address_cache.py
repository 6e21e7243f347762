"""Remembers where addresses are: a file with one line of JSON for each, without the addresses themselves."""

import json
import math
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

_LARGEST_FILE: Final = 64 * 1024 * 1024  # a larger one is not ours, or of no use any more
_HEX: Final = frozenset("0123456789abcdef")


class Found(NamedTuple):
    """Where a service says that an address is, WGS-84."""

    lat: float
    """Latitude in degrees."""
    lon: float
    """Longitude in degrees."""


class AddressCache:
    """Answers by fingerprint; each is on the disk before the next is asked for.

    A line that is not one of ours is passed over; a file that cannot be read or written costs time only.

    Parameters
    ----------
    path : the file; none: nothing is kept beyond this object
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._answers: dict[str, Found | None] = {}
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        if self._path is None:
            return self
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Readable for its owner only: places are personal data as well.
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            self._read(self._path)
        except OSError:
            self._close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __contains__(self, key: str) -> bool:
        return key in self._answers

    def recall(self, key: str) -> Found | None:
        """Return the answer that is remembered: a place, or none where the service knew of none."""
        return self._answers[key]

    def remember(self, key: str, answer: Found | None) -> None:
        """Keep an answer, on the disk as well."""
        self._answers[key] = answer
        if self._descriptor is None:
            return
        content = {"key": key, "lat": answer.lat, "lon": answer.lon} if answer else {"key": key}
        try:  # one write each: lines of two programs at once do not mix
            os.write(self._descriptor, (json.dumps(content) + "\n").encode())
        except OSError:
            self._close()

    def _read(self, path: Path) -> None:
        if path.stat().st_size > _LARGEST_FILE:
            return
        content = path.read_bytes()
        for line in content.splitlines():
            try:
                answer = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if _is_ours(answer):
                here = "lat" in answer
                self._answers[answer["key"]] = Found(answer["lat"], answer["lon"]) if here else None
        if content and not content.endswith(b"\n") and self._descriptor is not None:
            os.write(self._descriptor, b"\n")  # a line that was cut off spoils none after it

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _is_ours(answer: Any) -> bool:
    if not isinstance(answer, dict) or set(answer) not in ({"key"}, {"key", "lat", "lon"}):
        return False
    key = answer["key"]
    if not isinstance(key, str) or len(key) != 64 or set(key) - _HEX:
        return False
    numbers = [answer[name] for name in ("lat", "lon") if name in answer]
    fits = [isinstance(one, float) and math.isfinite(one) for one in numbers]
    return all(fits) and (not numbers or (abs(answer["lat"]) <= 90 and abs(answer["lon"]) <= 180))
