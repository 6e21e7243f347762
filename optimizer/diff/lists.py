"""What turns one list into another, and the list that comes of it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from optimizer.domain.base import Record
from optimizer.domain.plan_edit import ListEdit

T = TypeVar("T")


def list_edit(kind: type[ListEdit[T]], old: Sequence[T], new: Sequence[T]) -> ListEdit[T]:
    """Return the least that turns `old` into `new`; entries are the same when they are written the same.

    Parameters
    ----------
    kind : the record of edits for such lists
    old, new : records or ids

    References
    ----------
    J. W. Hunt, T. G. Szymanski (1977), A fast algorithm for computing longest common subsequences,
    Communications of the ACM 20(5), DOI 10.1145/359581.359603.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position in reversed(range(len(old))):
        places[_written(old[position])].append(position)
    # The later places first, so that an ascending part uses each new entry once.
    same = [(one, position) for position, entry in enumerate(new) for one in places.get(_written(entry), ())]
    kept = _longest_ascending(same)
    stays, has = {one for one, _ in kept}, {other for _, other in kept}
    return kind.model_validate(
        {
            "removed": tuple(i for i in range(len(old)) if i not in stays),
            "added": tuple({"position": i, "entry": new[i]} for i in range(len(new)) if i not in has),
        }
    )


def edited(old: Sequence[T], edit: ListEdit[T]) -> tuple[T, ...]:
    """Return the list that an edit makes of another.

    Parameters
    ----------
    old : the list the edit was made from
    edit : what to take away and put in
    """
    removed = set(edit.removed)
    added = {one.position: one.entry for one in edit.added}
    kept = (entry for i, entry in enumerate(old) if i not in removed)
    size = len(old) - len(removed) + len(added)
    return tuple(added[i] if i in added else next(kept) for i in range(size))


def _written(entry: Any) -> str:
    return entry.model_dump_json() if isinstance(entry, Record) else str(entry)


def _longest_ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest part of these pairs, in order, whose first numbers ascend."""
    smallest: list[int] = []  # the least last number of an ascending part of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []  # the pair before each one in its part, -1 for none
    for row, (first, _) in enumerate(pairs):
        length = bisect_left(smallest, first)
        before.append(ends[length - 1] if length else -1)
        smallest[length : length + 1] = [first]
        ends[length : length + 1] = [row]
    kept: list[tuple[int, int]] = []
    row = ends[-1] if ends else -1
    while row >= 0:
        kept.append(pairs[row])
        row = before[row]
    return kept[::-1]
