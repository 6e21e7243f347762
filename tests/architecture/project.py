"""Where the project stands on disk."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Top of the checkout."""


def python_files(*folders: str) -> list[Path]:
    """Return all source files of these folders, sorted.

    Parameters
    ----------
    folders : names below the top of the checkout
    """
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
