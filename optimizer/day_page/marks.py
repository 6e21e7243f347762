"""How one technician is told from another: letters, a colour, and a pattern of dashes that survives grey printers."""

from string import ascii_uppercase
from typing import Final, NamedTuple

COLOURS: Final = ("#0068a8", "#b84500", "#00755a", "#a33b78", "#7d5a00", "#5b4bb5", "#474747")
"""Told apart by colour-blind people (after Okabe and Ito 2008, darkened so that white letters can be read on them)."""

DASHES: Final = ("", "7 3", "2 2.5", "9 3 2 3")
"""Line patterns; with the colours they tell 28 technicians apart, the letters tell all."""


class Mark(NamedTuple):
    """What stands for one technician on map, Gantt and timetable."""

    number: int
    """Number on the page, from 0."""
    letters: str
    """``A`` to ``Z``, then ``AA``, ``AB``, …"""
    colour: str
    """Colour as in a style sheet."""
    dash: str
    """Line pattern; empty: a solid line."""


def mark(number: int) -> Mark:
    """Return the mark of the technician with this number.

    Parameters
    ----------
    number : from 0
    """
    colour = COLOURS[number % len(COLOURS)]
    return Mark(number, _letters(number), colour, DASHES[number // len(COLOURS) % len(DASHES)])


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, place = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[place] + letters
    return letters
