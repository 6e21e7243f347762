"""SKILL."""

from datetime import date
from typing import Any

import pytest

from optimizer.domain.job import Job, Rework
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.ties import Seat
from optimizer.rules.skill import RULE, SkillParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    near_and_far,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

DONE = [shift_plan([stop("J1", at("09:30"), at("10:30"))])]


def test_kept() -> None:
    of = scenario([technician(skills={"repair": 3})], [job(skills={"repair": 3})])
    assert list(RULE.check(of, SkillParams(), plan(of, DONE))) == []


def test_broken_by_two_levels() -> None:
    of = scenario([technician(skills={"repair": 3})], [job(skills={"repair": 5})])
    (finding,) = RULE.check(of, SkillParams(), plan(of, DONE))
    assert (finding.code, finding.job_id, finding.technician_id, finding.day) == ("SKILL", "J1", "T1", DAY)
    # level 5 asked for, level 3 there
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (3, 5, 2, "level")
    assert finding.sentence == "J1 asks for repair at level 5; T1 has it at level 3."
    assert "J1" in RULE.advise(finding)


def test_skill_not_there_at_all_is_level_zero() -> None:
    # the type asks for repair/aircon at level 1, which plain repair is not; the job for survey at 2
    of = scenario([technician(skills={"repair": 5})], [job(product="aircon", skills={"survey": 2})])
    findings = list(RULE.check(of, SkillParams(), plan(of, DONE)))
    assert sorted((one.measured, one.limit, one.over) for one in findings) == [(0, 1, 1), (0, 2, 2)]


def test_compile_forbids_who_lacks_the_skill_or_level() -> None:
    of = scenario(
        [
            technician(technician_id="T1", skills={"repair": 2}),
            technician(technician_id="T2", skills={"repair": 4}),
            technician(technician_id="T3", skills={"survey": 5}),
        ],
        [job(job_id="easy"), job(job_id="hard", skills={"repair": 3}), job(job_id="survey", type="survey")],
        days=2,
    )
    draft = Recording(of)
    RULE.compile(of, SkillParams(), draft)
    lacking = {("easy", "T3"), ("hard", "T1"), ("hard", "T3"), ("survey", "T1"), ("survey", "T2")}
    assert draft.forbidden == {(one, ShiftKey(who, day)) for one, who in lacking for day in (DAY, NEXT_DAY)}


def test_jobs_alike_are_said_in_one_call() -> None:
    of = scenario(
        [technician(technician_id=f"T{i}", skills={"survey": 1}) for i in range(5)],
        [job(job_id=f"J{i}") for i in range(20)],
    )
    draft = Recording(of)
    RULE.compile(of, SkillParams(), draft)
    assert draft.calls == ["forbid"]
    assert len(draft.forbidden) == 5 * 20


def test_solve_honours_it() -> None:
    near, far = technician(), technician(technician_id="T2", branch_id="B2", skills={"repair": 4})
    jobs = [job(job_id="plain", place=north(1)), job(job_id="hard", place=north(2), skills={"repair": 4})]
    assert who_does(solved(near_and_far(near, far, jobs))) == {"plain": "T1", "hard": "T2"}
    off = near_and_far(near, far, jobs, rules={"SKILL": {"active": False}})
    assert who_does(solved(off)) == {"plain": "T1", "hard": "T1"}


def leak(**given: Any) -> Job:
    """Return a refrigerant leak that T1 has to mend, at level 4 of the repairers' skill."""
    facts: dict[str, Any] = {"installed_by": "T1", "installed_on": date(2026, 5, 20)}
    return job(rework=Rework(**{**facts, "fault": "refrigerant_leak", **given}), skills={"repair": 4})


INSTALLERS = [
    technician(technician_id="T1", skills={"installation": 5}),
    technician(technician_id="T2", skills={"installation": 5}),
    technician(technician_id="T3", skills={"repair": 4}),
]


