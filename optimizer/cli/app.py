"""Puts the commands together."""

from collections.abc import Callable, Iterable
from typing import Annotated

import typer

from optimizer import __version__


def new_app(commands: Iterable[Callable[..., None]]) -> typer.Typer:
    """Return the application with these commands.

    Parameters
    ----------
    commands : functions; each becomes the command of its name
    """
    app = typer.Typer(
        help="Plan the day of a field-service department: who goes where, when, with what, and why.",
        epilog="Results go to standard output, errors and progress to standard error.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_whole)
    for command in commands:
        app.command()(command)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"paigong {__version__}")
        raise typer.Exit


def _whole(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Plan the day of a field-service department: who goes where, when, with what, and why."""
