"""Writes files that are either complete or not there."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: str | Path, text: str) -> None:
    """Write a UTF-8 text to a file; an existing file is replaced in one step or not touched.

    Parameters
    ----------
    path : the file
    text : its new content

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole_bytes(path, text.encode())


def write_whole_bytes(path: str | Path, content: bytes) -> None:
    """Write bytes to a file; an existing file is replaced in one step or not touched.

    Parameters
    ----------
    path : the file
    content : its new content

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole_parts(path, (content,))


def write_whole_parts(path: str | Path, parts: Iterable[bytes]) -> None:
    """Write bytes that come in parts to a file; an existing file is replaced in one step or not touched.

    Parameters
    ----------
    path : the file
    parts : its new content, one after the other

    Raises
    ------
    OSError
        The file cannot be written.
    """
    # Written beside the target first, so that a full disk or a kill leaves no half a file behind.
    target = Path(path).resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            for part in parts:
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _rights(target))
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _rights(target: Path) -> int:
    """Keep the rights of a replaced file; a new one gets the usual ones."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
