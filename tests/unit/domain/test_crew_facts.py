"""Crews that contradict themselves."""

import pytest

from optimizer.domain.crew_facts import crew_facts
from optimizer.domain.policy import JobType, Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import Crew, Seat
from optimizer.domain.validation import validate_scenario
from tests.unit.rules.build import job, scenario, technician

PEOPLE = [technician(technician_id=f"T{i}") for i in (1, 2, 3)]
HANDS = Seat()


def found(of: Scenario) -> list[tuple[str, str]]:
    """Return code and path of every issue; all are part of the scenario's validation."""
    issues = list(crew_facts(of))
    assert all(issue.cause.endswith(".") and issue.action.endswith(".") for issue in issues)
    assert set(issues) <= set(validate_scenario(of))
    return [(issue.code, issue.path) for issue in issues]


def test_sound_crews() -> None:
    crews = [Crew(crew_id="K1", members=("T1", "T2"))]
    assert found(scenario(PEOPLE, [job(seats=3, mates=(HANDS, HANDS))], crews=crews)) == []


def test_members() -> None:
    crews = [
        Crew(crew_id="K1", members=("T1", "T2", "T1")),
        Crew(crew_id="K1", members=("T2", "T9")),
    ]
    assert found(scenario(PEOPLE, crews=crews)) == [
        ("member-twice", "crews[0].members[2]"),
        ("duplicate-id", "crews[1].crew_id"),
        ("two-crews", "crews[1].members[0]"),
        ("unknown-technician", "crews[1].members[1]"),
    ]


@pytest.mark.parametrize(
    ("of_type", "of_job", "mates", "wrong"),
    [
        (1, 3, 2, False),
        (1, 2, 2, True),
        (1, None, 1, True),
        (3, None, 2, False),  # the type's seats
        (3, 1, 1, True),  # the job's instead
        (3, 1, 0, False),
    ],
)
def test_more_mates_than_seats_of_a_job(of_type: int, of_job: int | None, mates: int, wrong: bool) -> None:
    of = scenario(PEOPLE, [job(seats=of_job, mates=(HANDS,) * mates)])
    of = of.model_copy(update={"policy": Policy(job_types={"repair": JobType(kind="repair", seats=of_type)})})
    assert found(of) == [("too-many-mates", "jobs[0].mates")] * wrong


def test_more_mates_than_seats_of_a_type() -> None:
    types = {"repair": JobType(kind="repair", seats=2, mates=(HANDS, HANDS))}
    of = scenario(PEOPLE).model_copy(update={"policy": Policy(job_types=types)})
    assert found(of) == [("too-many-mates", "policy.job_types.repair.mates")]
    (issue,) = crew_facts(of)
    assert issue.cause == (
        "What 2 others must be able to do is said, but with seats 2 there is 1 beside the one who leads."
    )


def test_a_job_of_an_unknown_type_is_no_crew() -> None:
    of = scenario(PEOPLE, [job(type="nothing", mates=(HANDS,))])
    assert found(of) == []
