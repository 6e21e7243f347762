"""What a VROOM request asks for in its `options`: how hard and how long to search.

VROOM's server takes the program's options as a part of the request: ``x`` is the exploration level, ``t`` the number of
threads, ``l`` the limit in seconds. ``g`` (geometry) and ``c`` (plan mode) are refused by the library by name.
"""

import math
import os
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from optimizer.control import AnyOf, Seconds, Stagnation, Stop
from optimizer.errors import InvalidInput, Issue

SECONDS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
"""For each exploration level, how many seconds are searched at most, unless `l` says otherwise."""

STALE: Final = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
"""For each exploration level, after how many iterations without anything better the search ends; and as many hundredths
more for each job."""

USUAL: Final = len(SECONDS) - 1
"""The exploration level when none is asked for, VROOM's own."""


class Search(NamedTuple):
    """How a request is searched."""

    stop: Stop
    """When it ends."""
    threads: int
    """Searches side by side."""


def search_of(raw: dict[str, Any], most_s: float) -> Search:
    """Return how a request is searched; levels, threads and seconds beyond what there is mean as much as there is.

    Parameters
    ----------
    raw : the request's plain values
    most_s : seconds a search may take at most

    Raises
    ------
    InvalidInput
        An option is no number.
    """
    options = raw.get("options")
    if options is None:
        options = {}
    if not isinstance(options, dict):
        cause = "The options are no mapping."
        raise InvalidInput((Issue("not-a-mapping", "options", cause, 'Write e.g. {"x": 5}.'),))
    issues = tuple(_issues(options))
    if issues:
        raise InvalidInput(issues)
    level = min(max(int(_number(options, "x", USUAL)), 0), USUAL)
    asked_s = _number(options, "l", -1.0)
    seconds = asked_s if asked_s >= 0 else SECONDS[level]  # VROOM's -1 is no limit; the level sets one then
    jobs = raw.get("jobs")
    stale = STALE[level] + STALE[level] * (len(jobs) if isinstance(jobs, list) else 0) // 100
    threads = min(max(int(_number(options, "t", 1)), 1), os.cpu_count() or 1)
    return Search(AnyOf((Seconds(min(seconds, most_s)), Stagnation(stale))), threads)


def _number(options: dict[str, Any], name: str, usual: float) -> float:
    value = options.get(name)
    return usual if value is None else value


def _issues(options: dict[str, Any]) -> Iterator[Issue]:
    for name in ("x", "t", "l"):
        value = options.get(name)
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value)
        ):
            cause = f"The option {name!r} is not a number."
            yield Issue("not-a-number", f"options.{name}", cause, "Write a number, or leave it out.")
