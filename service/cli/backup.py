"""``paigong backup`` and ``paigong restore``: the whole store in one file."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.words.numbers import count


def backup(
    file: Annotated[Path, typer.Argument(help="New file to write, e.g. paigong-2026-07-15.zip.")],
) -> None:
    """Copy everything the service has stored into one file, while it goes on working."""
    # Imported here: no other command should pay for loading the service.
    from optimizer.settings import Settings
    from service.store.backup import backup as copied
    from service.store.opening import open_store

    store = open_store(Settings.read(), is_there=True)
    try:
        rows = copied(store, file)
    finally:
        store.close()
    typer.echo(f"{file}: {count(sum(rows.values()), 'row')}, {_most(rows)}")


def restore(file: Annotated[Path, typer.Argument(help="A file that `paigong backup` wrote.")]) -> None:
    """Read such a file into an empty data folder or database, of either kind."""
    from optimizer.settings import Settings
    from service.store.backup import restore as read
    from service.store.opening import open_store

    store = open_store(Settings.read())
    try:
        rows = read(store, file)
    finally:
        store.close()
    typer.echo(f"restored {count(sum(rows.values()), 'row')}, {_most(rows)}")


def _most(rows: dict[str, int]) -> str:
    named = (count(rows[name], name.removesuffix("s")) for name in ("scenarios", "runs", "plans", "boards"))
    return "among them " + ", ".join(named)
