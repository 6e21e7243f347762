"""Other people's text on paper: one line, not without end."""

from typing import Final

from optimizer.words import free_text

LONGEST: Final = 2_000
"""Longer texts are cut off here, in characters; the whole text stands in the scenario."""

LONGEST_NAME: Final = 80
"""Names that stand in a heading are cut off here, in characters."""


def one_line(text: str) -> str:
    """Return anybody's text as it is printed."""
    return free_text.one_line(text, LONGEST)


def one_name(text: str) -> str:
    """Return a person's or branch's name as it stands in a heading."""
    return free_text.one_line(text, LONGEST_NAME)
