"""Reads a scenario from a file, a folder or standard input, and names all its mistakes at once."""

from dataclasses import replace
from pathlib import Path as FilePath

from pydantic import ValidationError

from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.sound_part import sound_part
from optimizer.interchange.source_text import SourceText, parse_path
from optimizer.interchange.text_file import read_text
from optimizer.interchange.yaml_text import read_yaml
from optimizer.rules.book import RuleBook

SCENARIO_NAMES = ("scenario.yaml", "scenario.yml", "scenario.json")
"""What a scenario's file is called inside a folder, in order of preference."""


def load_scenario(path: str | FilePath) -> Scenario:
    """Read a scenario, YAML or JSON.

    Parameters
    ----------
    path : a file (``.json`` is read as JSON, anything else as YAML), a folder that holds ``scenario.yaml``,
        or ``-`` for standard input (read as JSON when it begins with a brace)

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    text, json = _read(str(path))
    return parse_scenario(text, json=json)


def parse_scenario(text: str, *, json: bool) -> Scenario:
    """Read a scenario from a text.

    Parameters
    ----------
    text : the document
    json : whether it is JSON; otherwise it is YAML

    Raises
    ------
    InvalidInput
        The text breaks the format; carries every mistake found.
    """
    source = read_json(text) if json else read_yaml(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    try:
        scenario = Scenario.model_validate(source.value)
    except ValidationError as error:
        source = _with_lines(source, text, json=json)
        found = tuple(record_issues(error, source, Scenario))
        part = sound_part(source.value, error)
        if part is not None:
            found += tuple(_placed(issue, source) for issue in part.in_file(scenario_issues(part.scenario)))
        raise InvalidInput(found) from None
    issues = scenario_issues(scenario)
    if issues:
        source = _with_lines(source, text, json=json)
        raise InvalidInput(tuple(_placed(issue, source) for issue in issues))
    return scenario


def scenario_issues(scenario: Scenario) -> tuple[Issue, ...]:
    """Return everything that contradicts itself in a well-formed scenario."""
    issues = tuple(validate_scenario(scenario))
    try:
        book = RuleBook.of(scenario.policy)
    except InvalidInput as error:
        return issues + error.issues
    if issues:
        return issues  # the rules may rely on what is broken
    return tuple(issue for rule in book.active() for issue in rule.validate(scenario, book.params(rule)))


def _placed(issue: Issue, source: SourceText) -> Issue:
    return issue if issue.line is not None else replace(issue, line=source.line(parse_path(issue.path)))


def _with_lines(source: SourceText, text: str, *, json: bool) -> SourceText:
    return replace(source, lines=json_lines(text).lines) if json else source


def _read(path: str) -> tuple[str, bool]:
    if path == "-":
        text = read_text(path)
        return text, text.lstrip().startswith("{")
    file = _scenario_in(FilePath(path))
    return read_text(str(file)), file.suffix.lower() == ".json"


def _scenario_in(path: FilePath) -> FilePath:
    if not path.is_dir():
        return path
    for name in SCENARIO_NAMES:
        if (path / name).is_file():
            return path / name
    cause = f"The folder {str(path)!r} holds no {SCENARIO_NAMES[0]}."
    raise InvalidInput((Issue("file-not-found", "", cause, "Name the file itself."),))
