"""Reads one job from a file of its own, as it would stand among the jobs of a scenario."""

from dataclasses import replace
from pathlib import Path as FilePath

from pydantic import ValidationError

from optimizer.domain.job import Job
from optimizer.errors import InvalidInput
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.source_text import parse_path
from optimizer.interchange.text_file import read_text
from optimizer.interchange.yaml_text import read_yaml


def load_job(path: str | FilePath) -> Job:
    """Read a job.

    Parameters
    ----------
    path : a file with the fields of one job, YAML or JSON; ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    text = read_text(str(path))
    json = FilePath(path).suffix.lower() not in (".yaml", ".yml") and text.lstrip().startswith("{")
    source = read_json(text) if json else read_yaml(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    try:
        return Job.model_validate(source.value)
    except ValidationError as error:
        lined = json_lines(text) if json else source
        found = record_issues(error, source, Job)
        raise InvalidInput(
            tuple(replace(one, line=lined.line(parse_path(one.path))) for one in found)
        ) from None
