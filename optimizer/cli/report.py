"""Errors: for people one readable list on standard error, for programs one JSON document there."""

from collections.abc import Sequence
from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from optimizer.cli.console import error_console
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.words import plain
from optimizer.domain.base import Record
from optimizer.errors import BrokenPlan, InvalidInput, Issue, NotWritten, PaigongError
from optimizer.words.numbers import count

UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""Everything that is wrong with a command line; typer gives the class no public name."""

SHOWN_ISSUES = 100
"""More issues than this are counted, not listed; as JSON all are given."""


class ReportedIssue(Record):
    """One thing that is wrong."""

    code: str
    """Short stable name of the kind of mistake."""
    path: str
    """Where it stands, e.g. ``jobs[3].windows[0]``; empty: the file, or the whole run."""
    cause: str
    """What is wrong, one sentence."""
    action: str
    """What to do about it; empty: nothing is known that would help."""
    line: int | None
    """Line in the file, from 1, where known."""


class ErrorReport(Record):
    """What went wrong: with ``--json`` the last line on standard error, behind notes and progress."""

    issues: tuple[ReportedIssue, ...]
    """Everything that is wrong."""


def report_error(error: PaigongError, *, as_json: bool = False) -> ExitCode:
    """Say on standard error what went wrong.

    Parameters
    ----------
    error : the error
    as_json : as a document for programs, see `ErrorReport`

    Returns
    -------
    The exit code that belongs to it.
    """
    if as_json:
        report_issues(_issues(error))
    else:
        _print(error_console(), error)
    match error:
        case InvalidInput():
            return ExitCode.BAD_INPUT
        case BrokenPlan():
            return ExitCode.WITHHELD
        case NotWritten():
            return ExitCode.NOT_WRITTEN
        case _:
            return ExitCode.UNSUPPORTED


def report_usage(error: Exception) -> ExitCode:
    """Say on standard error, as a document for programs, what is wrong with the command line.

    Parameters
    ----------
    error : a `UsageError`
    """
    cause = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
    hint = getattr(error, "param_hint", None)
    path = hint if isinstance(hint, str) else ""
    action = "`paigong --help`, and --help behind a command, say how it is used."
    report_issues((ReportedIssue(code="usage", path=path, cause=cause, action=action, line=None),))
    return ExitCode.BAD_INPUT


def print_notes(notes: Sequence[str]) -> None:
    """Say on standard error what is worth knowing but is no error.

    Parameters
    ----------
    notes : one sentence each
    """
    for note in notes:
        error_console().print(Text(f"note: {plain(note)}", "dim"))


def report_issues(issues: tuple[ReportedIssue, ...]) -> None:
    """Say on standard error, as a document for programs, what is wrong.

    Parameters
    ----------
    issues : everything that is wrong
    """
    typer.echo(ErrorReport(issues=issues).model_dump_json(), err=True)


def _issues(error: PaigongError) -> tuple[ReportedIssue, ...]:
    match error:
        case InvalidInput():
            return tuple(
                ReportedIssue(code=one.code, path=one.path, cause=one.cause, action=one.action, line=one.line)
                for one in error.issues
            )
        case BrokenPlan():
            advice = "This is a fault in the program; please report it with the scenario."
            return tuple(
                ReportedIssue(code="plan-withheld", path="", cause=one, action=advice, line=None)
                for one in error.findings
            )
        case NotWritten():
            return (ReportedIssue(code="not-written", path="", cause=str(error), action="", line=None),)
        case _:
            return (ReportedIssue(code="unsupported", path="", cause=str(error), action="", line=None),)


def _print(console: Console, error: PaigongError) -> None:
    match error:
        case InvalidInput():
            _print_issues(console, error.issues)
        case BrokenPlan():
            console.print(Text("The plan did not pass the independent checker and is withheld.", "bold red"))
            for finding in error.findings:
                console.print(Text(f"  · {plain(finding)}"))
            console.print("This is a fault in the program; please report it with the scenario.")
        case _:
            console.print(Text(plain(str(error)), "bold red"))


def _print_issues(console: Console, issues: Sequence[Issue]) -> None:
    console.print(Text(f"{count(len(issues), 'error')} in the input:", "bold red"))
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
