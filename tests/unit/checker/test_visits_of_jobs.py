"""Every seat on every day once, the whole job or nothing of it."""

from collections.abc import Sequence
from typing import Any

import pytest

from optimizer.checker.structure import structure
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, stop, technician

PEOPLE = tuple(technician(technician_id=f"T{number}") for number in (1, 2, 3))
Visit = tuple[str, int, int]
"""Who, which seat, on which day."""
# 12 h are 3 days of 4 h; for one person and for two
ALONE = scenario(PEOPLE, (job(duration_min=720),), days=3)
CREW = scenario(PEOPLE, (job(seats=2),), days=3)
BOTH = scenario(PEOPLE, (job(seats=2, duration_min=640),), days=2)


def found(of: Scenario, *visits: Visit, unserved: Sequence[str] = ()) -> list[tuple[float, float, str]]:
    days = [day(*visit) for visit in visits]
    made = plan(of, days).model_copy(update={"unserved": tuple(unserved)})
    findings = structure(of, made)
    return [
        (one.measured, one.limit, one.unit)
        for one in findings
        if one.job_id == "J1" and one.unit != "mismatch"
    ]


def day(who: str, seat: int, part: int) -> ShiftPlan:
    on = (DAY, NEXT_DAY, at("09:00", NEXT_DAY).date())[part] if part < 2 else DAY
    visit = stop("J1", at("09:00", on), at("10:00", on), seat=seat, part=part)
    return shift_plan([visit], technician_id=who, day=on)


@pytest.mark.parametrize(
    ("of", "visits"),
    [
        (ALONE, [("T1", 0, 0), ("T1", 0, 1), ("T2", 0, 2)]),
        (CREW, [("T1", 0, 0), ("T2", 1, 0)]),
        (BOTH, [("T1", 0, 0), ("T2", 1, 0), ("T1", 0, 1), ("T2", 1, 1)]),
    ],
)
def test_whole_jobs_have_no_finding(of: Scenario, visits: list[Visit]) -> None:
    assert found(of, *visits) == []
    assert found(of, unserved=["J1"]) == []
    assert found(of) == [(0, 1, "times")]


def test_half_a_crew_and_half_a_job() -> None:
    assert found(CREW, ("T1", 0, 0)) == [(1, 2, "visits")]
    assert found(ALONE, ("T1", 0, 0), ("T1", 0, 2)) == [(2, 3, "visits")]
    assert found(BOTH, ("T1", 0, 0)) == [(1, 4, "visits")]


def test_a_seat_taken_twice() -> None:
    assert found(CREW, ("T1", 0, 0), ("T2", 1, 0), ("T3", 1, 0)) == [(2, 1, "times")]


def test_visits_beyond() -> None:
    assert found(CREW, ("T1", 0, 0), ("T2", 1, 0), ("T3", 2, 0)) == [(1, 0, "visits")]
    assert found(CREW, ("T1", 0, 0), ("T2", 1, 0), ("T3", 1, 1), ("T1", 0, 1)) == [(2, 0, "visits")]


def test_served_and_left_out() -> None:
    assert found(CREW, ("T1", 0, 0), ("T2", 1, 0), unserved=["J1"]) == [(2, 1, "times")]


@pytest.mark.parametrize(("of", "code"), [(CREW, "CREW"), (ALONE, "PRECEDENCE")])
def test_without_the_rule_one_visit_is_all(of: Scenario, code: str) -> None:
    off: dict[str, dict[str, Any]] = {code: {"active": False}}
    without = of.model_copy(update={"policy": of.policy.model_copy(update={"rules": off})})
    assert found(without, ("T1", 0, 0)) == []
    assert found(without, ("T1", 0, 0), ("T2", 1, 0), ("T1", 0, 1)) == [(2, 0, "visits")]


def test_the_sentence_names_what_is_missing() -> None:
    made = plan(BOTH, [day("T1", 0, 0), day("T2", 1, 1)])
    (finding,) = (one for one in structure(BOTH, made) if one.unit == "visits")
    assert finding.sentence == "Job J1 has 2 of its 4 visits; day 1 seat 2 and day 2 seat 1 missing."
