"""Reads a study with its base, YAML or JSON, and names all its mistakes at once."""

import json as json_format
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Final, NamedTuple

from pydantic import ValidationError

from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Generated, Study
from optimizer.domain.study_issues import study_issues
from optimizer.errors import InvalidInput, Issue
from optimizer.generate import AreaDemand, Ties, generate_scenario
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.source_text import Value, parse_path
from optimizer.interchange.text_file import read_text
from optimizer.interchange.yaml_text import read_yaml
from optimizer.scenario_library import scenario_names, scenario_path
from optimizer.whatif.demand.style import demand_issues
from optimizer.whatif.variants.apply import change_issues

MOST_OF_A_NAME: Final = 200
"""Names are not longer."""


class StudyWithBase(NamedTuple):
    """A study that can be made, with the scenario it starts from."""

    study: Study
    """The study."""
    base: Scenario
    """Its base."""


def load_study(path: str | FilePath) -> StudyWithBase:
    """Read a study and its base.

    Parameters
    ----------
    path : a file in the format ``paigong-study-1``, YAML or JSON; ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file or its base cannot be read or breaks its format, or a change cannot be made; carries every mistake
        found.
    """
    text = read_text(str(path))
    folder = FilePath() if str(path) == "-" else FilePath(path).parent
    return parse_study(text, folder=folder)


def parse_study(
    text: str, *, folder: FilePath | None = None, instead: Scenario | None = None
) -> StudyWithBase:
    """Read a study from a text.

    Parameters
    ----------
    text : the document; JSON where it begins with a brace, else YAML
    folder : where a base that is a path is looked for; none: only scenarios that come with the program can be one
    instead : the scenario that it starts from instead of the one that it names, if it names one; none: that one

    Raises
    ------
    InvalidInput
        As `load_study`.
    """
    json = text.lstrip().startswith("{")
    source = read_json(text) if json else read_yaml(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    if instead is not None and isinstance(source.value, dict):
        source.value = {**source.value, "base": instead.name, "generate": None}
    found: list[Issue] = []
    try:
        study = Study.model_validate(source.value)
        issues = list(study_issues(study))
    except ValidationError as error:
        if json:
            source.lines = json_lines(text).lines
        found += record_issues(error, source, Study)
        sound = _sound_part(source.value, error)
        if sound is None:
            raise InvalidInput(tuple(found)) from None
        study = sound
        issues = [issue for issue in study_issues(study) if issue.code != "nothing-asked"]
    base = instead
    if base is None:
        try:
            base = base_of(study, folder)
        except InvalidInput as error:
            issues += error.issues
    if base is not None:
        issues += change_issues(base, study)
        issues += _demand_issues(base, study)
    if json and issues:  # lines of JSON are looked for only when there is something to report
        source.lines = json_lines(text).lines
    found += (replace(issue, line=source.line(parse_path(issue.path))) for issue in issues)
    if found or base is None:
        raise InvalidInput(tuple(found))
    return StudyWithBase(study, base)


def base_of(study: Study, folder: FilePath | None = None) -> Scenario:
    """Return the scenario a study starts from.

    Parameters
    ----------
    study : the study
    folder : where a base that is a path is looked for; none: only scenarios that come with the program can be one

    Raises
    ------
    InvalidInput
        There is no such scenario, or it is wrong, or none can be made up so; lists all.
    """
    if study.generate is not None:
        return _made_up(study.generate)
    name = str(study.base)
    here = folder / name if folder is not None else None
    path = here if here is not None and here.exists() else scenario_path(name)
    if path is None:
        near = get_close_matches(name, scenario_names(), n=1)
        action = f"Did you mean {near[0]!r}?" if near else "Give a path from the study's file."
        cause = f"There is no scenario {name!r}"
        if folder is None:
            cause += " that comes with the program, and files are not opened here"
            if not near:
                action = f"Name one that comes with the program, such as {scenario_names()[0]!r}."
        raise InvalidInput((Issue("unknown-base", "base", f"{cause}.", action),))
    try:
        return load_scenario(path)
    except InvalidInput as error:
        raise InvalidInput(tuple(_of_base(issue, name) for issue in error.issues)) from None


def study_json(study: Study) -> str:
    """Return a study as a file's text; fields that have their default value are left out.

    Parameters
    ----------
    study : the study
    """
    content = {"format": study.format, **study.model_dump(mode="json", exclude_defaults=True)}
    return json_format.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _made_up(asked: Generated) -> Scenario:
    demand = (
        None
        if asked.demand is None
        else [AreaDemand(one.area, one.units, one.failures_per_day) for one in asked.demand]
    )
    try:
        return generate_scenario(
            technicians=asked.technicians,
            jobs=asked.jobs,
            seed=asked.seed,
            days=asked.days,
            first_day=asked.first_day,
            load=asked.load,
            cities=asked.cities,
            demand=demand,
            season=asked.season,
            ties=Ties(**asked.ties.model_dump()),
        )
    except InvalidInput as error:
        issues = (replace(issue, path=f"generate.{issue.path}", line=None) for issue in error.issues)
        raise InvalidInput(tuple(issues)) from None


def _demand_issues(base: Scenario, study: Study) -> Iterator[Issue]:
    issues = demand_issues(study.demand, base) if study.demand is not None else ()
    return (replace(issue, path=f"demand.{issue.path}") for issue in issues)


def _of_base(issue: Issue, name: str) -> Issue:
    at = f"line {issue.line}, " if issue.line is not None else ""
    cause = f"The scenario {name!r} cannot be used, {at}{issue.path or 'file'}: {issue.cause}"
    return Issue(issue.code, "base", cause, issue.action)


def _sound_part(value: Value, error: ValidationError) -> Study | None:
    """Return a study without what is wrong by itself, so that the rest is looked at too; none: too much is wrong.

    A variant that is wrong stays as its name alone, so that the others keep their places.
    """
    if not isinstance(value, dict):
        return None
    wrong = [complaint["loc"] for complaint in error.errors(include_url=False)]
    kept = {
        name: one
        for name, one in value.items()
        if name == "variants" or all(at[0] != name for at in wrong if at)
    }
    if isinstance(variants := value.get("variants"), list):
        bad = {at[1] for at in wrong if at[:1] == ("variants",) and len(at) > 1}
        kept["variants"] = [_name_alone(one, row) if row in bad else one for row, one in enumerate(variants)]
    try:
        return Study.model_validate({"name": "study", **kept})
    except ValidationError:
        return None


def _name_alone(variant: Value, row: int) -> Value:
    name = variant.get("name") if isinstance(variant, dict) else None
    return {"name": name if isinstance(name, str) and 0 < len(name) <= MOST_OF_A_NAME else f"variants[{row}]"}
