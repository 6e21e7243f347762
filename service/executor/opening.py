"""Which executor an installation has."""

import os

from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings
from service.executor.base import Executor
from service.executor.cluster.tls import TlsFiles
from service.executor.local.executor import LocalExecutor
from service.executor.local.process import WorkerConditions


def open_executor(settings: Settings) -> Executor:
    """Return the executor of an installation: worker processes here, or a Dask cluster where one is set.

    Parameters
    ----------
    settings : what the operator decided

    Raises
    ------
    InvalidInput
        The cluster's address cannot be used, certificates are missing, or Dask is not installed.
    """
    conditions = WorkerConditions(nice=settings.worker_nice, max_memory_mb=settings.worker_memory_mb)
    if settings.dask is None:
        return LocalExecutor(settings.workers or os.cpu_count() or 1, conditions=conditions)
    try:
        # Imported here: it takes a second, and is not installed everywhere.
        from service.executor.cluster.executor import DaskExecutor
    except ModuleNotFoundError:
        cause = "A Dask cluster is set, but Dask is not installed."
        raise _refused(cause, "Install it with: pip install 'paigong[dask]'.") from None
    try:
        return DaskExecutor(settings.dask, tls=_certificates(settings), conditions=conditions)
    except ValueError as error:
        action = "Correct the address, or set PAIGONG_DASK_CA, PAIGONG_DASK_CERT and PAIGONG_DASK_KEY, or none of them."
        raise _refused(str(error), action) from None


def _certificates(settings: Settings) -> TlsFiles | None:
    ca, cert, key = settings.dask_ca, settings.dask_cert, settings.dask_key
    if ca is None and cert is None and key is None:
        return None
    if ca is None or cert is None or key is None:
        raise ValueError(
            "The cluster's authority, our certificate and its key belong together; one is missing."
        )
    return TlsFiles(ca=ca, cert=cert, key=key)


def _refused(cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("bad-setting", "PAIGONG_DASK", cause, action),))
