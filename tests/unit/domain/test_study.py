"""Studies refuse what contradicts itself, and ask for 90 % on time where nothing else is said."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from optimizer.domain.base import Record
from optimizer.domain.study import SHARES, Measure, Study, Target
from optimizer.domain.study_issues import study_issues
from optimizer.domain.study_patches import PATCHES, Who
from optimizer.interchange.record_issues import records_of


def study(**facts: Any) -> Study:
    return Study.model_validate({"name": "s", "base": "b", "variants": [{"name": "as it is"}]} | facts)


def issues(**facts: Any) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in study_issues(study(**facts))]


def test_ninety_percent_on_time_is_the_usual_target() -> None:
    assert study().targets == (Target(measure="on_time", at_least=0.9),)
    assert issues() == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"base": None}, "there is no base"),
        ({"generate": {"technicians": 3, "jobs": 5}}, "base and generate are both given"),
        ({"base": None, "generate": {"technicians": 3}}, "neither jobs nor demand is given"),
        ({"targets": [{"measure": "on_time"}]}, "a target has one limit"),
        ({"targets": [{"measure": "done", "at_least": 90}]}, "done is a share"),
        ({"questions": {"smallest_staff": {"like": "T1", "fewest": 2, "most": 1}}}, "most is below fewest"),
    ],
)
def test_a_record_that_contradicts_itself(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        study(**facts)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "add_staff"}, "it does not say who comes"),
        ({"kind": "add_staff", "branch_id": "B1"}, "it does not say who comes"),
        ({"kind": "remove_staff", "who": {}}, "everybody would go"),
        ({"kind": "on_call", "who": {}}, "everybody would be on call"),
        ({"kind": "shift_times"}, "no time is given"),
        ({"kind": "part_time", "who": {"count": 1}}, "it does not say when they work"),
    ],
)
def test_a_change_that_says_too_little(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        study(variants=[{"name": "v", "changes": [change]}])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"variants": []}, [("nothing-asked", "variants")]),
        ({"variants": [], "questions": {"value_of_one_more": {"kinds": ["skill"]}}}, []),
        ({"variants": [{"name": "a"}, {"name": "a"}]}, [("duplicate-name", "variants[1].name")]),
        ({"variants": [{"name": "base"}]}, [("reserved-name", "variants[0].name")]),
        ({"chains": {"least": 9, "most": 8}}, [("wrong-order", "chains.most")]),
        (
            {"effort": {"replan_at": ["10:00", "12:00", "12:00"]}},
            [("wrong-order", "effort.replan_at[2]")],
        ),
    ],
)
def test_what_no_single_record_sees(facts: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert issues(**facts) == expected


def test_everybody_is_meant_by_who_says_nothing() -> None:
    assert Who().says_nothing
    assert not Who(count=1).says_nothing


def test_shares_are_measures() -> None:
    assert set(get_args(Measure)) >= SHARES


def test_every_field_is_documented() -> None:
    for record in records_of(Study):
        assert issubclass(record, Record)
        missing = [name for name, field in record.model_fields.items() if not field.description]
        assert not missing, f"{record.__name__}: {missing}"


def test_every_kind_of_change_has_a_word_of_its_own() -> None:
    words = [get_args(one.model_fields["kind"].annotation)[0] for one in PATCHES]
    assert len(set(words)) == len(words) == 17
