"""Errors for people: one readable list on standard error."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.words import plain
from optimizer.errors import BrokenPlan, InvalidInput, Issue, PaigongError

SHOWN_ISSUES = 100
"""More issues than this are counted, not listed."""


def report_error(error: PaigongError) -> ExitCode:
    """Say on standard error what went wrong.

    Parameters
    ----------
    error : the error

    Returns
    -------
    The exit code that belongs to it.
    """
    console = error_console()
    match error:
        case InvalidInput():
            _print_issues(console, error.issues)
            return ExitCode.BAD_INPUT
        case BrokenPlan():
            console.print(Text("The plan did not pass the independent checker and is withheld.", "bold red"))
            for finding in error.findings:
                console.print(Text(f"  · {plain(finding)}"))
            console.print("This is a fault in the program; please report it with the scenario.")
            return ExitCode.WITHHELD
        case _:
            console.print(Text(plain(str(error)), "bold red"))
            return ExitCode.UNSUPPORTED


def print_notes(notes: Sequence[str]) -> None:
    """Say on standard error what is worth knowing but is no error.

    Parameters
    ----------
    notes : one sentence each
    """
    for note in notes:
        error_console().print(Text(f"note: {plain(note)}", "dim"))


def error_console() -> Console:
    """Return a console on standard error that breaks no long words and adds no colours to numbers."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def _print_issues(console: Console, issues: Sequence[Issue]) -> None:
    count = "1 error" if len(issues) == 1 else f"{len(issues)} errors"
    console.print(Text(f"{count} in the input:", "bold red"))
    for issue in issues[:SHOWN_ISSUES]:
        line = Text("  ")
        line.append(plain(issue.path) or "file", "bold")
        if issue.line is not None:
            line.append(f" (line {issue.line})", "dim")
        line.append(f": {plain(issue.cause)} ")
        line.append(plain(issue.action), "green")
        line.append(f" [{issue.code}]", "dim")
        console.print(line)
    if len(issues) > SHOWN_ISSUES:
        console.print(f"  … and {len(issues) - SHOWN_ISSUES} more.")
