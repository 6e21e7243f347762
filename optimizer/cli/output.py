"""Writes a command's result to a file."""

from pathlib import Path

import typer
from rich.text import Text

from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.report import error_console
from optimizer.interchange.whole_file import write_whole


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
