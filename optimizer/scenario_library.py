"""Finds the scenarios that come with the program, in a checkout as well as installed.

A scenario is a folder with a story of its own, or one small file in the folder ``rules``: there every rule has one that
shows it.
"""

from pathlib import Path

RULE_SCENARIOS = "rules/"
"""What the names of the scenarios begin with that show one rule each."""

_HERE = Path(__file__).parent
_PLACES = (_HERE.parent / "scenarios", _HERE / "scenarios")
"""The top of a checkout, and inside the installed package."""


def scenario_path(name: str) -> Path | None:
    """Return the folder or the file of the scenario with this name, or none.

    Parameters
    ----------
    name : name of a folder, e.g. ``changsha-aircon``, or of a rule's scenario, e.g. ``rules/part``
    """
    for place in _PLACES:
        found = _scenarios_in(place)
        if name in found:
            return found[name]
    return None


def scenario_names() -> tuple[str, ...]:
    """Return the names of all scenarios that come with the program: folders first, then those of the rules."""
    names = {name for place in _PLACES for name in _scenarios_in(place)}
    return tuple(sorted(names, key=lambda name: (name.startswith(RULE_SCENARIOS), name)))


def rule_scenario(code: str) -> str:
    """Return the name of the scenario that shows a rule.

    Parameters
    ----------
    code : the rule's code, e.g. ``ARRIVE_NEAR``, which ``rules/arrive_near`` shows
    """
    return RULE_SCENARIOS + code.lower().replace("-", "_")


def _scenarios_in(place: Path) -> dict[str, Path]:
    # site-packages next to an installed package may hold a folder of the same name that is not ours.
    folders = {file.parent.name: file.parent for file in place.glob("*/scenario.yaml")}
    return folders | {RULE_SCENARIOS + file.stem: file for file in place.glob(f"{RULE_SCENARIOS}*.yaml")}
