"""``paigong settings``: what the operator can set, and how it is set now."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.table import Table
from rich.text import Text

from optimizer.cli.console import result_console
from optimizer.cli.documents import SettingEntry, SettingsList
from optimizer.cli.report import print_notes
from optimizer.cli.words import plain

if TYPE_CHECKING:
    from optimizer.settings import Settings

_UNSET: Final = {"cache": "the user's cache folder", "data": "the user's data folder"}
"""What an unset variable means where that is not the same on every machine."""


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List every setting of this installation: environment variable, meaning, default and present value."""
    # Imported here: no other command needs to load them before it starts.
    from optimizer.settings import unknown_variables

    rows = list(setting_rows())
    if as_json:
        typer.echo(SettingsList(settings=tuple(rows)).model_dump_json(indent=1))
    else:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True, style="bold cyan")
        table.add_column(ratio=1, overflow="fold")
        for row in rows:
            table.add_row(row.variable, _said(row))
        result_console().print(table)
    print_notes(unknown_variables())


def setting_rows(now: "Settings | None" = None) -> Iterator[SettingEntry]:
    """Yield every setting with its meaning, default and present value.

    Parameters
    ----------
    now : the settings in force; none: as the environment has them

    Raises
    ------
    InvalidInput
        A variable has a value that cannot be used; lists all.
    """
    from optimizer.settings import OFF, Settings, variable

    now = now or Settings.read()
    folders = {"cache": now.cache_folder() or OFF, "data": now.data_folder()}
    for name, field in Settings.model_fields.items():
        yield SettingEntry(
            variable=variable(name),
            meaning=" ".join((field.description or "").split()),
            default=_UNSET.get(name) or _written(field.default),
            value=_written(folders.get(name, getattr(now, name))),
            is_set=name in now.model_fields_set,
        )


def _written(value: Any) -> str:
    """Write a value as the environment has it; names and passwords in addresses are hidden like any secret."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return ",".join(f"{key}={name}" for key, name in value.items())
    if isinstance(value, tuple):
        return ",".join(value)
    text = f"{value:g}" if isinstance(value, float) else str(value)
    scheme, sign, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{sign}…@{host.rpartition('@')[2]}{slash}{path}" if sign and "@" in host else text


def _said(row: SettingEntry) -> Text:
    said = Text(row.meaning)
    said.append(f"\n= {plain(row.value) or 'none'}", "green" if row.is_set else "dim")
    if row.is_set:
        said.append(f"  set; the default is {row.default or 'none'}", "dim")
    elif row.value != row.default:
        said.append(f"  {row.default}", "dim")
    return said
