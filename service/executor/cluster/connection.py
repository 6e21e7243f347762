"""The way to a Dask scheduler: it is found or not, and no call waits for it for long."""

import pickle
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any, Final
from uuid import uuid4

from distributed import Client, Future
from distributed.security import Security

from optimizer import __version__
from service.executor.cluster.event_loop import EventLoop
from service.executor.cluster.on_worker import PlanWorkers, ask_to_end, do_task, version_here
from service.executor.cluster.tls import TlsFiles
from service.executor.events import End, Event
from service.executor.task import SampleTask, Task

CONNECT_S: Final = 10.0
"""Longest wait for a scheduler to answer at first."""
ANSWER_S: Final = 5.0
"""Longest wait for any later answer."""


class Connection:
    """A connection to a scheduler.

    Parameters
    ----------
    address : the scheduler's, ``tls://host:port`` or ``tcp://host:port``
    tls : our certificate; none with ``tcp://``
    plan_workers : what each Dask worker gets

    Raises
    ------
    OSError
        The scheduler cannot be reached, refuses us, or somebody in the cluster has another Paigong or none.
    """

    def __init__(self, address: str, tls: TlsFiles | None, plan_workers: PlanWorkers) -> None:
        self._topic = f"paigong-{uuid4()}"
        self._numbers = count(1)
        self._loop = EventLoop()
        try:
            self._client = Client(
                address,
                timeout=CONNECT_S,
                security=None if tls is None else _security(tls),
                set_as_default=False,
                loop=self._loop.loop,
            )
        except BaseException:
            self._loop.stop()
            raise
        try:
            self._refuse_strangers()
            self._ask(self._client.register_plugin, plan_workers)
        except BaseException:
            self.close()
            raise

    def listen(self, heard: Callable[[str, str, Event], None]) -> None:
        """Let a function be called with a worker's address, a key and an event of its task, from another thread."""

        def take(said: tuple[float, dict[str, Any]]) -> None:
            _, content = said
            heard(content["worker"], content["key"], pickle.loads(content["event"]))

        self._client.subscribe_topic(self._topic, take)

    def submit(self, task: Task, ended: Callable[["Handed"], None]) -> "Handed":
        """Hand a task to the cluster, under a key that no other has: a task may come again after it was lost.

        Parameters
        ----------
        task : what to do
        ended : is called when it has ended, from another thread
        """
        key = f"{self._topic}-{next(self._numbers)}-{task.task_id}"
        # Nobody waits for a sample as for a plan.
        priority = -1 if isinstance(task, SampleTask) else 0
        future = self._client.submit(
            do_task,
            key,
            self._topic,
            __version__,
            pickle.dumps(task),
            key=key,
            pure=False,
            retries=0,
            priority=priority,
        )
        handed = Handed(key, future)
        future.add_done_callback(lambda _: ended(handed))
        return handed

    def ask_to_end(self, handed: "Handed", worker: str) -> None:
        """Ask a running task to end and to keep its best; a worker that has gone does not mind.

        Parameters
        ----------
        handed : the task
        worker : address of the worker that does it
        """
        with suppress(OSError, ValueError):
            self._ask(self._client.run, ask_to_end, handed.key, workers=[worker], on_error="ignore")

    def threads(self) -> dict[str, int]:
        """Return how many tasks each worker does side by side, by its address.

        Raises
        ------
        OSError
            The scheduler does not answer.
        """
        if self._client.status != "running":
            raise OSError("the connection to the scheduler is broken")
        assert self._client.scheduler is not None
        found = self._ask(self._client.scheduler.identity, n_workers=-1)
        return {address: worker["nthreads"] for address, worker in found["workers"].items()}

    def close(self) -> None:
        """End the connection; the cluster drops what we had asked of it."""
        with suppress(OSError, RuntimeError):
            self._client.close(timeout=ANSWER_S)
        self._loop.stop()

    def _refuse_strangers(self) -> None:
        try:
            versions = {"the scheduler": self._ask(self._client.run_on_scheduler, version_here)}
            versions |= self._ask(self._client.run, version_here)
        except ImportError as error:
            raise OSError(f"not everybody in the cluster has Paigong {__version__}: {error}") from None
        strangers = [
            f"{where} has {version}" for where, version in versions.items() if version != __version__
        ]
        if strangers:
            raise OSError(f"the server has Paigong {__version__}, but {', '.join(strangers)}")

    def _ask(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self._client.sync(function, *args, callback_timeout=ANSWER_S, **kwargs)


class Handed:
    """A task in the cluster's hands.

    Parameters
    ----------
    key : the cluster's name of it
    future : the cluster's promise
    """

    def __init__(self, key: str, future: "Future[bytes]") -> None:
        self.key = key
        self._future = future

    def end(self) -> End:
        """Return how the task ended, once it has.

        Raises
        ------
        Exception
            The cluster could not do it.
        """
        content: End = pickle.loads(self._future.result(timeout=CONNECT_S))
        return content

    def drop(self) -> None:
        """Tell the cluster that nobody waits for the task any more; whoever is at it is killed."""
        self._future.release()


def _security(tls: TlsFiles) -> Security:
    return Security(
        require_encryption=True,
        tls_ca_file=str(tls.ca),
        tls_client_cert=str(tls.cert),
        tls_client_key=str(tls.key),
    )
