"""Reads the script of a day, YAML or JSON."""

from pathlib import Path

from pydantic import ValidationError

from optimizer.domain.day_script import DayScript
from optimizer.errors import InvalidInput
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.text_file import read_text
from optimizer.interchange.yaml_text import read_yaml


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
    text = read_text(str(path))
    json = text.lstrip().startswith("{")
    source = read_json(text) if json else read_yaml(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    try:
        return DayScript.model_validate(source.value)
    except ValidationError as error:
        if json:  # lines of JSON are looked for only when there is something to report
            source.lines = json_lines(text).lines
        raise InvalidInput(tuple(record_issues(error, source, DayScript))) from None
