"""Reads the script of a day, YAML or JSON."""

from pathlib import Path

from optimizer.domain.day_script import DayScript
from optimizer.interchange.record_file import load_record


def load_day_script(path: str | Path) -> DayScript:
    """Read the script of a day.

    Parameters
    ----------
    path : a file in the format ``paigong-day-script-1``, YAML or JSON; ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    return load_record(path, DayScript)
