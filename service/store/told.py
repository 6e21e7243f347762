"""What is told of runs and of studies while they go on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute

from service.store.database import Transaction
from service.store.table import Told

T = TypeVar("T", bound=Told)


def tell(
    tx: Transaction, kind: type[Told], about: str, what: str, data: dict[str, Any], at: datetime
) -> None:
    """Add to what is told; the caller keeps what it is about from others.

    Parameters
    ----------
    kind : the table
    about : id of what it is about
    what : kind of event
    data : ids and figures
    at : when
    """
    owner = _owner(kind)
    last = tx.scalar(select(func.max(kind.number)).where(owner == about)) or 0
    tx.add(kind(**{owner.key: about}, number=last + 1, kind=what, data=data, at=at))
    tx.flush()


def told(tx: Transaction, kind: type[T], about: str, after: int) -> Sequence[T]:
    """Return what was told after an event, in order.

    Parameters
    ----------
    kind : the table
    about : id of what it is about
    after : number of the last event that is known; 0: none is
    """
    found = select(kind).where(_owner(kind) == about, kind.number > after)
    return tx.scalars(found.order_by(kind.number)).all()


def _owner(kind: type[Told]) -> InstrumentedAttribute[str]:
    """Return the column that says what it is about."""
    (key,) = (one.key for one in inspect(kind).primary_key if one.foreign_keys)
    found: InstrumentedAttribute[str] = getattr(kind, str(key))
    return found
