"""What the service needs for its work, looked at one by one; `CHECKS` is the table of contents."""

from collections.abc import Callable
from typing import Final

from service.backend import Backend
from service.health.records import Check, Readiness
from service.store.database import answers
from service.store.migrations import is_newest


def store(backend: Backend) -> Check:
    """Look whether the store answers."""
    ok = answers(backend.store)
    return Check(name="store", ok=ok, detail="It answers." if ok else "It does not answer.")


def tables(backend: Backend) -> Check:
    """Look whether the store's tables have the form this program knows."""
    if not answers(backend.store):
        return Check(name="tables", ok=False, detail="The store does not answer.")
    with backend.store.read() as tx:
        ok = is_newest(tx)
    said = "They have the newest form." if ok else "They have another form than this program's."
    return Check(name="tables", ok=ok, detail=said)


def studio(backend: Backend) -> Check:
    """Look whether anybody can compute while a caller waits."""
    state = backend.studio.state()
    said = f"{state.ready} of {state.processes} processes are warm."
    return Check(name="studio", ok=state.ready > 0, detail=said)


def executor(backend: Backend) -> Check:
    """Look whether anybody computes runs; a server that keeps none is no worse for that."""
    found = backend.computing
    if found is None:
        return Check(name="executor", ok=True, detail="This process computes no runs.")
    slots, tasks = found.slots, len(found.alive())
    if slots == 0:
        said = f"Nobody is there to compute runs: no worker gets ready, or the cluster is gone. Under way: {tasks}."
    else:
        said = f"There is room for {slots} runs at a time. Under way: {tasks}."
    return Check(name="executor", ok=slots > 0, detail=said)


CHECKS: Final[tuple[Callable[[Backend], Check], ...]] = (store, tables, studio, executor)
"""Everything that is looked at."""


def readiness(backend: Backend) -> Readiness:
    """Return whether the service can do its work.

    Parameters
    ----------
    backend : what stands behind the HTTP
    """
    checks = tuple(look(backend) for look in CHECKS)
    return Readiness(ready=all(one.ok for one in checks), checks=checks)
