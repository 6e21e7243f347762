"""Writes a command's result to a file."""

import os
from pathlib import Path

import typer
from rich.text import Text

from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.report import error_console
from optimizer.interchange.whole_file import write_whole
from optimizer.scenario_library import scenario_path


def check_target(path: Path, question: str) -> None:
    """Say before a long run that its result could not be written, and end.

    Parameters
    ----------
    path : the file that is to be written
    question : the command line's scenario, which must not be written over
    """
    named = scenario_path(question)
    sources = (
        Path(question),
        Path(question) / "scenario.yaml",
        *((named, named / "scenario.yaml") if named else ()),
    )
    if path.exists() and any(one.exists() and path.samefile(one) for one in sources):
        raise typer.BadParameter(
            "This is the scenario itself; give the plan another file.", param_hint="--out"
        )
    folder = path.resolve().parent
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        cause = "it is a folder" if path.is_dir() else f"the folder {folder} is missing or not yours to write"
        error_console().print(Text(f"{path} cannot be written: {cause}.", "bold red"))
        raise typer.Exit(ExitCode.NOT_WRITTEN)


def write_file(path: Path, text: str) -> None:
    """Write a text to a file, or say why that is not possible and end.

    Parameters
    ----------
    path : the file; an existing one is replaced
    text : its new content
    """
    try:
        write_whole(path, text)
    except OSError as error:
        cause = f"{path} cannot be written: {error.strerror}."
        error_console().print(Text(cause, "bold red"))
        raise typer.Exit(ExitCode.NOT_WRITTEN) from None
    error_console().print(Text(f"wrote {path}", "dim"))
