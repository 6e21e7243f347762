"""Where commands print: how wide, and whether in colour."""

import os
import sys
from collections.abc import Iterable
from contextvars import ContextVar
from enum import StrEnum
from typing import Final, Literal, TextIO

from rich.console import Console, RenderableType

WIDTH: Final = 100
"""Columns in a pipe or a file where `COLUMNS` says nothing; a terminal has its own."""
NARROWEST: Final = 60
"""A table on fewer columns would be cut to pieces; it is made so wide and left to the terminal to wrap."""


class Colour(StrEnum):
    """When text is coloured."""

    AUTO = "auto"
    """On a terminal, unless the environment says otherwise (`NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE`)."""
    ALWAYS = "always"
    """In a pipe or a file as well."""
    NEVER = "never"
    """Not even on a terminal."""


_ASKED: Final[ContextVar[Colour]] = ContextVar("colour", default=Colour.AUTO)
# What ``--color`` says, for the command line that runs; `run` gives each a context of its own.


def ask_for_colour(colour: Colour) -> None:
    """Note what the option ``--color`` says, for the rest of this command line."""
    _ASKED.set(colour)


def result_console(*, soft_wrap: bool = False) -> Console:
    """Return the console of results: standard output, no markup in anybody's text, nothing highlighted.

    Parameters
    ----------
    soft_wrap : leave long sentences in one line, for whoever searches the output; not for tables
    """
    return _console(sys.stdout, soft_wrap=soft_wrap)


def error_console() -> Console:
    """Return a console on standard error that breaks no long words and adds no colours to numbers."""
    return _console(sys.stderr, soft_wrap=True)


def show(console: Console, blocks: Iterable[RenderableType]) -> None:
    """Print blocks one below the other; without colours no line ends in the blanks that fill up a table.

    Parameters
    ----------
    console : where to
    blocks : what rich can print
    """
    if console.color_system is not None:
        for block in blocks:
            console.print(block)
        return
    with console.capture() as printed:
        for block in blocks:
            console.print(block)
    console.file.write("".join(f"{line.rstrip(' ')}\n" for line in printed.get().splitlines()))


def in_colour(stream: TextIO) -> bool:
    """Return whether text for a stream is coloured.

    The option ``--color`` decides; where it is ``auto``, the environment: `NO_COLOR` switches colours off,
    `FORCE_COLOR` or `CLICOLOR_FORCE` on, each when set to anything but nothing and 0. Else only a terminal has them.

    Parameters
    ----------
    stream : where the text goes
    """
    asked = _ASKED.get()
    if asked is not Colour.AUTO:
        return asked is Colour.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty()


def _console(stream: TextIO, *, soft_wrap: bool) -> Console:
    terminal, colour = stream.isatty(), in_colour(stream)
    # A pipe tells nothing about the colours at its end: the sixteen that everything knows.
    system: Literal["auto", "standard"] | None = None
    if colour:
        system = "auto" if terminal else "standard"
    console = Console(
        file=stream,
        width=None if terminal else _piped_width(),
        color_system=system,
        no_color=not colour,  # said, for rich looks at NO_COLOR by itself
        force_terminal=True if colour else None,
        highlight=False,
        markup=False,  # a customer's "[red]" is text
        emoji=False,
        soft_wrap=soft_wrap,
    )
    if console.width < NARROWEST:
        console.width = NARROWEST
    return console


def _piped_width() -> int:
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isascii() and said.isdigit() and 0 < int(said) <= 10_000 else WIDTH
