"""Writes folders whose files are all there or none, and never takes away a file that somebody else put there."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from optimizer.errors import InvalidInput, Issue

ABOUT: Final = "ABOUT.txt"
"""The file that says what a written folder holds; a folder with it may be written again."""

_MARK: Final = "Files in this folder:"


def check_folder(path: str | Path) -> None:
    """Refuse a folder that holds anything that was not written by `write_folder`.

    Parameters
    ----------
    path : where the folder is to be written

    Raises
    ------
    InvalidInput
        There is a file of that name, or a folder with files of somebody else.
    """
    target = Path(path)
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise _refused(f"{str(target)!r} is there already and no folder.", "Name another folder.")
    there = {one.name for one in target.iterdir()}
    foreign = sorted(there - _written_before(target))
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        named = ", ".join(repr(name) for name in foreign[:3])
        cause = f"The folder {str(target)!r} holds files that were not written there before: {named}{more}."
        raise _refused(cause, "Name a new or an empty folder.")


def write_folder(path: str | Path, files: Mapping[str, bytes], about: str) -> None:
    """Write a folder with these files in one step; one that was written before is replaced.

    A file ``ABOUT.txt`` is added: it names the files, so that a later run knows which ones it may replace.

    Parameters
    ----------
    path : the folder; its parent is there already
    files : content by file name, plain names only
    about : what the folder holds, in plain words

    Raises
    ------
    InvalidInput
        The folder holds files of somebody else.
    OSError
        The folder cannot be written.
    """
    check_folder(path)
    target = Path(path).resolve()
    listed = "".join(f"  {name}\n" for name in sorted(files))
    said = f"{about.rstrip()}\n\n{_MARK}\n{listed}They are replaced when the same is written here again.\n"
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part"))
    try:
        for name, content in {**files, ABOUT: said.encode()}.items():
            _write(fresh / name, content)
        os.chmod(fresh, _rights(target))
        _swap(fresh, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which is taken away only when the new one stands."""
    if not target.exists():
        os.rename(fresh, target)
        return
    old = fresh.with_suffix(".old")
    os.rename(target, old)
    try:
        os.rename(fresh, target)
    except BaseException:
        os.rename(old, target)
        raise
    shutil.rmtree(old)


def _written_before(folder: Path) -> set[str]:
    """Return the names that an earlier run has noted down in the folder."""
    try:
        lines = (folder / ABOUT).read_text(encoding="utf-8").splitlines()
        start = lines.index(_MARK) + 1
    except (OSError, ValueError):
        return set()
    return {ABOUT} | {line[2:] for line in lines[start:] if line.startswith("  ")}


def _rights(target: Path) -> int:
    """Keep the rights of a replaced folder; a new one gets the usual ones."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o777 & ~mask


def _refused(cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("folder-not-ours", "", cause, action),))
