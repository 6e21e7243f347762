"""Steps from one form of the tables to the next; `upgrade` goes to the newest."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from optimizer.errors import InvalidInput, Issue
from service.store.database import Store, Transaction

_LOCK = 0x70616967  # any number, but always the same


def upgrade(store: Store) -> None:
    """Bring the store's tables to the newest form; two servers that start at once do not get in each other's way.

    Raises
    ------
    InvalidInput
        The tables have a form that this program does not know.
    """
    try:
        store.write(_upgrade)
    except CommandError:
        cause = (
            "The store's tables have a form that this program does not know: a newer one has been at work."
        )
        action = "Start that version of the program, or restore a backup into a new place."
        raise InvalidInput((Issue("unknown-tables", "", cause, action),)) from None


def _upgrade(tx: Transaction) -> None:
    connection = tx.connection()
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    command.upgrade(configured(connection), "head")


def configured(connection: Connection | None = None) -> Config:
    """Return how Alembic finds the steps and the database.

    Parameters
    ----------
    connection : where the tables are; none: for making a new step
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_newest(tx: Transaction) -> bool:
    """Tell whether the tables have the newest form this program knows."""
    newest = ScriptDirectory.from_config(configured()).get_heads()
    return set(MigrationContext.configure(tx.connection()).get_current_heads()) == set(newest)
