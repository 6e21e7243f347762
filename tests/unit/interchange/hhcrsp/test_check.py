"""The checker: silent about a true answer, and every kind of lie is caught."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from optimizer.interchange.hhcrsp.check import findings
from optimizer.interchange.hhcrsp.read import read_instance
from optimizer.interchange.hhcrsp.records import HhcrspAnswer
from tests.unit.interchange.hhcrsp.samples import ANSWER, INSTANCE, Json, instance_text


def found_in(answer: Json, **changes: Any) -> tuple[str, ...]:
    return findings(read_instance(instance_text(**changes)), HhcrspAnswer.model_validate(answer))


def test_a_true_answer_has_no_findings() -> None:
    assert found_in(ANSWER) == ()


def starts(route: int, visit: int, start: float) -> Callable[[Json], None]:
    def change(answer: Json) -> None:
        answer["routes"][route]["visits"][visit]["start"] = start

    return change


def by(route: int, caregiver: str) -> Callable[[Json], None]:
    def change(answer: Json) -> None:
        answer["routes"][route]["caregiver"] = caregiver

    return change


def costs(**amounts: float) -> Callable[[Json], None]:
    return lambda answer: answer["cost"].update(amounts)


def drop(route: int, visit: int) -> Callable[[Json], None]:
    return lambda answer: answer["routes"][route]["visits"].pop(visit)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (starts(0, 0, 29), "Patient ann gets care at 29, before the window opens at 30."),
        (starts(0, 1, 44), "Caregiver c1 starts at patient bob at 44, but is there at 45 only."),
        (starts(1, 0, 46), "The services of patient bob start 1 apart, not 0 to 0."),
        (starts(1, 1, 63), "The services of patient eve start 13 apart, not 10 to 12."),
        (starts(1, 1, 59.999), "The services of patient eve start 9.999 apart, not 10 to 12."),
        (by(0, "c9"), "There is no caregiver c9."),
        (by(1, "c1"), "Caregiver c1 has 2 routes."),
        (by(1, "c1"), "Patient bob gets both services from caregiver c1."),
        (by(2, "c2"), "Caregiver c2 does not offer wash, which patient zoe gets."),
        (drop(0, 0), "Patient ann gets nothing, not care."),
        (drop(1, 1), "Patient eve gets care, not care, lift."),
        (drop(2, 0), "Caregiver c3 has a route without a visit."),
        (costs(distance=139.0), "The distance is 140, not 139."),
        (costs(tardiness=14.0), "The tardiness is 15, not 14."),
        (costs(max_tardiness=9.0), "The longest tardiness is 10, not 9."),
        (costs(total=54.0), "The cost is 55.000, not 54."),
        (lambda answer: answer.update(caregivers=2), "There are 3 routes, not 2."),
        (lambda answer: answer["routes"][0]["visits"][0].update(patient="tim"), "There is no patient tim."),
    ],
)
def test_a_lie_is_caught(lie: Callable[[Json], None], said: str) -> None:
    answer = copy.deepcopy(ANSWER)
    lie(answer)
    assert said in found_in(answer)


def test_two_services_of_one_kind_may_start_in_either_order() -> None:
    # Both of eve's services are `care` now: c1 at 50 and c2, who offers care too, at 60.
    patients = copy.deepcopy(INSTANCE["patients"])
    patients[2]["required_caregivers"][1]["service"] = "care"
    caregivers = copy.deepcopy(INSTANCE["caregivers"])
    caregivers[1]["abilities"].append("care")
    answer = copy.deepcopy(ANSWER)
    answer["routes"][1]["visits"][1]["service"] = "care"
    assert found_in(answer, patients=patients, caregivers=caregivers) == ()
    answer["routes"].reverse()
    assert found_in(answer, patients=patients, caregivers=caregivers) == ()
