"""Which scenario a plan file answers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer

from optimizer.cli.question import scenario_files, scenario_named
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.json_text import read_json
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import SCENARIO_NAMES, load_scenario, with_preset
from optimizer.interchange.text_file import MAX_BYTES, read_text
from optimizer.scenario_library import scenario_path

AnsweredScenario = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        help="The scenario the plan was made for; without it, it is looked for by its name and beside the plan.",
    ),
]
"""How commands that take a plan file take its scenario."""

_ENDINGS = (".yaml", ".yml", ".json", ".xlsx")
_LONGEST_NAME = 200  # of a file, in bytes; most file systems hold 255

MOST_NEIGHBOURS: Final = 30
"""At most so many files beside a plan are tried, whatever they are called."""

_BEGINNING: Final = 512  # bytes of a file that tell what it is
_PLAN: Final = re.compile(rb'\s*\{\s*"(plan"|format"\s*:\s*"paigong-plan-document-)')
_NO_SCENARIO: Final = re.compile(rb'\s*(\[|\{\s*"(plan"|type"|format"\s*:\s*"paigong-(?!scenario)))')
"""How files begin that are no scenarios: lists, plans, maps, and our other formats."""


class Answered(NamedTuple):
    """A plan with its assessment, and the scenario it answers."""

    scenario: Scenario
    """The question, under the preset the plan was made with."""
    document: PlanDocument
    """The answer."""
    found: Path | None = None
    """The file or folder where the scenario was found; none: the command line named it."""


def answered(plan_argument: str, scenario_option: str | None) -> Answered:
    """Read a plan file and the very scenario it was made for.

    Without an option the scenario is looked for by the name in the plan: beside the plan file, in the working
    folder, then among those of the program; then every other scenario file beside the plan is tried. It counts only
    when its fingerprint is the plan's.

    Parameters
    ----------
    plan_argument : the plan file, or ``-`` for standard input
    scenario_option : the scenario as the command line names it, or none

    Raises
    ------
    InvalidInput
        The plan cannot be read, or its scenario is not found or has changed since.
    """
    if plan_argument == "-" == scenario_option:
        cause = "Plan and scenario cannot both come from standard input."
        raise _refused("two-inputs", cause, "Name a file for one of them.")
    if scenario_option not in (None, "-") and _PLAN.match(_beginning(Path(str(scenario_option)))):
        cause = f"{scenario_option!r} is a plan; the order is PLAN --scenario SCENARIO."
        raise _refused("swapped-arguments", cause, "Name the plan by itself, the scenario behind --scenario.")
    document = load_plan(plan_argument)
    if scenario_option is not None:
        return Answered(_given(scenario_option, document.plan), document)
    scenario, path = _found(plan_argument, document.plan)
    return Answered(scenario, document, path)


def refuse_swapped(scenario_argument: str) -> None:
    """Refuse a command line that names a plan where the scenario belongs.

    Parameters
    ----------
    scenario_argument : what the command line names as the scenario

    Raises
    ------
    InvalidInput
        It is a plan file.
    """
    if scenario_argument != "-" and _PLAN.match(_beginning(Path(scenario_argument))):
        cause = f"{scenario_argument!r} is a plan; the order is SCENARIO PLAN."
        raise _refused("swapped-arguments", cause, "Name the scenario first, then the plan.")


def scenario_of(plan_argument: str, plan: Plan) -> Scenario | None:
    """Return the scenario a plan was made for, under the plan's preset; none: it is not found.

    Parameters
    ----------
    plan_argument : the plan file, or ``-``
    plan : what it holds
    """
    try:
        return _found(plan_argument, plan)[0]
    except InvalidInput:
        return None


def is_plan(argument: str) -> bool:
    """Tell whether the command line names a plan file, not a scenario; standard input is taken for a plan.

    Parameters
    ----------
    argument : a file, a folder, ``-``, or the name of a scenario
    """
    if argument == "-":
        return True
    path = Path(argument)
    if path.suffix.lower() in (".yaml", ".yml", ".xlsx", ".csv") or not path.is_file():
        return False
    content = read_json(read_text(argument)).value
    if not isinstance(content, dict):
        return False
    return "plan" in content or str(content.get("format")).startswith("paigong-plan")


def sources(
    plan_argument: str, scenario_option: str | None, name: str, read_from: Path | None = None
) -> tuple[Path, ...]:
    """Return the files that are read for a plan and must not be written over.

    Parameters
    ----------
    plan_argument : the plan file, or ``-``
    scenario_option : the scenario as the command line names it, or none
    name : name of the scenario
    read_from : where the scenario was found; none: the command line named it
    """
    given = () if scenario_option is None else scenario_files(scenario_option)
    found = (Path(plan_argument), *_candidates(plan_argument, name))
    inside = (folder / file for folder in found for file in SCENARIO_NAMES)
    return (*found, *inside, *given, *([] if read_from is None else [read_from]))


def _given(argument: str, plan: Plan) -> Scenario:
    """Return the scenario that was named, if it is the plan's."""
    scenario = with_preset(scenario_named(argument), plan.preset)
    if scenario_sha256(scenario) == plan.scenario_sha256:
        return scenario
    cause = f"The plan was made for another state of {plan.scenario!r}: facts have changed since."
    if scenario.name != plan.scenario:
        cause = f"The plan was made for {plan.scenario!r}, not for {scenario.name!r}."
    raise _refused(
        "other-scenario", cause, "Give the scenario it was made from with --scenario, or plan again."
    )


