"""What a process of the studio keeps at hand, e.g. the plan it was asked about last."""

from collections import OrderedDict
from typing import Any, Final

MOST_THINGS: Final = 6
"""So many things are kept at most."""

MOST_BYTES: Final = 64 * 1024**2
"""So large they are together at most, as sizes were given; what is made of a text takes several times that."""


class Shelf:
    """Keeps a few things, those used last.

    Parameters
    ----------
    most_things : at most so many
    most_bytes : at most so large together
    """

    def __init__(self, most_things: int = MOST_THINGS, most_bytes: int = MOST_BYTES) -> None:
        self._most_things = most_things
        self._most_bytes = most_bytes
        self._things: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self.changes = 0
        """How often something was put on it."""

    def find(self, key: str) -> Any:
        """Return a thing, or none where it is not kept (any more).

        Parameters
        ----------
        key : its name
        """
        if key not in self._things:
            return None
        self._things.move_to_end(key)
        return self._things[key][0]

    def keep(self, key: str, thing: Any, size: int) -> None:
        """Keep a thing; what was not used for longest makes room for it.

        Parameters
        ----------
        key : its name
        thing : what is kept; something larger than the whole shelf is not
        size : how large it is, in bytes, e.g. the length of the text it was made from
        """
        self._things.pop(key, None)
        if size > self._most_bytes:
            return
        self._things[key] = (thing, size)
        self.changes += 1
        while (
            len(self._things) > self._most_things
            or sum(each for _, each in self._things.values()) > self._most_bytes
        ):
            self._things.popitem(last=False)
