"""What a worker process does: one task after the other, for as long as its server lives."""

import functools
import os
import socket
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import BinaryIO, NamedTuple, NoReturn

from optimizer.control import Cancel
from optimizer.engines.lns import warm_up
from optimizer.settings import Settings
from optimizer.travel import Roads
from optimizer.travel.roads.of_settings import roads_of
from service.executor.events import Started
from service.executor.local.frames import read_frame, write_frame
from service.executor.local.messages import OUT_OF_MEMORY, Begin, EndSoon, Ready
from service.executor.task import Task
from service.executor.work import work


class _Order(NamedTuple):
    task: Task
    cancel: Cancel


class _Server:
    """The server, as its worker sees it: two pipes."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self.orders: SimpleQueue[_Order] = SimpleQueue()
        self._incoming = incoming
        self._outgoing = outgoing
        self._lock = Lock()

    def tell(self, message: object) -> None:
        """Tell the server; a search tells its progress from any of its threads."""
        with self._lock, suppress(OSError):  # without a server `listen` ends the process
            write_frame(self._outgoing, message)

    def listen(self) -> None:
        """Take what the server says; when it has gone, the process ends at once, in the middle of anything."""
        latest: _Order | None = None
        try:
            while True:
                match read_frame(self._incoming):
                    case Begin(task, cancelled):
                        latest = _Order(task, Cancel(cancelled))
                        self.orders.put(latest)
                    case EndSoon(task_id) if latest is not None and latest.task.task_id == task_id:
                        latest.cancel.ask()
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        finally:
            os._exit(0)


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> NoReturn:
    """Work until the server goes.

    Parameters
    ----------
    incoming : what the server says
    outgoing : what it is told
    """
    server = _Server(incoming, outgoing)
    Thread(target=server.listen, daemon=True).start()
    try:
        server.tell(Ready(warm_up()))
        while True:
            _do(server, *server.orders.get())
    except MemoryError:  # what the process holds now is not to be relied on
        os._exit(OUT_OF_MEMORY)


def _do(server: _Server, task: Task, cancel: Cancel) -> None:
    server.tell(Started(task.task_id, f"{socket.gethostname()}:{os.getpid()}"))
    server.tell(work(task, roads=_roads, tell=server.tell, cancel=cancel))


@functools.cache
def _roads() -> Roads | None:
    return roads_of(Settings.read())
