"""Ctrl-C during long work: the first one ends it and keeps what there is, the second one drops everything."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from rich.text import Text

from optimizer.cli.console import error_console
from optimizer.control import Cancel

BEST_PLAN: Final = "stopping with the best plan so far (Ctrl-C again drops it)"
"""What is said where a search is ended."""


@contextmanager
def best_kept_on_interrupt(said: str = BEST_PLAN) -> Iterator[Cancel]:
    """Hand out a flag that Ctrl-C sets; a second Ctrl-C stops the command at once.

    Parameters
    ----------
    said : what is said at the first one
    """
    cancel = Cancel()
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.SIG_IGN:  # started in the background, where Ctrl-C is meant for somebody else
        yield cancel
        return

    def ask(number: int, frame: FrameType | None) -> None:
        cancel.ask()
        signal.signal(signal.SIGINT, usual)
        error_console().print(Text(f"\n{said}", "dim"))

    signal.signal(signal.SIGINT, ask)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, usual)
