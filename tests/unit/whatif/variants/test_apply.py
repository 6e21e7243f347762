"""Whole variants: changes one after another, and what stands against them by its place in the study."""

from itertools import pairwise

import pytest

from optimizer.domain.promise import Pin
from optimizer.domain.study import SmallestStaff, Study, Variant
from optimizer.errors import InvalidInput
from optimizer.whatif.variants.apply import (
    change_issues,
    demand_changes,
    staff_changes,
    variant_scenario,
)
from tests.unit.rules.build import DAY, at, scenario, technician
from tests.unit.whatif.variants.say import change

BASE = scenario([technician(), technician(technician_id="T2"), technician(technician_id="T3")])


def test_without_changes_a_variant_is_the_base_itself() -> None:
    assert variant_scenario(BASE, ()) is BASE


def test_changes_are_made_one_after_another() -> None:
    made = variant_scenario(
        BASE,
        (
            change("add_staff", like="T1"),
            change("on_call", who={"technician_ids": ["T1+1"]}),
            change("remove_staff", who={"technician_ids": ["T1"]}),
        ),
    )
    assert [one.technician_id for one in made.technicians] == ["T2", "T3", "T1+1"]


def test_the_base_stays_as_it_is() -> None:
    before = BASE.model_dump_json()
    variant_scenario(BASE, (change("add_staff", like="T1"), change("train", skills={"repair": 5})))
    assert BASE.model_dump_json() == before


def test_all_changes_that_cannot_be_made_are_named_with_their_place() -> None:
    with pytest.raises(InvalidInput) as error:
        variant_scenario(
            BASE,
            (
                change("add_staff", like="T9"),
                change("preset", preset="economy"),
                change("tool_stock", tool="x", more=1),
            ),
            "variants[2].changes",
        )
    assert [one.path for one in error.value.issues] == [
        "variants[2].changes[0].like",
        "variants[2].changes[2].tool",
    ]


def test_a_result_that_contradicts_itself_is_refused() -> None:
    pinned = scenario(pins=[Pin(job_id="J1", technician_id="T1", day=DAY, start=at("10:00"))])
    with pytest.raises(InvalidInput) as error:
        variant_scenario(pinned, (change("shift_times", start="12:00"),), "variants[0].changes")
    (one,) = error.value.issues
    assert (one.code, one.path) == ("pin-outside-shift", "variants[0].changes")
    assert "contradicts itself at pins[0].start" in one.cause


def test_changes_of_the_demand_are_told_apart() -> None:
    more, longer = change("demand", factor=1.5), change("windows", minutes=240)
    variant = Variant(name="v", changes=(more, change("preset", preset="economy"), longer))
    assert demand_changes(variant.changes) == (more, longer)


def staff(fewest: int, most: int, **facts: object) -> SmallestStaff:
    return SmallestStaff.model_validate({"like": "T1", "fewest": fewest, "most": most} | facts)


def people(number: int) -> list[str]:
    made = variant_scenario(BASE, staff_changes(staff(-3, 5), BASE, number))
    return [one.technician_id for one in made.technicians]


def test_fewer_people_are_among_more_people() -> None:
    sizes = [people(number) for number in range(-3, 6)]
    assert sizes[0] == []
    assert sizes[3] == ["T1", "T2", "T3"]
    assert all(set(fewer) < set(more) for fewer, more in pairwise(sizes))


def issues(asked: SmallestStaff, branches: list[str] | None = None) -> list[str]:
    more = {"kinds": ["skill"], "branch_ids": branches or []}
    questions = {"smallest_staff": asked.model_dump(), "value_of_one_more": more}
    study = Study.model_validate({"name": "s", "base": "b", "questions": questions})
    return [one.path for one in change_issues(BASE, study)]


def test_what_is_asked_must_be_there() -> None:
    here = "questions.smallest_staff"
    assert issues(staff(-3, 5)) == []
    assert issues(staff(-4, 1)) == [f"{here}.fewest"]
    assert issues(staff(0, 1, like="T7", branch_id="B7"), ["B8"]) == [
        f"{here}.like",
        f"{here}.branch_id",
        "questions.value_of_one_more.branch_ids[0]",
    ]
    assert issues(staff(-1, 1, remove={"branch_ids": ["B7"]})) == [f"{here}.remove.branch_ids[0]"]
