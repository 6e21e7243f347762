"""Reads and writes plan files: the plan with its assessment, as JSON."""

import json
from pathlib import Path

from pydantic import ValidationError

from optimizer.domain.document import PlanDocument
from optimizer.errors import InvalidInput
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.text_file import read_text
from optimizer.interchange.whole_file import write_whole


def plan_json(document: PlanDocument) -> str:
    """Return a plan document as text; equal documents give equal bytes."""
    content = document.model_dump(mode="json")
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def save_plan(document: PlanDocument, path: str | Path) -> None:
    """Write a plan document to a file; the file is either complete or not touched.

    Parameters
    ----------
    document : what to write
    path : the file; an existing one is replaced

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(path, plan_json(document))


def load_plan(path: str | Path) -> PlanDocument:
    """Read a plan document.

    Parameters
    ----------
    path : the file, or ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    text = read_text(str(path))
    source = read_json(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    try:
        return PlanDocument.model_validate(source.value)
    except ValidationError as error:
        source.lines = json_lines(text).lines
        raise InvalidInput(tuple(record_issues(error, source, PlanDocument))) from None
