"""The command ``paigong``: one file per command; `COMMANDS` is the table of contents."""

import signal
import sys
from collections.abc import Sequence

from optimizer.cli.app import new_app
from optimizer.cli.check import check
from optimizer.cli.diff import diff
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.explain import explain
from optimizer.cli.generate import generate
from optimizer.cli.plan import plan
from optimizer.cli.policy import policy
from optimizer.cli.report import report_error
from optimizer.cli.rules import rules
from optimizer.cli.schema import schema
from optimizer.cli.validate import validate
from optimizer.cli.vroom import vroom
from optimizer.errors import PaigongError

COMMANDS = (plan, check, explain, diff, validate, rules, policy, schema, generate, vroom)
"""Every command; its name is the function's, its help the function's first line."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if hasattr(signal, "SIGPIPE"):  # not on Windows; elsewhere end quietly when the output's reader goes away
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line.

    Parameters
    ----------
    arguments : everything after the command's name

    Returns
    -------
    The exit code, see `ExitCode`.
    """
    app = new_app(COMMANDS)
    try:
        app(args=list(arguments), prog_name="paigong")
    except PaigongError as error:
        return report_error(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.FINE
    return ExitCode.FINE
