"""Copies of the whole store in one file, from any kind of database into any other.

The file is a ZIP archive: ``about.json`` (format, version of the tables, rows by table), then for each table a file of
JSON lines, a row each. A copy is made from one state of the store while the service goes on.
"""

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, insert, select, text

from optimizer.errors import InvalidInput, Issue
from service.store.columns import Moment, Packed
from service.store.database import Store, Transaction
from service.store.migrations import upgrade
from service.store.tables import Table

FORMAT: Final = "paigong-backup-1"
_ROWS: Final = 200


def backup(store: Store, path: Path) -> dict[str, int]:
    """Write a copy of the store to a file and return its rows by table; the file is whole or not there.

    Parameters
    ----------
    store : what is copied
    path : the file, which must not exist yet; only its owner may read it, since it holds hashes of keys, secrets of
        webhooks and customers' data

    Raises
    ------
    InvalidInput
        The file exists, or cannot be written.
    """
    half = path.with_name(f".{path.name}.half")
    try:
        if path.exists():
            raise _refused(f"{str(path)!r} exists already.", "Name a new file.")
        half.unlink(missing_ok=True)  # left by one that was killed, perhaps for others to read
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, store.read() as tx:
                rows = {table.name: _write(tx, table.name, archive) for table in Table.metadata.sorted_tables}
                about = {"format": FORMAT, "tables": _version(tx), "rows": rows}
                archive.writestr("about.json", json.dumps(about, indent=1))
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
        return rows
    except OSError as error:
        raise _refused(
            f"{str(path)!r} cannot be written: {error.strerror or error}.", "Name another file."
        ) from None
    finally:
        half.unlink(missing_ok=True)


def restore(store: Store, path: Path) -> dict[str, int]:
    """Read a copy into an empty store, wholly or not at all, and return its rows by table.

    Parameters
    ----------
    store : where; its tables are made if they are missing
    path : a file that `backup` wrote

    Raises
    ------
    InvalidInput
        The store is not empty, or the file is none of these or of another version.
    """
    upgrade(store)
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            if about.get("format") != FORMAT:
                raise _refused(f"{str(path)!r} is no backup.", "Name a file that `paigong backup` wrote.")
            return store.write(lambda tx: _restore(tx, archive, about))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        cause = f"{str(path)!r} cannot be read as a backup: {error}."
        raise _refused(cause, "Name a file that `paigong backup` wrote.") from None


def _restore(tx: Transaction, archive: zipfile.ZipFile, about: dict[str, Any]) -> dict[str, int]:
    if about["tables"] != _version(tx):
        cause = f"The backup is of tables in version {about['tables']}, this program has {_version(tx)}."
        raise _refused(cause, "Restore it with the version of the program that wrote it, then update.")
    tables = Table.metadata.sorted_tables
    if any(tx.scalar(select(func.count()).select_from(table)) for table in tables):
        raise _refused("The store is not empty.", "Restore into a new data folder or an empty database.")
    found = {}
    for table in tables:
        rows = list(_read(archive, table.name))
        for start in range(0, len(rows), _ROWS):
            tx.execute(insert(table), rows[start : start + _ROWS])
        found[table.name] = len(rows)
    if found != about["rows"]:
        raise ValueError("rows are missing")
    _count_on(tx)
    return found


def _write(tx: Transaction, name: str, archive: zipfile.ZipFile) -> int:
    table, count = Table.metadata.tables[name], 0
    with (
        archive.open(f"{name}.jsonl", "w", force_zip64=True) as binary,
        TextIOWrapper(binary, "utf-8") as file,
    ):
        for row in tx.execute(select(table)).yield_per(_ROWS).mappings():
            file.write(
                json.dumps({key: _said(value) for key, value in row.items()}, ensure_ascii=False) + "\n"
            )
            count += 1
    return count


def _read(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    columns = Table.metadata.tables[name].columns
    with archive.open(f"{name}.jsonl") as file:
        for line in file:
            yield {key: _meant(columns[key].type, value) for key, value in json.loads(line).items()}


def _said(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def _meant(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Packed):
        return base64.b64decode(value)
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if getattr(kind, "python_type", None) is date else value


def _version(tx: Transaction) -> str:
    return str(tx.scalar(text("SELECT version_num FROM alembic_version")))


def _count_on(tx: Transaction) -> None:
    """Let PostgreSQL go on counting behind the numbers that were read in; SQLite does so by itself."""
    if tx.connection().dialect.name == "postgresql":
        counter = "pg_get_serial_sequence('audit_entries', 'number')"
        tx.execute(text(f"SELECT setval({counter}, coalesce(max(number), 1)) FROM audit_entries"))


def _refused(cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("backup", "", cause, action),))