def _found(plan_argument: str, plan: Plan) -> tuple[Scenario, Path]:
    """Return the plan's scenario from the places where it usually stands, and where that was."""
    changed: list[str] = []
    named = tuple(_candidates(plan_argument, plan.scenario))
    for path in (*named, *_neighbours(plan_argument, named)):
        by_name = path in named
        try:
            scenario = with_preset(load_scenario(path), plan.preset)
        except InvalidInput:  # a file that only has the right name, or a scenario that has become broken
            if by_name:
                changed.append(str(path))
            continue
        if scenario_sha256(scenario) == plan.scenario_sha256:
            return scenario, path
        if by_name or scenario.name == plan.scenario:
            changed.append(str(path))
    looked = (
        f"Looked beside the plan, in the working folder and among the program's own for {plan.scenario!r}"
    )
    if changed:
        cause = f"{looked}: not the state the plan was made for: {', '.join(changed)}."
        action = "Give the scenario it was made from with --scenario, or plan again."
    else:
        cause = f"{looked}: there is none."
        action = "Name the scenario it was made from with --scenario."
    raise _refused("scenario-not-found", cause, action)


def _candidates(plan_argument: str, name: str) -> Iterator[Path]:
    """Yield the files and folders that may hold the scenario, each once, best first."""
    seen: set[Path] = set()
    folders = [] if plan_argument == "-" else [Path(plan_argument).parent]
    for folder in (*folders, Path()) if _stays_in_its_folder(name) else ():
        for path in (*(folder / f"{name}{ending}" for ending in _ENDINGS), folder / name):
            real = path.resolve()
            if real not in seen and (path.is_dir() if path.name == name else path.is_file()):
                seen.add(real)
                yield path
    own = scenario_path(name)
    if own is not None and own.resolve() not in seen:
        yield own


def _neighbours(plan_argument: str, seen: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the other files beside a plan that may be scenarios, in the order of their names."""
    if plan_argument == "-":
        return
    known = {path.resolve() for path in (*seen, Path(plan_argument))}
    try:
        beside = sorted(path for path in Path(plan_argument).parent.iterdir() if _may_be_scenario(path))
    except OSError:  # a folder whose files may be read but not listed
        return
    yield from [path for path in beside if path.resolve() not in known][:MOST_NEIGHBOURS]


def _may_be_scenario(path: Path) -> bool:
    """Tell by its name, size and first bytes whether a file is worth reading as a scenario."""
    if path.suffix.lower() not in _ENDINGS or path.name.startswith((".", "~$")):  # ~$: a lock of Excel
        return False
    try:
        fits = path.is_file() and path.stat().st_size <= MAX_BYTES
    except OSError:
        return False
    return fits and not _NO_SCENARIO.match(_beginning(path))


def _beginning(path: Path) -> bytes:
    """Return the first bytes of a file; nothing where there is no such file, or it cannot be read."""
    try:
        if not path.is_file():  # a pipe would wait, and lose what is read from it
            return b""
        with path.open("rb") as stream:
            return stream.read(_BEGINNING).removeprefix(b"\xef\xbb\xbf")
    except (OSError, ValueError):
        return b""


def _stays_in_its_folder(name: str) -> bool:
    """Tell whether a name can be a file's name; it stands in a plan file, which anybody may have written."""
    if not name.isprintable() or len(name.encode()) > _LONGEST_NAME:
        return False
    return not name.startswith(".") and not set(name) & set('/\\:*?"<>|')


def _refused(code: str, cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue(code, "", cause, action),))
