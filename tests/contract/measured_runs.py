"""Runs command lines one after another in processes of their own, and measures the memory of each.

As a program it reads a JSON list of command lines from standard input, and prints how each ended.
"""

import contextlib
import io
import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from typing import NamedTuple

PATIENCE_S = 120
"""A run that takes longer is ended; so long because machines are busy."""

_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the system's unit of memory."""


class Run(NamedTuple):
    """How a command line ended."""

    code: int
    """Exit code; negative: ended by a signal."""
    peak_mb: float
    """Most memory it held at once."""
    said: str
    """What it printed on standard error."""


def measured(command_lines: list[list[str]]) -> list[Run]:
    """Return how each command line ends, run in a fresh copy of one process that has loaded the program.

    Parameters
    ----------
    command_lines : arguments behind the program's name
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.contract.measured_runs"],
        input=json.dumps(command_lines),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "200"},
    )
    return [Run(*row) for row in json.loads(done.stdout)]


def _run(arguments: list[str]) -> Run:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(PATIENCE_S)
        os._exit(_in_child(arguments, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read().decode(errors="replace")
    _, status, usage = os.wait4(child, 0)
    return Run(os.waitstatus_to_exitcode(status), usage.ru_maxrss * _UNIT / 1024**2, said)


def _in_child(arguments: list[str], writing: int) -> int:
    from optimizer.cli import run

    said = io.StringIO()
    code = 1
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            code = run(arguments)
        except Exception:  # noqa: BLE001 a traceback is what the test looks for
            traceback.print_exc()
    with os.fdopen(writing, "wb") as stream:
        stream.write(said.getvalue().encode(errors="replace")[:100_000])
    return code


def main() -> None:
    """Run the command lines of standard input."""
    from optimizer.cli import run  # noqa: F401 loaded once, so that every run starts from the same

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps([_run(arguments) for arguments in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
