"""Keeps the answers of a road source on disk, so that the same question is asked once.

A cache is never trusted: a file that is not exactly what would have been written is passed over and written anew. A
file is a mark, a seal over its name and its numbers, and the numbers; its name is the question's fingerprint. So a
file that was cut, changed, or put in another's place is noticed, and nothing in it is ever interpreted.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.route_shape import ShapePoint
from optimizer.domain.technician import Means
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads.osrm_answer import LONGEST_M, LONGEST_S
from optimizer.travel.roads.source import ANSWER_VERSION, Drive, Line, RoadSource, RoadTable

_ENDING: Final = ".roads"
_HALF: Final = ".part"
_MARK: Final = b"paigong-roads-1\n"
_HEAD: Final = len(_MARK) + hashlib.sha256().digest_size
_TABLE: Final = np.dtype("<f4")
_LINE: Final = np.dtype("<f8")
_MOST_LINE_BYTES: Final = 16_000_000  # a million points


@dataclass(frozen=True)
class CachedRoads:
    """A road source whose answers are kept in a folder.

    Parameters
    ----------
    source : is asked what the folder does not hold
    folder : is made when something is first kept; where it cannot be written, nothing is kept
    most_bytes : when the folder holds more, the answers that were not used for longest go
    version : state of the source's map in the operator's words
    """

    source: RoadSource
    folder: Path
    most_bytes: int
    version: str = ""

    @property
    def identity(self) -> str:
        """That of the source."""
        return self.source.identity

    def knows(self, means: Means) -> bool:
        """Tell whether the source knows `means`."""
        return self.source.knows(means)

    def profile(self, means: Means) -> str:
        """Return the source's name for `means`."""
        return self.source.profile(means)

    def table(self, means: Means, points: Coordinates) -> RoadTable:
        """Return times and lengths between all points, see `RoadSource.table`."""
        places = len(points.lat)
        path = self._path("table", means, points.lat, points.lon)
        numbers = _load(path, _TABLE, (2 * places + 1) * places * _TABLE.itemsize)
        if numbers is not None:
            found = _table_of(numbers, places)
            if _believable(found):
                return found
        table = self.source.table(means, points)
        self._keep(path, np.concatenate([part.ravel() for part in table], dtype=_TABLE))
        self._make_room(path)
        return table

    def lines(self, means: Means, drives: Sequence[Drive]) -> tuple[Line | None, ...]:
        """Return the line of each drive, see `RoadSource.lines`."""
        paths = [self._path("line", means, *np.array(drive, dtype=np.float64).T) for drive in drives]
        found = [_load_line(path) for path in paths]
        lacking = [row for row, line in enumerate(found) if line is None]
        if lacking:
            answers = self.source.lines(means, [drives[row] for row in lacking])
            for row, line in zip(lacking, answers, strict=True):
                found[row] = line
                if line is not None:
                    self._keep(paths[row], np.array(line, dtype=_LINE))
            self._make_room(paths[lacking[-1]])
        return tuple(found)

    def _path(self, service: str, means: Means, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Path:
        question = {
            "answer": ANSWER_VERSION,
            "service": service,
            "source": self.identity,
            "version": self.version,
            "profile": self.profile(means),
            "lat": [f"{one:.6f}" for one in lat],
            "lon": [f"{one:.6f}" for one in lon],
        }
        text = json.dumps(question, sort_keys=True, separators=(",", ":"))
        return self.folder / f"{hashlib.sha256(text.encode()).hexdigest()}{_ENDING}"

    def _keep(self, path: Path, numbers: NDArray[Any]) -> None:
        content = numbers.tobytes()
        if _HEAD + len(content) > self.most_bytes:
            return
        with suppress(OSError):  # a cache only saves time: without one everything goes on
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(path, _MARK + _seal(path, content) + content)

    def _make_room(self, kept: Path) -> None:
        files = []
        # What a killed run left half written counts too; another run that writes just now only keeps nothing.
        for path in (*self.folder.glob(f"*{_ENDING}"), *self.folder.glob(f".*{_HALF}")):
            with suppress(OSError):  # another run may have removed it
                facts = path.stat()
                files.append((facts.st_mtime_ns, path.name, facts.st_size, path))
        left = sum(size for _, _, size, _ in files)
        for _, _, size, path in sorted(files):
            if left <= self.most_bytes:
                break
            if path != kept:
                with suppress(OSError):
                    path.unlink()
                left -= size


def _seal(path: Path, content: bytes | memoryview) -> bytes:
    seal = hashlib.sha256(path.name.encode())
    seal.update(content)
    return seal.digest()


def _load(path: Path, kind: np.dtype[Any], size: int | None = None) -> NDArray[Any] | None:
    """Return the numbers of a file, or none where it is missing or not as it was written.

    Parameters
    ----------
    path : the file
    kind : of its numbers
    size : bytes they take; none: any number of points of a line
    """
    try:
        with path.open("rb") as stream:
            found = os.fstat(stream.fileno()).st_size - _HEAD
            if found != size if size is not None else not 0 <= found <= _MOST_LINE_BYTES:
                return None
            content = stream.read(_HEAD + found)
    except OSError:
        return None
    head, numbers = content[:_HEAD], memoryview(content)[_HEAD:]
    if head != _MARK + _seal(path, numbers) or len(numbers) % (2 * kind.itemsize if size is None else 1):
        return None
    with suppress(OSError):
        os.utime(path)  # used just now: others go first
    return np.frombuffer(numbers, dtype=kind)


def _load_line(path: Path) -> Line | None:
    numbers = _load(path, _LINE)
    if numbers is None:
        return None
    points = numbers.reshape(-1, 2)
    if not np.all(np.abs(points) <= (90, 180)):
        return None
    return tuple(ShapePoint(lat, lon) for lat, lon in points.tolist())


def _table_of(numbers: NDArray[Any], places: int) -> RoadTable:
    seconds, metres, off_road_m = np.split(numbers, [places * places, 2 * places * places])
    return RoadTable(seconds.reshape(places, places), metres.reshape(places, places), off_road_m)


def _believable(found: RoadTable) -> bool:
    """Tell whether numbers are such as an answer may hold; nan says that no road leads there."""
    known = all(
        np.all(np.isnan(numbers) | _between(numbers, most))
        for numbers, most in ((found.seconds, LONGEST_S), (found.metres, LONGEST_M))
    )
    return bool(known and np.all(_between(found.off_road_m, LONGEST_M)))


def _between(numbers: NDArray[Any], most: float) -> NDArray[np.bool_]:
    return np.asarray((numbers >= 0) & (numbers <= most))


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:16]}.", suffix=_HALF)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
