"""Where a worker process begins: reads tasks from its standard input, answers on its standard output.

Started by `process.WorkerProcess` as ``python -m service.executor.local NICE MAX_MEMORY_MB``.
"""

import ctypes
import os
import signal
import sys
from typing import BinaryIO, Final

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of linux/prctl.h


def main() -> None:
    """Arrange the process, then work."""
    nice, max_memory_mb = int(sys.argv[1]), int(sys.argv[2])
    incoming, outgoing = own_pipes()
    _die_with_parent()
    # Service managers signal a whole group; when the workers end is the server's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(nice)
    _limit_memory(max_memory_mb)
    # Imported here: loading the kernels' compiler should already stand back behind the server, and print nowhere.
    from service.executor.local.worker import serve

    serve(incoming, outgoing)


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes to the server, out of the way of whatever reads or prints in this process."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


def _die_with_parent() -> None:
    """Let Linux kill this process with the thread that started it; elsewhere, the end of the pipe does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _limit_memory(max_memory_mb: int) -> None:
    """Let requests for more memory fail, on Linux; 0: no limit."""
    if max_memory_mb > 0 and sys.platform == "linux":
        import resource

        limit = max_memory_mb * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


if __name__ == "__main__":
    main()
