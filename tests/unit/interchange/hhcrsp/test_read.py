"""Reading: what is fine, and every mistake at its place, all at once."""

import copy
from typing import Any

import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.hhcrsp.read import load_instance, read_instance
from tests.unit.interchange.hhcrsp.samples import INSTANCE, instance_text


def issues_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_instance(text)
    assert all(issue.cause and issue.action for issue in caught.value.issues)
    return [(issue.code, issue.path) for issue in caught.value.issues]


def patients(row: int, **changes: Any) -> str:
    """Return the instance with one patient changed; None takes a field away."""
    some = copy.deepcopy(INSTANCE["patients"])
    some[row] = {key: value for key, value in {**some[row], **changes}.items() if value is not None}
    return instance_text(patients=some)


def test_an_instance_is_read() -> None:
    instance = read_instance(instance_text())
    assert [patient.id for patient in instance.patients] == ["ann", "bob", "eve", "zoe"]
    assert instance.distances[1][4] == 40


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InvalidInput, match="There is no file"):
        load_instance("no-such-file.json")


def test_mistakes_of_form_are_listed_together() -> None:
    text = patients(0, id="", colour="red", time_window=[-1, 5])
    assert issues_of(text) == [
        ("string-too-short", "patients[0].id"),
        ("greater-than-equal", "patients[0].time_window[0]"),
        ("extra-forbidden", "patients[0].colour"),
    ]


def test_contradictions_are_listed_together() -> None:
    text = instance_text(
        patients=[{**one, "id": "same", "time_window": [9, 8]} for one in INSTANCE["patients"][:2]],
        distances=[[0, 1, 2], [1, 0], [2, 1, 0], [0, 0, 0]],
    )
    assert issues_of(text) == [
        ("duplicate-id", "patients[1].id"),
        ("not-square", "distances"),
        ("not-square", "distances[1]"),
        ("empty-window", "patients[0].time_window"),
        ("empty-window", "patients[1].time_window"),
    ]


CARE_TWICE = [{"service": "wash", "duration": 1}, {"service": "wash", "duration": 1}]


@pytest.mark.parametrize(
    ("row", "changes", "expected"),
    [
        (1, {"synchronization": None}, ("missing", "patients[1].synchronization")),
        (0, {"synchronization": {"type": "simultaneous"}}, ("contradiction", "patients[0].synchronization")),
        (
            2,
            {"synchronization": {"type": "sequential"}},
            ("missing", "patients[2].synchronization.distance"),
        ),
        (
            1,
            {"synchronization": {"type": "simultaneous", "distance": [1, 2]}},
            ("contradiction", "patients[1].synchronization.distance"),
        ),
        (
            2,
            {"synchronization": {"type": "sequential", "distance": [3, 2]}},
            ("empty-gap", "patients[2].synchronization.distance"),
        ),
        (
            3,
            {"required_caregivers": [{"service": "song", "duration": 1}]},
            ("unknown-service", "patients[3].required_caregivers[0].service"),
        ),
        # Only c3 washes, and cannot be two.
        (1, {"required_caregivers": CARE_TWICE}, ("nobody-able", "patients[1].required_caregivers")),
    ],
)
def test_a_contradiction_is_named(row: int, changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert issues_of(patients(row, **changes)) == [expected]


def test_nobody_offers_a_service() -> None:
    caregivers = [{"id": "c1", "abilities": ["care", "wash"]}, {"id": "c2", "abilities": ["care", "song"]}]
    assert issues_of(instance_text(caregivers=caregivers)) == [
        ("unknown-service", "caregivers[1].abilities[1]"),
        ("nobody-able", "patients[1].required_caregivers[1].service"),
        ("nobody-able", "patients[2].required_caregivers[1].service"),
    ]


def test_times_that_are_too_long_are_refused() -> None:
    far = [[400_000.0 if a != b else 0.0 for b in range(5)] for a in range(5)]
    assert issues_of(instance_text(distances=far)) == [("too-long", "patients")]
