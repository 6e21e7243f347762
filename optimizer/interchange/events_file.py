"""Reads files with the events of a day, YAML or JSON."""

from pathlib import Path

from optimizer.domain.event import Event, Events
from optimizer.interchange.record_file import load_record


def load_events(path: str | Path) -> tuple[Event, ...]:
    """Read the events of a day.

    Parameters
    ----------
    path : a file in the format ``paigong-events-1``, YAML or JSON; ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    return load_record(path, Events).events


def events_json(events: tuple[Event, ...]) -> str:
    """Return a file with events as text.

    Parameters
    ----------
    events : in any order
    """
    return Events(events=events).model_dump_json(indent=1) + "\n"
