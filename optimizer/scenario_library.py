"""Finds the scenarios that come with the program, in a checkout as well as installed."""

from pathlib import Path

_HERE = Path(__file__).parent
_PLACES = (_HERE.parent / "scenarios", _HERE / "scenarios")
"""The top of a checkout, and inside the installed package."""


def scenario_folder(name: str) -> Path | None:
    """Return the folder of the scenario with this name, or none.

    Parameters
    ----------
    name : folder name, e.g. ``changsha-aircon``
    """
    for place in _PLACES:
        if name in _names_in(place):
            return place / name
    return None


def scenario_names() -> tuple[str, ...]:
    """Return the names of all scenarios that come with the program, sorted."""
    return tuple(sorted({name for place in _PLACES for name in _names_in(place)}))


def _names_in(place: Path) -> frozenset[str]:
    # site-packages next to an installed package may hold a folder of the same name that is not ours.
    return frozenset(file.parent.name for file in place.glob("*/scenario.yaml"))
