"""Runs tasks in worker processes on this machine."""

from typing import Final

from service.executor.ledger import Ledger
from service.executor.local.process import WorkerConditions
from service.executor.local.supervisor import LocalSupervisor
from service.executor.supervised import SupervisedExecutor

_SETTLE_S: Final = 15.0
"""How long `close` waits beyond the grace for killed processes to be gone."""


class LocalExecutor(SupervisedExecutor):
    """Runs tasks in worker processes on this machine, each a program of its own that is ready when it is needed.

    A worker that dies costs its own task only, and another one takes its place. All of them end with this process,
    however it ends.

    Parameters
    ----------
    slots : number of worker processes, from 1
    conditions : how they are run
    deadline_grace_s : seconds after a task's deadline in which it may still end by itself before it is killed
    """

    def __init__(
        self,
        slots: int,
        *,
        conditions: WorkerConditions = WorkerConditions(),  # noqa: B008 # immutable
        deadline_grace_s: float = 5.0,
    ) -> None:
        ledger = Ledger()
        super().__init__(LocalSupervisor(slots, conditions, deadline_grace_s, ledger), ledger, _SETTLE_S)
