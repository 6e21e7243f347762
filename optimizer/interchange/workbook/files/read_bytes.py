"""Reads a file of limited size."""

import stat
from pathlib import Path

from optimizer.errors import InvalidInput, Issue


def read_bytes(path: str | Path, most: int) -> bytes:
    """Return what a file holds.

    Parameters
    ----------
    path : the file
    most : bytes at most

    Raises
    ------
    InvalidInput
        There is no such file, it cannot be read, or it is larger.
    """
    try:
        if not stat.S_ISREG(
            Path(path).stat().st_mode
        ):  # a pipe may keep us waiting for ever, a device never ends
            cause = f"{str(path)!r} is no ordinary file."
            raise InvalidInput((Issue("file-unreadable", "", cause, "Save it as a file first."),))
        with Path(path).open("rb") as stream:
            content = stream.read(most + 1)
    except FileNotFoundError:
        issue = Issue("file-not-found", "", f"There is no file {str(path)!r}.", "Check the path.")
        raise InvalidInput((issue,)) from None
    except (OSError, ValueError) as error:
        cause = f"The file {str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}."
        issue = Issue("file-unreadable", "", cause, "Check the path and its rights.")
        raise InvalidInput((issue,)) from None
    if len(content) > most:
        cause = f"{Path(path).name} is larger than {most // 1024**2} MB."
        raise InvalidInput((Issue("file-too-large", "", cause, "Split the scenario."),))
    return content
