"""``paigong import``: spreadsheets into a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli.console import error_console
from optimizer.cli.report import print_notes
from optimizer.cli.targets import check_targets, write_target
from optimizer.cli.words import plain
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml
from optimizer.rules.doubts import doubts
from optimizer.words.numbers import count

if TYPE_CHECKING:
    from optimizer.interchange.workbook.reading.addresses import Locate


def import_(
    source: Annotated[
        Path,
        typer.Argument(metavar="DAY.xlsx|FOLDER", help="Workbook, or folder with a CSV file for each sheet."),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Write to this file (.json: JSON, else YAML), not to standard output.")
    ] = None,
    geocode: Annotated[
        bool,
        typer.Option("--geocode", help="Ask the geocoder of the settings for rows with an address only."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of YAML.")] = False,
) -> None:
    """Read a workbook or a folder of CSV files, name every mistake with its cell, and write a scenario file."""
    # Imported here: the libraries for workbooks take a while to load.
    from optimizer.interchange.workbook import read_sheets

    check_targets({"--out": out}, {}, [source])
    if out is not None and out.is_file():
        # Somebody may have written it by hand.
        raise typer.BadParameter(
            f"{out} is there already; name another file, or take it away first.", param_hint="--out"
        )
    read = read_sheets(source, _geocoder() if geocode else None)
    as_json = as_json or (out is not None and out.suffix.lower() == ".json")
    text = scenario_json(read.scenario) if as_json else scenario_yaml(read.scenario)
    error_console().print(f"read {_said(read.scenario)}", style="dim")
    print_notes((*read.notes, *doubts(read.scenario)))
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_target(out, text.encode())


def _geocoder() -> "Locate":
    from optimizer.settings import Settings
    from optimizer.travel.geocoding import geocode

    settings = Settings.read()
    return lambda addresses, system: geocode(addresses, settings, system=system)


def _said(scenario: Scenario) -> str:
    shifts = sum(len(one.shifts or ()) for one in scenario.technicians)
    windows = sum(len(job.windows) for job in scenario.jobs)
    what = (
        count(len(scenario.branches), "branch"),
        count(len(scenario.technicians), "technician"),
        count(shifts, "shift"),
        count(len(scenario.jobs), "job"),
        count(windows, "agreed window"),
        count(scenario.horizon.days, "day"),
    )
    return f"{plain(scenario.name)}: {', '.join(what)} from {scenario.horizon.first_day}"
