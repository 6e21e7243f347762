"""From tables to a scenario, or to the list of everything that is wrong with them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import ValidationError

from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.sound_part import sound_part
from optimizer.interchange.source_text import SourceText, parse_path
from optimizer.interchange.workbook.cells.work_words import read_types
from optimizer.interchange.workbook.columns.sheets import SHEETS
from optimizer.interchange.workbook.files.table import Tables
from optimizer.interchange.workbook.reading.addresses import Locate, locate_addresses
from optimizer.interchange.workbook.reading.content import BAD, Content
from optimizer.interchange.workbook.reading.customers import name_customers
from optimizer.interchange.workbook.reading.read_tables import read_content
from optimizer.rules.scenario_issues import scenario_issues
from optimizer.words.trade_words import job_type_word

_CELL = re.compile(r"([A-Z]*)([0-9]+)")

_REFERENCES = {
    "unknown-branch": "branches",
    "unknown-technician": "technicians",
    "unknown-job": "jobs",
    "unknown-job-type": "job types",
    "unknown-kit": "kits",
}
"""Codes of references that lead nowhere, and the sheet that should have the name."""

_FEW = 12
"""So many names are all named, where none is near."""


class Loaded(NamedTuple):
    """A scenario made of tables."""

    scenario: Scenario
    """The scenario."""
    located: int
    """How many places were found by their addresses."""
    notes: tuple[str, ...]
    """What was not read, though nothing is wrong with it."""


def scenario_of(tables: Tables, locate: Locate | None = None) -> Loaded:
    """Return the scenario that tables hold.

    Parameters
    ----------
    tables : the sheets of a workbook or the files of a folder
    locate : finds the places of rows that have an address only; none: coordinates are asked for

    Raises
    ------
    InvalidInput
        They hold no scenario; carries every mistake found, each with its cell.
    """
    content = read_content(tables)
    if not any(sheet.name in content.sheets for sheet in SHEETS):
        cause = "No sheet of a scenario is there."
        action = "`paigong template day.xlsx` writes a workbook to fill in."
        raise InvalidInput((*content.issues[:1], Issue("no-scenario", "", cause, action)))
    content.read_as |= read_types(content.value)
    content.notes += (f"{zh} was read as {en}." for zh, en in content.read_as.items())
    name_customers(content)
    located = 0 if locate is None else locate_addresses(content, locate)
    source = SourceText(value=content.value)
    found: list[Issue] = []
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(content.value)
        found += scenario_issues(scenario)
    except ValidationError as error:
        found += record_issues(error, source, Scenario)
        part = sound_part(content.value, error)
        if part is not None:
            found += part.in_file(scenario_issues(part.scenario))
    issues = (*content.issues, *_placed(found, content))
    if scenario is None or issues:
        raise InvalidInput(_in_order(issues, tables))
    return Loaded(scenario, located, (*tables.notes, *content.notes))


def _in_order(issues: tuple[Issue, ...], tables: Tables) -> tuple[Issue, ...]:
    """Return the issues as somebody meets them who goes through the sheets from the top, each once."""
    titles = {table.title: i for i, table in enumerate(tables.tables)}

    def place(issue: Issue) -> tuple[int, int, int, str]:
        title, _, cell = issue.path.rpartition("!")
        found = _CELL.match(cell) if title else None
        column, row = (found[1], int(found[2])) if found else ("", 0)
        return titles.get(title or issue.path, -1), row, len(column), column

    return tuple(sorted(dict.fromkeys(issues), key=place))


def _placed(issues: list[Issue], content: Content) -> Iterator[Issue]:
    """Yield the issues of the content as issues of cells; what follows from an unreadable cell is dropped."""
    for issue in issues:
        if _holds_bad(content.value, issue.path):
            continue
        placed = _in_sheet(issue, content)
        if placed is not None:
            yield placed


def _in_sheet(issue: Issue, content: Content) -> Issue | None:
    where = content.where
    cell = where.cell(issue.path)
    if cell is None or (issue.code == "missing" and cell.column is None):
        return _without_cell(issue, content)
    if issue.code == "missing" and cell.column is not None:
        if not cell.there:
            return None  # said once for the whole column
        return Issue("missing", cell.name, f"{cell.heading!r} is missing in this row.", "Add it.")
    issue = replace(
        issue, path=cell.name, cause=where.in_words(issue.cause), action=where.in_words(issue.action)
    )
    names = content.known.get(_REFERENCES.get(issue.code, ""), {})
    quotes = issue.cause.split("'")
    if not names or len(quotes) < 3:
        return issue
    spelled = [str(name[0]) for name in names]
    if issue.code == "unknown-job-type" and where.language == "zh":
        spelled = [job_type_word(name, "zh") for name in spelled]
    few = f"{issue.action} There are: {', '.join(spelled)}." if len(spelled) <= _FEW else issue.action
    return replace(issue, action=content.near(quotes[1], spelled) or few)


def _without_cell(issue: Issue, content: Content) -> Issue:
    """Return an issue about something that has no row: a fact, a sheet."""
    path = parse_path(issue.path)
    for sheet in SHEETS:
        if sheet.form == "facts":
            for column in sheet.columns:
                if path and column.path[: len(path)] == path:
                    if issue.code != "missing":
                        continue
                    cause = f"The fact {column.header(content.where.language)!r} is missing."
                    action = "Add a row with it, and its value beside it."
                    return Issue("missing", content.where.title(sheet.name), cause, action)
        elif not sheet.parent and path[: len(sheet.at)] == sheet.at:
            title = content.where.title(sheet.name)
            if issue.code == "missing":
                return Issue("missing-sheet", title, f"The sheet {title!r} is missing.", "Add it.")
            return replace(issue, path=title)
    return issue


def _holds_bad(value: Any, path: str) -> bool:
    """Tell whether a path leads to a cell that could not be read."""
    for part in parse_path(path):
        if isinstance(value, dict):
            value = value.get(part, value.get(str(part)))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            break
    return value is BAD
