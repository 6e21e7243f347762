"""The commands of the library: one file per command; `COMMANDS` is the table of contents."""

import signal
import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context

from optimizer.cli.app import new_app
from optimizer.cli.approve import approve
from optimizer.cli.calibrate import calibrate
from optimizer.cli.check import check
from optimizer.cli.close import close
from optimizer.cli.demo_day import demo_day
from optimizer.cli.diff import diff
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.explain import explain
from optimizer.cli.export import export
from optimizer.cli.generate import generate
from optimizer.cli.hhcrsp import hhcrsp
from optimizer.cli.import_ import import_
from optimizer.cli.offer import offer
from optimizer.cli.orders import orders
from optimizer.cli.plan import plan
from optimizer.cli.policy import policy
from optimizer.cli.replan import replan
from optimizer.cli.report import UsageError, report_error, report_usage
from optimizer.cli.rules import rules
from optimizer.cli.schema import schema
from optimizer.cli.settings import settings
from optimizer.cli.template import template
from optimizer.cli.validate import validate
from optimizer.cli.vroom import vroom
from optimizer.errors import PaigongError

COMMANDS = (
    plan,
    check,
    approve,
    explain,
    offer,
    diff,
    replan,
    close,
    demo_day,
    orders,
    export,
    template,
    import_,
    validate,
    rules,
    policy,
    settings,
    schema,
    generate,
    calibrate,
    vroom,
    hhcrsp,
)
"""Every command; its name is the function's with ``-`` for ``_``, its help the function's first line."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    end_quietly()
    sys.exit(run(sys.argv[1:]))


def end_quietly() -> None:
    """Let the process end without a word when the reader of its output goes away."""
    if hasattr(signal, "SIGPIPE"):  # not on Windows
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def run(arguments: Sequence[str], commands: Sequence[Callable[..., None]] = COMMANDS) -> int:
    """Run one command line.

    Parameters
    ----------
    arguments : everything after the command's name
    commands : the commands there are

    Returns
    -------
    The exit code, see `ExitCode`.
    """
    # A context of its own: what one command line says of colours is forgotten after it.
    return copy_context().run(_run, list(arguments), commands)


def _run(arguments: list[str], commands: Sequence[Callable[..., None]]) -> int:
    app = new_app(commands)
    as_json = "--json" in arguments
    try:
        ended = app(args=arguments, prog_name="paigong", standalone_mode=not as_json)
    except PaigongError as error:
        return report_error(error, as_json=as_json)
    except UsageError as error:  # without --json it is shown before it gets here
        return report_usage(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.FINE
    return ended if isinstance(ended, int) else ExitCode.FINE
