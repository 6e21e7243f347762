"""``paigong template``: a workbook to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.targets import check_targets, written
from optimizer.words.language import Language


def template(
    workbook: Annotated[
        Path | None, typer.Argument(metavar="[DAY.xlsx]", help="Workbook to write.", show_default=False)
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(help="Write a folder with a CSV file for each sheet instead.")
    ] = None,
    language: Annotated[Language, typer.Option(help="Language of sheets, headers and examples.")] = "en",
) -> None:
    """Write a workbook to fill in: sheets, headers with comments, lists to choose from, an example that plans."""
    # Imported here: the libraries for workbooks take a while to load.
    from optimizer.interchange.workbook import write_csv_folder, write_workbook
    from optimizer.interchange.workbook.template import example

    if workbook is None and csv is None:
        raise typer.BadParameter("Say what to write: a workbook such as day.xlsx, or --csv FOLDER.")
    if workbook is not None and workbook.suffix.lower() != ".xlsx":
        raise typer.BadParameter("The name of the workbook ends with .xlsx.", param_hint="DAY.xlsx")
    for path in (workbook, csv):
        if path is not None and (path.is_file() or (path.is_dir() and any(path.iterdir()))):
            # Somebody may have filled it in.
            raise typer.BadParameter(f"{path} is there already; name another, or take it away first.")
    check_targets({"DAY.xlsx": workbook}, {"--csv": csv}, [])
    scenario = example(language)
    if workbook is not None:
        written(workbook, lambda: write_workbook(scenario, workbook, language))
    if csv is not None:
        written(csv, lambda: write_csv_folder(scenario, csv, language, empty=True))