@pytest.mark.parametrize(
    ("given", "barred"),
    [
        ({}, {"T2"}),
        ({"installed_by": "somebody who has left"}, {"T1", "T2"}),
        ({"installed_by": "T3"}, {"T1", "T2"}),
        ({"installer_failed": True}, {"T1", "T2"}),
        ({"fault": "water_leak"}, {"T1", "T2"}),
        ({"installation_fault": False}, {"T1", "T2"}),
        ({"installed_on": date(2025, 7, 14)}, {"T1", "T2"}),  # more than a year ago
    ],
)
def test_the_installer_mends_the_own_work_without_the_skill(given: dict[str, Any], barred: set[str]) -> None:
    # the other repair has the same needs and is still for repairers only
    of = scenario(INSTALLERS, [leak(**given), job(job_id="J2", skills={"repair": 4})], days=2)
    draft = Recording(of)
    RULE.compile(of, SkillParams(), draft)
    pairs = {("J1", who) for who in barred} | {("J2", "T1"), ("J2", "T2")}
    assert draft.forbidden == {(one, ShiftKey(who, day)) for one, who in pairs for day in (DAY, NEXT_DAY)}
    for one in ("J1", "J2"):
        for who in ("T1", "T2", "T3"):
            done = shift_plan([stop(one, at("09:30"), at("10:30"))], technician_id=who)
            assert bool(list(RULE.check(of, SkillParams(), plan(of, [done])))) is ((one, who) in pairs)


def test_a_policy_may_ask_installers_for_the_skill() -> None:
    of = scenario(INSTALLERS, [leak()])
    params = SkillParams(installer_mends_own=False)
    draft = Recording(of)
    RULE.compile(of, params, draft)
    assert draft.forbidden == {("J1", ShiftKey("T1", DAY)), ("J1", ShiftKey("T2", DAY))}
    assert len(list(RULE.check(of, params, plan(of, DONE)))) == 1


def test_solve_lets_the_installer_come() -> None:
    alone = scenario([technician(skills={"installation": 5})], [leak(), job(job_id="J2")])
    made = solved(alone)
    assert who_does(made) == {"J1": "T1"}
    assert made.unserved == ("J2",)


CREW = (
    technician(technician_id="T1", skills={"repair": 3}),
    technician(technician_id="T2", skills={"repair": 1}),
    technician(technician_id="T3", skills={"survey": 2}),
)
# The one who leads needs repair at 3, the first mate survey, the second what the job asks of everybody.
THREE = job(seats=3, skills={"repair": 3}, mates=(Seat(skills={"survey": 2}),))


def together(*who: str) -> list[ShiftPlan]:
    return [
        shift_plan([stop("J1", at("09:30"), at("10:30"), seat=seat)], technician_id=one)
        for seat, one in enumerate(who)
    ]


def test_each_place_in_a_crew_asks_for_its_own_skills() -> None:
    of = scenario(CREW, [THREE])
    draft = Recording(of)
    RULE.compile(of, SkillParams(), draft)
    lacking = {("T2", 0), ("T3", 0), ("T1", 1), ("T2", 1), ("T2", 2), ("T3", 2)}
    assert draft.seats_forbidden == {("J1", ShiftKey(who, DAY), seat) for who, seat in lacking}
    assert draft.forbidden == set()


def test_a_mate_without_the_skill_of_the_place() -> None:
    of = scenario(CREW, [THREE])
    findings = list(RULE.check(of, SkillParams(), plan(of, together("T1", "T3", "T2"))))
    (finding,) = findings
    assert (finding.technician_id, finding.measured, finding.limit, finding.over) == ("T2", 1, 3, 2)
    assert finding.sentence == "J1 asks mate 2 for repair at level 3; T2 has it at level 1."
    swapped = list(RULE.check(of, SkillParams(), plan(of, together("T3", "T1"))))
    assert [(one.technician_id, one.over) for one in swapped] == [("T3", 3), ("T1", 2)]


def test_any_hands_will_do_where_a_mate_is_asked_for_nothing() -> None:
    of = scenario(CREW, [job(seats=2, mates=(Seat(),))])
    draft = Recording(of)
    RULE.compile(of, SkillParams(), draft)
    assert draft.seats_forbidden == {("J1", ShiftKey("T3", DAY), 0)}
    assert list(RULE.check(of, SkillParams(), plan(of, together("T2", "T3")))) == []


def test_the_installer_is_spared_in_every_place_of_a_crew() -> None:
    of = scenario(INSTALLERS, [leak().model_copy(update={"seats": 2})])
    draft = Recording(of)
    RULE.compile(of, SkillParams(), draft)
    assert draft.seats_forbidden == {("J1", ShiftKey("T2", DAY), seat) for seat in (0, 1)}
    assert list(RULE.check(of, SkillParams(), plan(of, together("T3", "T1")))) == []
