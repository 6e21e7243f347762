"""What was worked out for a record, kept as long as the record is there.

Rules ask for the same things of the same records again and again. Records never change, but not all of them can be
hashed: so they are known by identity.
"""

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

from optimizer.domain.base import Record

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by record; what is kept of a record goes when the record goes, so a value must not hold its record."""

    def __init__(self) -> None:
        self._values: dict[int, V] = {}

    def __len__(self) -> int:
        return len(self._values)

    def of(self, record: Record, make: Callable[[], V]) -> V:
        """Return the value of a record; it is made the first time.

        Parameters
        ----------
        record : whose value is wanted
        make : makes it
        """
        found = self._values.get(id(record))
        if found is None:
            found = make()
            self.keep(record, found)
        return found

    def keep(self, record: Record, value: V) -> None:
        """Let this be the value of a record from now on.

        Parameters
        ----------
        record : whose value it is
        value : anything but none
        """
        if id(record) not in self._values:
            weakref.finalize(record, self._values.pop, id(record), None).atexit = False
        self._values[id(record)] = value
