"""Keeps the samples of a study in a file, one JSON line each, from the moment they are there.

Each line is on the disk before the next sample is asked for, and carries the key of what it was made of. So it is
found again whatever happens to the program, and never taken for a sample of something else. A line that is cut off or
spoilt counts as not there.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from optimizer.domain.base import Record
from optimizer.domain.study_sample import Sample
from optimizer.errors import NotWritten
from optimizer.interchange.whole_file import write_whole_parts
from optimizer.whatif.executor import SampleTask


class SampleLine(Record):
    """A line of the file."""

    key: str
    """What the sample was made of, SHA-256 in hex."""
    sample: Sample
    """The sample."""


class _Place(NamedTuple):
    offset: int
    length: int


class SampleJournal:
    """Samples in a file; where they stand is in memory, what they say is not.

    Parameters
    ----------
    path : the file; made where it is not there
    key_of : key of a task's sample

    Raises
    ------
    OSError
        The file cannot be read or made.
    """

    def __init__(self, path: Path, key_of: Callable[[SampleTask], str]) -> None:
        self._path = path
        self._key_of = key_of
        self._places: dict[str, _Place] = {}
        self._file: BinaryIO = _opened(path)
        self._end = self._read()

    def __len__(self) -> int:
        return len(self._places)

    def has(self, task: SampleTask) -> bool:
        """Tell whether a sample is there.

        Parameters
        ----------
        task : which sample
        """
        return self._key_of(task) in self._places

    def sample(self, task: SampleTask) -> Sample:
        """Return a sample that is there.

        Parameters
        ----------
        task : which sample
        """
        return SampleLine.model_validate_json(self._line(self._key_of(task))).sample

    def keep(self, task: SampleTask, sample: Sample) -> None:
        """Write a sample; it is on the disk when this returns.

        Parameters
        ----------
        task : which sample
        sample : what it says

        Raises
        ------
        NotWritten
            The disk is full, or the file cannot be written any more.
        """
        line = SampleLine(key=self._key_of(task), sample=sample)
        content = line.model_dump_json().encode() + b"\n"
        try:
            self._file.seek(self._end)
            self._file.write(content)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise NotWritten(f"{self._path} cannot be written: {error.strerror}.") from None
        self._places[line.key] = _Place(self._end, len(content))
        self._end += len(content)

    def put_in_order(self, tasks: Iterable[SampleTask]) -> None:
        """Leave the samples of these tasks alone in the file, in this order.

        Parameters
        ----------
        tasks : whose samples are there

        Raises
        ------
        OSError
            The file cannot be written.
        """
        write_whole_parts(self._path, (self._line(self._key_of(task)) for task in tasks))
        self.close()
        self._file = _opened(self._path)
        self._end = self._read()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _line(self, key: str) -> bytes:
        place = self._places[key]
        self._file.seek(place.offset)
        return self._file.read(place.length)

    def _read(self) -> int:
        """Note where the samples stand; return where the next one is written: over what a kill has cut off."""
        self._places.clear()
        end = 0
        for line in _lines(self._file):
            key = _key_in(line)
            if key is not None:
                self._places.setdefault(key, _Place(end, len(line)))
            end += len(line)
        self._file.truncate(end)
        return end


def _lines(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    for line in file:
        if line.endswith(b"\n"):
            yield line


def _key_in(line: bytes) -> str | None:
    try:
        return SampleLine.model_validate_json(line).key
    except ValidationError:
        return None


def _opened(path: Path) -> BinaryIO:
    path.touch()
    return path.open("r+b")
