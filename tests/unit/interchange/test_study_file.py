"""Studies in files: the base is found, and every mistake is named at once with its line."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from optimizer.cli.documents import DOCUMENTS
from optimizer.errors import InvalidInput
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.interchange.study_file import load_study, parse_study, study_json
from optimizer.whatif.assigned import assigned
from tests.unit.interchange.documents import question

SMALL = """
name: a second repairer
base: small.yaml
effort: {replan_at: ["10:00", "13:30"]}
variants:
  - name: one more
    changes: [{kind: add_staff, like: T1}]
questions:
  smallest_staff: {like: T1, fewest: 0, most: 3}
"""


def written(folder: Path, text: str, name: str = "study.yaml") -> Path:
    (folder / "small.yaml").write_text(scenario_yaml(question()), encoding="utf-8")
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InvalidInput) as refused:
        load_study(path)
    return [(one.line, one.path, one.action) for one in refused.value.issues]


def test_the_base_lies_beside_the_study(tmp_path: Path) -> None:
    found = load_study(written(tmp_path, SMALL))
    assert found.base == question()
    assert found.study.variants[0].name == "one more"


def test_the_base_comes_with_the_program() -> None:
    text = "name: s\nbase: rules/part\nvariants: [{name: as it is}]\n"
    assert parse_study(text).base.name == "rules/part"


def test_the_base_is_made_up() -> None:
    text = """
name: s
generate: {technicians: 2, jobs: 5, seed: 3, cities: [Changsha], ties: {hoists: 1}}
variants: [{name: as it is}]
"""
    base = parse_study(text).base
    assert (len(base.technicians), len(base.jobs)) == (2, 5)
    assert base.branches[0].shared_tools == {"hoist": 1}


def test_what_is_written_is_read_and_keeps_to_the_format(tmp_path: Path) -> None:
    study = load_study(written(tmp_path, SMALL)).study
    text = study_json(study)
    assert load_study(written(tmp_path, text, "study.json")).study == study
    schema = DOCUMENTS["study"].model_json_schema(mode="serialization")
    jsonschema_rs.validator_for(schema).validate(json.loads(text))


def test_all_mistakes_are_named_at_once_with_the_nearest_name(tmp_path: Path) -> None:
    text = """name: s
base: small.yaml
days: soon
variants:
  - name: misspelt kind
    changes: [{kind: add_stuff, like: T1}]
  - name: misspelt names
    changes:
      - {kind: add_staff, like: T11}
      - {kind: train, skills: {repare: 3}}
      - {kind: price, rule: OVERTIME, values: {percentage: 1}}
  - name: misspelt names
questions:
  smallest_staff: {like: T1, fewest: -2, most: 1}
"""
    assert mistakes(written(tmp_path, text)) == [
        (3, "days", "Write a whole number, without quotes."),
        (6, "variants[0].changes[0]", "Did you mean 'add_staff'?"),
        (12, "variants[2].name", "Give each variant its own name."),
        (9, "variants[1].changes[0].like", "Did you mean 'T1'?"),
        (10, "variants[1].changes[1].skills.repare", "Did you mean 'repair'?"),
        (11, "variants[1].changes[2].values.percentage", "Did you mean percent?"),
        (14, "questions.smallest_staff.fewest", "Give at most 1."),
    ]


def test_what_always_holds_comes_first(tmp_path: Path) -> None:
    text = """name: s
base: small.yaml
always:
  - {kind: add_staff, like: T1, count: 2}
  - {kind: demand, factor: 0.5}
variants:
  - name: the first of them may stay
    changes: [{kind: remove_staff, who: {technician_ids: ["T1+2"]}}]
"""
    study, base = load_study(written(tmp_path, text))
    given = assigned(study, base)
    assert [one.technician_id for one in given.base.technicians][-2:] == ["T1+1", "T1+2"]
    usual = assigned(study.model_copy(update={"always": ()}), base).model
    day = base.horizon.first_day
    assert given.model.jobs_a_day(day) == pytest.approx(usual.jobs_a_day(day) / 2)
    assert mistakes(written(tmp_path, text.replace("like: T1,", "like: T11,"))) == [
        (4, "always[0].like", "Did you mean 'T1'?")
    ]


def test_lines_of_json(tmp_path: Path) -> None:
    text = '{"name": "s",\n"base": "small.yaml",\n"variants": [\n{"name": "v", "changes": [\n{"kind": "close_branch",\n'
    text += '"branch_id": "B1", "people_to": "B1"}]}]}'
    assert mistakes(written(tmp_path, text, "study.json")) == [
        (6, "variants[0].changes[0].people_to", "Name another branch.")
    ]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("base: changsha-aircom", (2, "base", "Did you mean 'changsha-aircon'?")),
        ("base: broken.yaml", (2, "base", "Correct the name or add the branch.")),
        (
            "generate: {technicians: 1, jobs: 1, cities: [Changsa]}",
            (2, "generate.cities[0]", "Did you mean Changsha?"),
        ),
    ],
)
def test_a_base_that_cannot_be_used(base: str, expected: tuple[int, str, str], tmp_path: Path) -> None:
    broken = scenario_yaml(question()).replace('"branch_id": "B1", "skills"', '"branch_id": "B9", "skills"')
    assert "B9" in broken
    (tmp_path / "broken.yaml").write_text(broken, encoding="utf-8")
    path = written(tmp_path, f"name: s\n{base}\nvariants: [{{name: as it is}}]\n")
    assert mistakes(path) == [expected]


def test_a_text_from_elsewhere_names_no_file_here(tmp_path: Path) -> None:
    here = written(tmp_path, SMALL)
    text = SMALL.replace("small.yaml", str(here.parent / "small.yaml"))
    with pytest.raises(
        InvalidInput,
        match=r"There is no scenario .* that comes with the program, and files are not opened here",
    ):
        parse_study(text)


def test_too_much_is_wrong_to_look_further(tmp_path: Path) -> None:
    assert [path for _, path, _ in mistakes(written(tmp_path, "name: s\nvariants: [{name: v}]\n"))] == [""]
    assert [path for _, path, _ in mistakes(written(tmp_path, "[]"))] == [""]
