"""``paigong keys``: who may call the service."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from pydantic import ValidationError
from rich.table import Table

from optimizer.cli.console import result_console
from optimizer.cli.report import print_notes
from optimizer.cli.words import plain
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.record_issues import cause_of
from service.roles import Role

if TYPE_CHECKING:
    from service.keys.records import KeyInfo, NewKey
    from service.store import Store


class Action(StrEnum):
    """What is done."""

    ADD = "add"
    """Make a key."""
    LIST = "list"
    """Show all keys."""
    REVOKE = "revoke"
    """Withdraw a key."""


def keys(
    action: Annotated[Action, typer.Argument(help="What to do.")],
    key: Annotated[
        str | None, typer.Argument(help="With add: what people call the key; with revoke: its id.")
    ] = None,
    role: Annotated[str, typer.Option(help=f"What it is for: {', '.join(get_args(Role))}.")] = "",
    branch: Annotated[
        list[str] | None, typer.Option(help="A branch it is for; may be repeated; without it all.")
    ] = None,
    technician: Annotated[
        str | None, typer.Option(help="Whose own orders it sees; with the role technician.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option(help="From when it is not valid any more, e.g. 2026-12-31T00:00+08:00.")
    ] = None,
    even_last: Annotated[
        bool, typer.Option("--even-last", help="With revoke: also the last key that administers.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make, list and withdraw the keys that let programs and people call the service."""
    # Imported here: no other command should pay for loading the service.
    from optimizer.settings import Settings
    from service.store.opening import open_store

    if (key is None) != (action is Action.LIST):
        raise typer.BadParameter("add takes a name, revoke an id, list neither.", param_hint="KEY")
    store = open_store(Settings.read())
    try:
        match action:
            case Action.ADD:
                given = {
                    "name": key,
                    "role": role,
                    "branches": tuple(branch) if branch else None,
                    "technician_id": technician,
                    "expires_at": expires,
                }
                _add(store, _new_key(given), as_json=as_json)
            case Action.LIST:
                _list(store, as_json=as_json)
            case Action.REVOKE:
                _revoke(store, key or "", even_last=even_last)
    finally:
        store.close()


def _add(store: "Store", new: "NewKey", *, as_json: bool) -> None:
    from service.keys.at_machine import add_at_machine

    made = add_at_machine(store, new, datetime.now(UTC))
    if as_json:
        typer.echo(made.model_dump_json(indent=1))
        return
    print_notes((f"This is {made.key.key_id}. It is shown this once and kept nowhere:",))
    typer.echo(made.secret)


def _list(store: "Store", *, as_json: bool) -> None:
    from service.keys.records import KeyList, key_info
    from service.store.keys import key_rows

    with store.read() as tx:
        found = KeyList(keys=tuple(key_info(row) for row in key_rows(tx)))
    if as_json:
        typer.echo(found.model_dump_json(indent=1))
        return
    table = Table(box=None, pad_edge=False)
    for head in ("id", "name", "role", "branches", "state"):
        # An id is copied from here to `paigong keys revoke`: it stays in one piece however narrow the terminal is.
        table.add_column(head, overflow="fold", no_wrap=head == "id", min_width=31 if head == "id" else None)
    for one in found.keys:
        whose = f" {one.technician_id}" if one.technician_id else ""
        branches = "all" if one.branches is None else ", ".join(one.branches)
        table.add_row(one.key_id, plain(one.name), plain(f"{one.role}{whose}"), plain(branches), _state(one))
    result_console().print(table)


def _revoke(store: "Store", key_id: str, *, even_last: bool) -> None:
    from service.keys.at_machine import revoke_at_machine

    revoke_at_machine(store, key_id, datetime.now(UTC), even_last=even_last)
    typer.echo(f"{plain(key_id)} is withdrawn.")


def _state(one: "KeyInfo") -> str:
    if one.revoked_at is not None:
        return f"withdrawn {one.revoked_at:%Y-%m-%d}"
    if one.expires_at is None:
        return "valid"
    expired = one.expires_at <= datetime.now(UTC)
    return f"{'expired' if expired else 'valid until'} {one.expires_at:%Y-%m-%d %H:%M} UTC"


def _new_key(given: Mapping[str, object]) -> "NewKey":
    from service.keys.records import NewKey

    try:
        return NewKey.model_validate(given)
    except ValidationError as error:
        raise InvalidInput(
            tuple(
                Issue(
                    "bad-option",
                    ".".join(str(step) for step in one["loc"]),
                    cause_of(one["type"], one["msg"], one["loc"], one.get("ctx", {})),
                    "`paigong keys --help` says what it takes.",
                )
                for one in error.errors(include_url=False, include_input=False)
            )
        ) from None
