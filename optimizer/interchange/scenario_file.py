"""Reads a scenario from a file, a folder or standard input, and names all its mistakes at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as FilePath

from pydantic import ValidationError

from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.matrix_file import with_matrix_files
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.sound_part import double_ids, sound_part
from optimizer.interchange.source_text import SourceText, Value, parse_path
from optimizer.interchange.text_file import read_text
from optimizer.interchange.yaml_text import read_yaml
from optimizer.rules.scenario_issues import scenario_issues

SCENARIO_NAMES = ("scenario.yaml", "scenario.yml", "scenario.json")
"""What a scenario's file is called inside a folder, in order of preference."""


SHEET_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""Endings of files that are taken for workbooks; the last three are refused with the remedy."""


def load_scenario(path: str | FilePath, tell: Callable[[tuple[str, ...]], None] | None = None) -> Scenario:
    """Read a scenario: YAML, JSON, a workbook or a folder of CSV files.

    Parameters
    ----------
    path : a file (``.json`` is read as JSON, ``.xlsx`` as a workbook, anything else as YAML), a folder that
        holds ``scenario.yaml`` or else CSV files, or ``-`` for standard input (read as JSON when it begins
        with a brace)
    tell : is told what was passed over in sheets, such as a row of totals; none: nobody

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    if holds_sheets(path):
        # Imported here: the libraries for workbooks take a while to load.
        from optimizer.interchange.workbook import read_sheets

        read = read_sheets(path)
        if tell is not None:
            tell(read.notes)
        return read.scenario
    text, json = _read(str(path))
    return parse_scenario(text, json=json, folder=_folder_of(str(path)))


def holds_sheets(path: str | FilePath) -> bool:
    """Tell whether a path names a workbook, or a folder with CSV files and no scenario file.

    Parameters
    ----------
    path : a file, a folder, or ``-``
    """
    file = FilePath(path)
    if not file.is_dir():
        return file.suffix.lower() in SHEET_ENDINGS
    if any((file / name).is_file() for name in SCENARIO_NAMES):
        return False
    return any(one.suffix.lower() in (".csv", ".tsv") for one in file.iterdir())


def parse_scenario(text: str, *, json: bool, folder: FilePath | None = None) -> Scenario:
    """Read a scenario from a text.

    Parameters
    ----------
    text : the document
    json : whether it is JSON; otherwise it is YAML
    folder : where the text stands, with the files of matrices it may name; none: it names none

    Raises
    ------
    InvalidInput
        The text breaks the format; carries every mistake found.
    """
    source = read_json(text) if json else read_yaml(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    if (other := _something_else(source.value)) is not None:
        raise InvalidInput((other,))
    files = with_matrix_files(source, folder)
    if files.issues and json:
        files = with_matrix_files(_with_lines(source, text, json=json), folder)
    source = files.source
    try:
        scenario = Scenario.model_validate(source.value)
    except ValidationError as error:
        source = _with_lines(source, text, json=json)
        found = tuple(record_issues(error, source, Scenario))
        part = sound_part(source.value, error)
        if part is not None:
            found += tuple(_placed(issue, source) for issue in part.in_file(scenario_issues(part.scenario)))
        said = {(issue.code, issue.path) for issue in found}
        doubles = (issue for issue in double_ids(source.value) if (issue.code, issue.path) not in said)
        found += tuple(_placed(issue, source) for issue in doubles)
        raise InvalidInput(files.issues + files.without_followers(found)) from None
    issues = files.without_followers(scenario_issues(scenario))
    if issues or files.issues:
        source = _with_lines(source, text, json=json)
        raise InvalidInput(files.issues + tuple(_placed(issue, source) for issue in issues))
    return scenario


def _something_else(content: Value) -> Issue | None:
    """Return what another kind of file this is; none: a scenario, or at least meant as one."""
    if not isinstance(content, dict) or "horizon" in content or "jobs" in content:
        return None
    if "plan" in content and "assessment" in content:
        action = "Give the scenario it was made for; where a command takes both, the scenario comes first."
        return Issue("not-a-scenario", "", "This is a plan, no scenario.", action)
    if "routes" in content:
        cause = "These are orders of stops, no scenario."
        action = "Name the scenario first: `paigong check SCENARIO ORDERS --retime`."
        return Issue("not-a-scenario", "", cause, action)
    return None


def with_preset(scenario: Scenario, preset: Preset) -> Scenario:
    """Return the scenario under another preset.

    Parameters
    ----------
    scenario : the question
    preset : takes the place of its own

    Raises
    ------
    InvalidInput
        The scenario's own prices contradict the preset.
    """
    if preset == scenario.policy.preset:
        return scenario
    changed = scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"preset": preset})})
    issues = scenario_issues(changed)
    if issues:
        raise InvalidInput(issues)
    return changed


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


def _folder_of(path: str) -> FilePath | None:
    return None if path == "-" else _scenario_in(FilePath(path)).parent


def _scenario_in(path: FilePath) -> FilePath:
    if not path.is_dir():
        return path
    for name in SCENARIO_NAMES:
        if (path / name).is_file():
            return path / name
    cause = f"The folder {str(path)!r} holds no {SCENARIO_NAMES[0]}."
    raise InvalidInput((Issue("file-not-found", "", cause, "Name the file itself."),))
