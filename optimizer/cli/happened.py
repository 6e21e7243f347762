"""Files with what happened: read one after the other, so that a mistake names the file and the event in it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from optimizer.domain.event import Event
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.events_file import load_events

_EVENT: Final = re.compile(r"events\[(\d+)\]")


@contextmanager
def what_happened(paths: Sequence[str]) -> Iterator[tuple[Event, ...]]:
    """Hand out the events of some files; what turns out to be wrong with one is said of its place in its file.

    Parameters
    ----------
    paths : the files, YAML or JSON; ``-`` for standard input

    Raises
    ------
    InvalidInput
        A file cannot be read or breaks its format, or an event does not go with the plan.
    """
    events: list[Event] = []
    places: list[str] = []
    for path in paths:
        name = "standard input" if path == "-" else Path(path).name
        found = load_events(path)
        events += found
        places += [f"{name} events[{row}]" for row in range(len(found))]
    try:
        yield tuple(events)
    except InvalidInput as error:
        raise InvalidInput(tuple(_placed(issue, places) for issue in error.issues)) from None


def _placed(issue: Issue, places: Sequence[str]) -> Issue:
    return replace(issue, path=_EVENT.sub(lambda found: places[int(found[1])], issue.path, count=1))
