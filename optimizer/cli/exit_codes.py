"""What the command's exit codes mean."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended; every other code comes from the operating system. `vroom` uses VROOM's own codes."""

    FINE = 0
    """The command did what it was asked."""
    UNEXPECTED = 1
    """A fault in the program; a traceback says where."""
    BAD_INPUT = 2
    """The command line, a scenario or a plan file cannot be used; the errors say why."""
    BREACHES = 3
    """`check` found broken hard rules, figures that are not the plan's, or another scenario's plan."""
    WITHHELD = 4
    """A plan was made but did not pass the independent checker; it is not shown."""
    UNSUPPORTED = 5
    """An engine, a door or the travel data cannot do what was asked."""
    NOT_WRITTEN = 6
    """The result could not be written to the file."""
    INTERRUPTED = 130
    """Stopped with Ctrl-C."""
    PIPE_CLOSED = 141
    """Whoever read the output stopped reading, as `head` does; files were written before."""
