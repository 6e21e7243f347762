"""Mistakes in the program: what the log says of them, never any values, which may be customers' data."""

import traceback
from collections.abc import Sequence
from typing import Final

import structlog

_MOST: Final = 12


def places(error: BaseException) -> list[str]:
    """Return where in the program an error came from.

    Parameters
    ----------
    error : what was raised
    """
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-_MOST:]]


def log_mistake(error: str, where: Sequence[str], **about: str) -> None:
    """Write a mistake in the program to the log.

    Parameters
    ----------
    error : name of the error's type
    where : places in the program
    about : ids of what it happened to
    """
    structlog.get_logger("paigong").error(
        "a mistake in the program", error=error, places=list(where), **about
    )
