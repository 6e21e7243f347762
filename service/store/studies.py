"""Studies and their samples in the store; their queue and their leases are those of `service.store.queue`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update

from service.caller import Caller
from service.store import told as telling
from service.store.database import Store, Transaction
from service.store.queue import visible_row
from service.store.tables import Study, StudyEvent, StudySample

_AT_ONCE: Final = 200


def study_row(tx: Transaction, study_id: str, caller: Caller, *, to_change: bool = False) -> Study | None:
    """Return a study, or none where there is none or the caller may not see its scenario.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    return visible_row(tx, Study, study_id, caller, to_change=to_change)


def tell(tx: Transaction, study_id: str, kind: str, data: dict[str, Any], at: datetime) -> None:
    """Add to what is told of a study; the caller keeps the study from others."""
    telling.tell(tx, StudyEvent, study_id, kind, data, at)


def told(tx: Transaction, study_id: str, after: int) -> Sequence[StudyEvent]:
    """Return what was told of a study after an event, in order."""
    return telling.told(tx, StudyEvent, study_id, after)


def sample_keys(tx: Transaction, study_id: str) -> set[str]:
    """Return the keys of a study's samples."""
    return set(tx.scalars(select(StudySample.sample_key).where(StudySample.study_id == study_id)))


def sample_body(tx: Transaction, study_id: str, key: str) -> bytes:
    """Return a sample that is there."""
    return tx.get_one(StudySample, (study_id, key)).body


def add_sample(tx: Transaction, study_id: str, key: str, body: bytes) -> None:
    """Keep a sample."""
    tx.add(StudySample(study_id=study_id, sample_key=key, number=None, body=body))


def put_in_order(tx: Transaction, study_id: str, keys: Iterable[str]) -> None:
    """Leave these samples alone, in this order."""
    rows = [
        {"study_id": study_id, "sample_key": key, "number": number}
        for number, key in enumerate(keys, start=1)
    ]
    tx.execute(update(StudySample), rows)
    tx.execute(delete(StudySample).where(StudySample.study_id == study_id, StudySample.number.is_(None)))


def samples_in_order(store: Store, study_id: str) -> Iterator[bytes]:
    """Yield the samples that a study's result was made of, in order; some at a time are in memory."""
    last = 0
    while True:
        found = select(StudySample.number, StudySample.body).where(
            StudySample.study_id == study_id, StudySample.number > last
        )
        with store.read() as tx:
            rows = tx.execute(found.order_by(StudySample.number).limit(_AT_ONCE)).all()
        yield from (body for _, body in rows)
        if len(rows) < _AT_ONCE:
            return
        last += len(rows)  # they are numbered from 1 without a gap
