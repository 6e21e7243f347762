"""The database: SQLite in a file without any set-up, or PostgreSQL by its address; the same code for both."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

T = TypeVar("T")

Transaction = Session
"""What reads and writes go through; it is opened and closed by the store alone."""

_TRIES: Final = 8
_BUSY_MS: Final = 10_000
_WRITES: Final = "paigong_writes"  # execution option: the transaction is going to write
_AGAIN: Final = ("40001", "40P01")  # PostgreSQL: serialization failure, deadlock


class StoreBusy(Exception):
    """The database does not answer, or others have been writing for too long; nothing was stored."""


class Store:
    """Keeps what the service has acknowledged.

    Parameters
    ----------
    url : database address as SQLAlchemy has it; ``sqlite`` and ``postgresql+psycopg`` are supported
    """

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.engine = _engine(self.url)

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is a file of this machine."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Open a transaction that sees one state of the store, whatever others write meanwhile.

        Raises
        ------
        StoreBusy
            The database does not answer, or has gone away.
        """
        options = (
            {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with _while_it_answers(), self._session(options) as tx:
            yield tx

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do some work in one transaction, wholly or not at all, and return what it returns.

        Parameters
        ----------
        work : is called again when somebody else was quicker, so it must have no effect but on the store

        Raises
        ------
        StoreBusy
            Others were quicker again and again, or the database does not answer or has gone away.
        """
        for again in range(_TRIES):
            try:
                return self._write_once(work)
            except DBAPIError as error:
                if not _somebody_was_quicker(error):
                    raise
                last = error
                time.sleep(random.uniform(0, 0.01 * 2**again))  # spreads the next tries
        raise StoreBusy from last

    def _write_once(self, work: Callable[[Transaction], T]) -> T:
        with self._session({_WRITES: True}) as tx:
            with _while_it_answers():
                done = work(tx)
                tx.flush()
            tx.commit()  # of what ends here nobody can say that nothing was stored
            return done

    @contextmanager
    def _session(self, options: dict[str, Any]) -> Iterator[Transaction]:
        try:
            connection = self.engine.connect()
        except (NoConnection, OperationalError) as error:
            raise StoreBusy from error
        with connection, Session(connection.execution_options(**options), expire_on_commit=False) as tx:
            yield tx

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


@contextmanager
def _while_it_answers() -> Iterator[None]:
    """Say of a connection that breaks that the database is busy, e.g. starts anew."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreBusy from error
        raise


def answers(store: Store) -> bool:
    """Tell whether the database answers."""
    try:
        with store.read() as tx:
            tx.execute(text("SELECT 1"))
    except (StoreBusy, SQLAlchemyError):
        return False
    return True


def sqlite_url(folder: Path) -> str:
    """Return the address of the SQLite file in a data folder, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return f"sqlite:///{folder / 'paigong.db'}"


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url, pool_size=20, max_overflow=20, pool_timeout=30, pool_pre_ping=True, hide_parameters=True
        )
    # Python's own way of opening transactions is switched off: `_begin` says when one begins and of what kind.
    how = {"check_same_thread": False, "timeout": _BUSY_MS / 1000, "isolation_level": None}
    # Values may be customers' data: neither the log nor an error's message names them.
    engine = create_engine(url, pool_size=20, max_overflow=20, connect_args=how, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    """Make a new SQLite connection safe: a write is on the disk before it is acknowledged, readers do not wait."""
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once where writes follow: a read lock that is raised later may be refused."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _somebody_was_quicker(error: DBAPIError) -> bool:
    if isinstance(
        error, IntegrityError
    ):  # the same row was written by two: the second sees the first one's now
        return True
    code = getattr(error.orig, "sqlstate", None)
    return code in _AGAIN or (isinstance(error, OperationalError) and "locked" in str(error.orig))
