"""Puts the commands together."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from optimizer import __version__
from optimizer.cli.console import Colour, ask_for_colour


@contextmanager
def _plain_complaints() -> Iterator[None]:
    """Take the words of a library out of complaints about the command line."""
    try:
        yield
    except typer.BadParameter as error:
        error.message = error.message.removeprefix("Value error, ")
        raise


class Command(TyperCommand):
    """A command whose complaints are plain."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command's part of the command line."""
        with _plain_complaints():
            return super().parse_args(ctx, args)


class Program(TyperGroup):
    """The program itself, with what is said before the command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command."""
        with _plain_complaints():
            return super().parse_args(ctx, args)


def command_name(command: Callable[..., None]) -> str:
    """Return what is typed to run a command, e.g. ``import`` for ``import_``, ``demo-day`` for ``demo_day``."""
    return command.__name__.rstrip("_").replace("_", "-")  # `import` is a word of Python


def new_app(commands: Iterable[Callable[..., None]]) -> typer.Typer:
    """Return the application with these commands.

    Parameters
    ----------
    commands : functions; each becomes the command of its name
    """
    app = typer.Typer(
        cls=Program,
        help="Plan the day of a field-service department: who goes where, when, with what, and why.",
        epilog="Results go to standard output, errors and progress to standard error.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_whole)
    for command in commands:
        app.command(command_name(command), cls=Command)(command)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"paigong {__version__}")
        raise typer.Exit


def _whole(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_version)
    ] = False,
    color: Annotated[
        Colour,
        typer.Option(
            help="When to colour text; by default on a terminal, or as NO_COLOR and FORCE_COLOR say. "
            "`paigong --color always plan … | less -R` keeps the colours."
        ),
    ] = Colour.AUTO,
) -> None:
    """Plan the day of a field-service department: who goes where, when, with what, and why."""
    ask_for_colour(color)
