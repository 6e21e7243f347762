"""What a process of the studio does: it warms up, then works off one question after the other."""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from multiprocessing.connection import Connection
from typing import Final, Literal

from optimizer.errors import PaigongError
from service.mistakes import places
from service.studio.errors import StudioFailed
from service.studio.shelf import Shelf

READY: Final = "ready"
"""The first thing a process says: it is warm."""

Outcome = tuple[Literal["done", "refused", "failed"], object]
"""What became of a question: the result, the library's own error, or something nobody expected."""

_LOOK_S: Final = 1.0


def work_off(line: Connection, nice: int) -> None:
    """Answer questions until the line or the parent process ends.

    Parameters
    ----------
    line : where questions come from and answers go to
    nice : how far it stands back for others, as `nice` has it
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the service, which then ends this process
    if nice:
        os.nice(nice)
    threading.Thread(target=_end_with_the_parent, args=(os.getppid(),), daemon=True).start()
    _warm_up()
    pass_over_what_stays()
    shelf = Shelf()
    seen = shelf.changes
    try:
        line.send(READY)
        while True:
            work, args = line.recv()
            line.send_bytes(_written(_outcome(work, shelf, args)))
            if shelf.changes != seen:
                seen = shelf.changes
                pass_over_what_stays()
    except (EOFError, OSError):
        return


def pass_over_what_stays() -> None:
    """Look through everything for garbage, and not again through what is left.

    What is loaded stays for a long time: looking through it again and again would hold up every tenth answer or so.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _written(outcome: Outcome) -> bytes:
    try:
        return pickle.dumps(outcome)
    except Exception as error:  # noqa: BLE001 # what cannot be sent is a mistake of the work's
        return pickle.dumps(("failed", StudioFailed(type(error).__name__)))


def _outcome(work: object, shelf: Shelf, args: tuple[object, ...]) -> Outcome:
    assert callable(work)
    try:
        return "done", work(shelf, *args)
    except PaigongError as error:
        return "refused", error
    except Exception as error:  # noqa: BLE001 # the worker's boundary: a mistake costs its own call only
        return "failed", StudioFailed(type(error).__name__, tuple(places(error)))


def _warm_up() -> None:
    """Load what works need, kernels above all, so that no question waits for it."""
    import optimizer.explain
    import optimizer.interchange.vroom.door
    import optimizer.retime  # noqa: F401 # loaded here, used by the works
    from optimizer.engines.lns import warm_up

    warm_up()


def _end_with_the_parent(parent_pid: int) -> None:
    """End this process when the parent is gone, also in the middle of a work."""
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent_pid:
        parent.join(_LOOK_S)
        if not parent.is_alive():
            break
    os._exit(1)
