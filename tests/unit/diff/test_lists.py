"""List edits: the least that turns one list into another."""

from itertools import product

import pytest

from optimizer.diff.lists import edited, list_edit
from optimizer.domain.base import Id
from optimizer.domain.plan_edit import ListEdit


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("abc", "abc", (), ()),
        ("abc", "ac", (1,), ()),
        ("ac", "abc", (), (1,)),
        ("abc", "axc", (1,), (1,)),
        ("abcd", "bcda", (0,), (3,)),  # one entry moved, not three
        ("", "ab", (), (0, 1)),
        ("aba", "ba", (0,), ()),  # entries may stand twice
    ],
)
def test_the_least_is_named(old: str, new: str, removed: tuple[int, ...], added: tuple[int, ...]) -> None:
    edit = list_edit(ListEdit[Id], tuple(old), tuple(new))
    assert (edit.removed, tuple(one.position for one in edit.added)) == (removed, added)


def test_every_small_list_becomes_every_other() -> None:
    lists = ["".join(letters) for length in range(4) for letters in product("abc", repeat=length)]
    for old, new in product(lists, lists):
        edit = list_edit(ListEdit[Id], tuple(old), tuple(new))
        assert edited(tuple(old), edit) == tuple(new), (old, new)
        # What stays is a longest common part, found here by plain search.
        kept = len(old) - len(edit.removed)
        assert kept == longest_common(old, new), (old, new)


def longest_common(old: str, new: str) -> int:
    if not old or not new:
        return 0
    if old[0] == new[0]:
        return 1 + longest_common(old[1:], new[1:])
    return max(longest_common(old[1:], new), longest_common(old, new[1:]))
