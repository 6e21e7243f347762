"""A scenario as a workbook or a folder of CSV files: what people keep in spreadsheets, in and out without loss."""

from pathlib import Path
from typing import NamedTuple

from optimizer.domain.scenario import Scenario
from optimizer.interchange.whole_file import write_whole_bytes
from optimizer.interchange.whole_folder import write_folder
from optimizer.interchange.workbook.files.csv_read import read_csv
from optimizer.interchange.workbook.files.xlsx_read import read_xlsx
from optimizer.interchange.workbook.reading.addresses import Locate
from optimizer.interchange.workbook.reading.load import scenario_of
from optimizer.interchange.workbook.writing.csv_write import csv_texts
from optimizer.interchange.workbook.writing.read_me import read_me
from optimizer.interchange.workbook.writing.scenario_rows import scenario_rows
from optimizer.interchange.workbook.writing.xlsx_write import xlsx_bytes
from optimizer.words.language import Language
from optimizer.words.numbers import count


class Sheets(NamedTuple):
    """A scenario read from sheets."""

    scenario: Scenario
    """The scenario."""
    notes: tuple[str, ...]
    """What is worth knowing about how it was read, e.g. which encoding was guessed."""


def read_sheets(path: str | Path, locate: Locate | None = None) -> Sheets:
    """Read a scenario from a workbook or a folder of CSV files, with notes.

    Parameters
    ----------
    path : the file or the folder
    locate : finds the places of rows that have an address only; none: coordinates are asked for

    Raises
    ------
    InvalidInput
        It cannot be read; carries every mistake found, each with sheet, column and row.
    """
    tables = read_csv(path) if Path(path).is_dir() else read_xlsx(path)
    loaded = scenario_of(tables, locate)
    note = f"{count(loaded.located, 'place')} found by the address alone; look them over on a map."
    return Sheets(loaded.scenario, (*loaded.notes, note) if loaded.located else loaded.notes)


def read_workbook(path: str | Path) -> Scenario:
    """Read a scenario from a workbook.

    Parameters
    ----------
    path : the ``.xlsx`` file

    Raises
    ------
    InvalidInput
        It cannot be read; carries every mistake found, each with its cell.
    """
    return scenario_of(read_xlsx(path)).scenario


def read_csv_folder(path: str | Path) -> Scenario:
    """Read a scenario from a folder of CSV files.

    Parameters
    ----------
    path : the folder, with a file for each sheet

    Raises
    ------
    InvalidInput
        It cannot be read; carries every mistake found, each with its cell.
    """
    return scenario_of(read_csv(path)).scenario


def write_workbook(scenario: Scenario, path: str | Path, language: Language = "en") -> None:
    """Write a scenario as a workbook; equal scenarios give equal bytes.

    Parameters
    ----------
    scenario : a valid scenario
    path : the file; an existing one is replaced
    language : language of sheets, headers and closed choices

    Raises
    ------
    InvalidInput
        The scenario contradicts itself, or a text is too long for a cell.
    OSError
        The file cannot be written.
    """
    write_whole_bytes(path, workbook_bytes(scenario, language))


def workbook_bytes(scenario: Scenario, language: Language = "en") -> bytes:
    """Return a scenario as a workbook.

    Parameters
    ----------
    scenario : a valid scenario
    language : language of sheets, headers and closed choices

    Raises
    ------
    InvalidInput
        The scenario contradicts itself, or a text is too long for a cell.
    """
    return xlsx_bytes(scenario_rows(scenario, language), language)


def write_csv_folder(
    scenario: Scenario, path: str | Path, language: Language = "en", *, empty: bool = False
) -> None:
    """Write a scenario as a folder of CSV files, one for each sheet; equal scenarios give equal bytes.

    A text that a spreadsheet might take for a formula stands behind an apostrophe, which is dropped on reading.

    Parameters
    ----------
    scenario : a valid scenario
    path : the folder; one that was written before is replaced
    language : language of file names, headers and closed choices
    empty : whether sheets of every day that have no row are written too

    Raises
    ------
    InvalidInput
        The scenario contradicts itself, a text is too long for a cell, or the folder holds other files.
    OSError
        The folder cannot be written.
    """
    texts = csv_texts(scenario_rows(scenario, language), language, empty=empty)
    about = "\n".join(f"{line}: {what}" if what else line for line, what in read_me(language))
    write_folder(path, {name: text.encode() for name, text in texts.items()}, about)
