"""The parent of all tables, and what several of them have in common."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from service.store.columns import Moment

ID = String(80)
NAME = String(200)
HASH = String(64)
WORD = String(40)
NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is called INTEGER


class Table(DeclarativeBase):
    """The parent of all tables."""

    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON}


class Queued(Table):
    """What waits in a queue until a server takes it on: runs, studies."""

    __abstract__ = True
    state: Mapped[str] = mapped_column(WORD)
    cancel_asked: Mapped[bool]
    made_by: Mapped[str] = mapped_column(ID)
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    attempt: Mapped[int]
    """How often it was taken on; a result of an earlier attempt is not stored."""
    tries: Mapped[int]
    """How often that may have failed by its own fault."""
    leased_by: Mapped[str | None] = mapped_column(ID)
    leased_until: Mapped[datetime | None]
    progress: Mapped[dict[str, Any] | None]
    problem: Mapped[dict[str, Any] | None]


class Told(Table):
    """What is told of something while it goes on, in order, so that a listener can take up where it left off."""

    __abstract__ = True
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(WORD)
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime]
