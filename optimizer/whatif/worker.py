"""Where a worker process begins: makes the samples it is told to, until its pipe ends.

Started by `optimizer.whatif.pool` as ``python -m optimizer.whatif.worker``.
"""

import os
import pickle
import traceback
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, NoReturn

from optimizer.errors import PaigongError
from optimizer.whatif.executor import Assignment, Failed, Made, SampleTask
from optimizer.whatif.making import SampleMaker
from optimizer.whatif.pool import OUT_OF_MEMORY, Ready


def main() -> NoReturn:
    """Take the assignment, then make samples."""
    incoming, outgoing = _own_pipes()
    assignment: Assignment = pickle.load(incoming)
    tasks: SimpleQueue[SampleTask] = SimpleQueue()
    Thread(target=_listen, args=(incoming, tasks), daemon=True).start()
    maker = SampleMaker(assignment)
    _tell(outgoing, Ready())
    while True:
        _tell(outgoing, _end(maker, tasks.get()))


def _end(maker: SampleMaker, task: SampleTask) -> Made | Failed:
    try:
        return Made(task, maker.made(task))
    except PaigongError as error:
        return Failed(task, error)
    except MemoryError:  # what the process holds now is not to be relied on
        os._exit(OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 # the worker boundary
        return Failed(task, RuntimeError(f"{task} failed:\n{traceback.format_exc()}"))


def _listen(incoming: BinaryIO, tasks: "SimpleQueue[SampleTask]") -> None:
    """Take tasks; when whoever gives them has gone, the process ends at once, in the middle of anything."""
    try:
        while True:
            tasks.put(pickle.load(incoming))
    finally:
        os._exit(0)


def _tell(outgoing: BinaryIO, message: object) -> None:
    with suppress(OSError):  # nobody listens any more: `_listen` ends the process
        outgoing.write(pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL))
        outgoing.flush()


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes, out of the way of whatever reads or prints in this process."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


if __name__ == "__main__":
    main()
