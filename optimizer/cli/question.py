"""Which scenario a command is about."""

from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Annotated

import typer

from optimizer.cli.report import print_notes
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.scenario_file import SCENARIO_NAMES, load_scenario, with_preset
from optimizer.scenario_library import RULE_SCENARIOS, scenario_names, scenario_path

ScenarioArgument = Annotated[
    str,
    typer.Argument(help="File, folder, '-' for standard input, or the name of a scenario of the program."),
]
"""How commands take a scenario."""


def scenario_named(argument: str, preset: Preset | None = None) -> Scenario:
    """Read the scenario that the command line names.

    Parameters
    ----------
    argument : a file, a folder with ``scenario.yaml``, ``-`` for standard input, or the name of a scenario
        that comes with the program
    preset : takes the place of the scenario's own preset

    Raises
    ------
    InvalidInput
        There is no such scenario, or it breaks its format.
    """
    scenario = load_scenario(_find(argument), print_notes)
    return scenario if preset is None else with_preset(scenario, preset)


def scenario_files(argument: str) -> tuple[Path, ...]:
    """Return the files and folders that a scenario may be read from, which no result may replace.

    Parameters
    ----------
    argument : the scenario as the command line names it
    """
    own = scenario_path(argument)
    found = (Path(argument),) if own is None else (Path(argument), own)
    return (*found, *(folder / name for folder in found for name in SCENARIO_NAMES))


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or not one at all
        return False


def _find(argument: str) -> str | Path:
    if argument == "-" or _exists(argument):
        return argument
    path = scenario_path(argument)
    if path is not None:
        return path
    cause = f"There is no file, folder or scenario {argument!r}."
    raise InvalidInput((Issue("file-not-found", "", cause, _instead(argument, scenario_names())),))


def _instead(argument: str, names: tuple[str, ...]) -> str:
    """Return what to do about an unknown name: names whose last part is near, else what there is."""
    by_last_part = {name.removeprefix(RULE_SCENARIOS): name for name in names}
    near = get_close_matches(PurePath(argument).stem.lower(), by_last_part, n=3)
    if near:
        return f"Did you mean {' or '.join(repr(by_last_part[one]) for one in near)}?"
    of_rules = [name for name in names if name.startswith(RULE_SCENARIOS)]
    listed = [name for name in names if name not in of_rules]
    if of_rules:
        listed.append(f"and one for each rule, such as {of_rules[0]}")
    return f"These come with the program: {', '.join(listed)}." if listed else "Check the path."
