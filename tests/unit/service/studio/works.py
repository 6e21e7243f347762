"""Works for the studio's tests."""

import gc
import os
import time

from optimizer.errors import InvalidInput, Issue
from service.studio import Shelf

ISSUE = Issue("unknown-branch", "jobs[0].branch_id", "There is no branch 'B9'.", "Name one.", 7)


def pid(shelf: Shelf) -> int:
    return os.getpid()


def add(shelf: Shelf, one: int, other: int) -> int:
    return one + other


def sleep(shelf: Shelf, seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def refuse(shelf: Shelf) -> None:
    raise InvalidInput((ISSUE, ISSUE))


def divide(shelf: Shelf, number: int) -> float:
    return 1 / number


def unsendable(shelf: Shelf) -> object:
    return lambda: None


def die(shelf: Shelf) -> None:
    os._exit(9)


def upper(shelf: Shelf, key: str, text: str | None) -> str | None:
    kept: str | None = shelf.find(key)
    if kept is None and text is not None:
        shelf.keep(key, kept := text.upper(), len(text))
    return kept


def keep_many(shelf: Shelf, key: str, number: int) -> int:
    shelf.keep(key, [[i] for i in range(number)], 1)
    return gc.get_freeze_count()


def passed_over(shelf: Shelf) -> int:
    return gc.get_freeze_count()
