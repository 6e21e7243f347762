"""Which scenario a command is about."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.scenario_file import load_scenario, scenario_issues
from optimizer.scenario_library import scenario_folder, scenario_names

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
    scenario = load_scenario(_find(argument))
    return scenario if preset is None else with_preset(scenario, preset)


def with_preset(scenario: Scenario, preset: Preset) -> Scenario:
    """Return the scenario under another preset.

    Raises
    ------
    InvalidInput
        The scenario's own prices contradict the preset.
    """
    if preset == scenario.policy.preset:
        return scenario
    changed = scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"preset": preset})})
    issues = scenario_issues(changed)
    if issues:
        raise InvalidInput(issues)
    return changed


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or not one at all
        return False


def _find(argument: str) -> str | Path:
    if argument == "-" or _exists(argument):
        return argument
    folder = scenario_folder(argument)
    if folder is not None:
        return folder
    names = scenario_names()
    near = difflib.get_close_matches(Path(argument).name, names, n=1)
    action = f"Did you mean {near[0]!r}?" if near else f"These come with the program: {', '.join(names)}."
    cause = f"There is no file, folder or scenario {argument!r}."
    raise InvalidInput((Issue("file-not-found", "", cause, action if names else "Check the path."),))
