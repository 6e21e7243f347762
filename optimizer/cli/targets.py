"""Where a command's results go: files and folders that may be written, and the writing."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import typer
from rich.text import Text

from optimizer.cli.console import error_console
from optimizer.cli.words import plain
from optimizer.errors import NotWritten
from optimizer.interchange.whole_file import write_whole_bytes
from optimizer.interchange.whole_folder import check_folder, write_folder


def check_targets(
    files: Mapping[str, Path | None], folders: Mapping[str, Path | None], sources: Iterable[Path]
) -> None:
    """Say before any work that a result could not be written, or would replace what it is made from.

    Parameters
    ----------
    files : files to be written, by option; none: not asked for
    folders : folders to be written, by option
    sources : what the command reads

    Raises
    ------
    InvalidInput
        A folder holds files of somebody else.
    NotWritten
        A folder is missing, or not the user's to write.
    """
    taken: dict[Path, str] = {source.resolve(): "" for source in sources}
    for option, path in {**files, **folders}.items():
        if path is None:
            continue
        before = taken.setdefault(path.resolve(), option)
        if before != option:
            said = f"Both {before} and {option} name {path}; give each its own."
            if not before:
                said = f"{path} is what the command reads; write to another file."
            raise typer.BadParameter(said, param_hint=option)
        _check_place(path, is_folder=option in folders)


def write_target(path: Path, content: bytes | Mapping[str, bytes], about: str = "") -> None:
    """Write a file, or a folder of files, whole or not at all; say where.

    Parameters
    ----------
    path : the file or folder
    content : of the file; or of the folder's files, by name
    about : for a folder: what it holds
    """
    if isinstance(content, bytes):
        written(path, lambda: write_whole_bytes(path, content))
    else:
        written(path, lambda: write_folder(path, content, about))


def written(path: Path, write: Callable[[], None]) -> None:
    """Let something write a file or folder; say where.

    Parameters
    ----------
    path : the file or folder
    write : writes it, whole or not at all
    """
    try:
        write()
    except OSError as error:
        raise _not_written(path, error.strerror or "the system refuses") from None
    error_console().print(Text(f"wrote {plain(str(path))}", "dim"))


def _check_place(path: Path, *, is_folder: bool) -> None:
    parent = path.resolve().parent
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise _not_written(path, f"the folder {parent} is missing or not yours to write")
    if is_folder:
        check_folder(path)
    elif path.is_dir():
        raise _not_written(path, "it is a folder")


def _not_written(path: Path, cause: str) -> NotWritten:
    return NotWritten(f"{path} cannot be written: {cause}.")
