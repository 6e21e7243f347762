"""What must hold in the store, whatever was killed: read beside the service, when it has ended."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from sqlalchemy import URL, func, select, text

from service.store import Store, Transaction
from service.store.queue import ENDED
from service.store.tables import AuditEntry, Plan, Run, RunEvent


@contextmanager
def inside(url: URL) -> Iterator[Transaction]:
    """Look into a store."""
    store = Store(url)
    try:
        with store.read() as tx:
            yield tx
    finally:
        store.close()


def check_runs(tx: Transaction, run_ids: set[str], state: str = "finished") -> list[int]:
    """Check that these runs and no others are there, each ended once with one plan; return their attempts."""
    rows = list(tx.scalars(select(Run)))
    assert {row.run_id for row in rows} == run_ids  # nothing lost, nothing doubled
    assert Counter(row.state for row in rows) == Counter({state: len(run_ids)}), [
        (row.run_id, row.state, row.problem) for row in rows if row.state != state
    ]
    plans = Counter(tx.scalars(select(Plan.run_id)))
    assert plans == Counter(run_ids)
    for row in rows:
        events = list(
            tx.scalars(select(RunEvent).where(RunEvent.run_id == row.run_id).order_by(RunEvent.number))
        )
        assert [event.number for event in events] == list(range(1, len(events) + 1))
        assert [event.kind for event in events if event.kind in ENDED] == [events[-1].kind] == [state]
        begun = [event.data["attempt"] for event in events if event.kind == "running"]
        assert begun == list(range(1, row.attempt + 1))
        assert all(one.at <= other.at for one, other in pairwise(events))
    return [row.attempt for row in rows]


def entries(tx: Transaction) -> dict[str, int]:
    """Return how often each thing was done."""
    return dict(tx.execute(select(AuditEntry.action, func.count()).group_by(AuditEntry.action)).all())


def check_file(tx: Transaction) -> None:
    """Check that SQLite finds its file in order."""
    if tx.connection().dialect.name == "sqlite":
        assert tx.scalar(text("PRAGMA integrity_check")) == "ok"
        assert list(tx.execute(text("PRAGMA foreign_key_check"))) == []
