"""Runs tasks on a Dask cluster."""

from functools import partial
from typing import Final

from service.executor.cluster.connection import Connection
from service.executor.cluster.on_worker import PlanWorkers
from service.executor.cluster.supervisor import ClusterSupervisor
from service.executor.cluster.tls import TlsFiles
from service.executor.ledger import Ledger
from service.executor.local.process import WorkerConditions
from service.executor.supervised import SupervisedExecutor

_SETTLE_S: Final = 20.0
"""How long `close` waits beyond the grace for a call to the scheduler that is under way."""


class DaskExecutor(SupervisedExecutor):
    """Runs tasks on a Dask cluster whose scheduler and workers have the same Paigong installed.

    Whoever can reach a scheduler without certificates can run any program on its workers. So the address is
    ``tls://`` with certificates, or ``tcp://`` in a private network that nobody else can reach.

    The cluster is looked for in the background, and again when it is lost; until it is found there are no slots, and
    a task that is submitted all the same is `Lost`. So is a task whose worker dies: it is not begun anew.

    Parameters
    ----------
    address : the scheduler's, ``tls://host:port`` or ``tcp://host:port``
    tls : certificates; needed with ``tls://``
    conditions : how the plan workers beside each Dask worker are run; the first server to come decides
    deadline_grace_s : seconds after a task's deadline in which it may still end by itself before it is killed

    Raises
    ------
    ValueError
        The address is neither, or it has no certificates though it needs them.
    """

    def __init__(
        self,
        address: str,
        *,
        tls: TlsFiles | None = None,
        conditions: WorkerConditions = WorkerConditions(),  # noqa: B008 # immutable
        deadline_grace_s: float = 5.0,
    ) -> None:
        scheme = address.partition("://")[0]
        if scheme not in ("tcp", "tls"):
            raise ValueError("The scheduler's address begins with tls:// or tcp://.")
        if (scheme == "tls") != (tls is not None):
            raise ValueError("A tls:// address needs certificates, a tcp:// address uses none.")
        connect = partial(Connection, address, tls, PlanWorkers(conditions, deadline_grace_s))
        ledger = Ledger()
        super().__init__(ClusterSupervisor(connect, deadline_grace_s, ledger), ledger, _SETTLE_S)
