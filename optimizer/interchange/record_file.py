"""Reads a file that holds one record, YAML or JSON."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from optimizer.domain.base import Record
from optimizer.errors import InvalidInput
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.text_file import read_text
from optimizer.interchange.yaml_text import read_yaml

R = TypeVar("R", bound=Record)


def load_record(path: str | Path, kind: type[R]) -> R:
    """Read a record from a file of its own.

    Parameters
    ----------
    path : the file, YAML or JSON; ``-`` for standard input
    kind : the record

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
        return kind.model_validate(source.value)
    except ValidationError as error:
        if json:  # lines of JSON are looked for only when there is something to report
            source.lines = json_lines(text).lines
        raise InvalidInput(tuple(record_issues(error, source, kind))) from None
