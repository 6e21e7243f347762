from optimizer.checker import check_plan
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from tests.unit.checker.sound import SCENARIO, day, leg, moved, plan
from tests.unit.rules import build


def found(made: Plan) -> list[Finding]:
    return [finding for finding in check_plan(SCENARIO, made) if finding.code == "PLAN"]


def test_a_sound_plan_has_no_finding() -> None:
    assert check_plan(SCENARIO, plan(day())) == ()


def test_an_empty_plan_has_no_finding() -> None:
    assert check_plan(SCENARIO, plan(unserved=("J1", "J2", "J3"))) == ()


def test_a_job_nobody_speaks_of_is_missing_once() -> None:
    (finding,) = found(plan(day(), unserved=()))
    assert (finding.job_id, finding.measured, finding.limit, finding.over) == ("J3", 0, 1, 1)


def test_a_job_served_and_left_out_twice_is_there_two_times_too_often() -> None:
    (finding,) = found(plan(day(), unserved=("J3", "J1", "J1")))
    assert (finding.job_id, finding.measured, finding.over) == ("J1", 3, 2)


def test_unknown_names_are_found_and_do_not_stop_the_rules() -> None:
    one, two = day().stops
    stranger = moved(one, job_id="J9", leg=one.leg.model_copy(update={"to_place": "job:J9"}))
    ghost = day(technician_id="T9")
    made = plan(day(stops=(stranger, two)), ghost, unserved=("J3", "J1"))
    findings = check_plan(SCENARIO, made)
    sentences = " ".join(finding.sentence for finding in findings)
    assert "no job J9" in sentences
    assert "no technician T9" in sentences
    assert {finding.code for finding in findings} == {"PLAN", "TRAVEL"}


def test_a_day_without_shift_is_unknown() -> None:
    (finding,) = found(plan(day(day=build.NEXT_DAY)))
    assert (finding.technician_id, finding.day, finding.over) == ("T1", build.NEXT_DAY, 1)
    assert "no shift" in finding.sentence


def test_the_same_day_twice_is_once_too_often() -> None:
    sentences = [finding.sentence for finding in found(plan(day(), day()))]
    assert "The shift of T1 on 2026-07-15 stands in the plan 2 times." in sentences
    assert "Job J1 stands in the plan 2 times." in sentences


def test_the_plan_of_another_scenario_is_refused() -> None:
    (finding,) = found(plan(day()).model_copy(update={"scenario_sha256": "0" * 64}))
    assert "scenario_sha256" in finding.sentence
    (finding,) = found(plan(day()).model_copy(update={"preset": "economy"}))
    assert "preset" in finding.sentence


def test_legs_must_meet() -> None:
    one, two = day().stops
    away = moved(two, leg=two.leg.model_copy(update={"from_place": "branch:B1"}))
    (finding,) = found(plan(day(stops=(one, away))))
    assert (finding.job_id, finding.technician_id) == ("J2", "T1")
    assert "from branch:B1 to job:J2 where the way is from job:J1 to job:J2" in finding.sentence


def test_the_day_ends_at_the_end_place() -> None:
    stray = leg("job:J2", "job:J1", "10:50", "10:53:20")
    (finding,) = found(plan(day(last_leg=stray)))
    assert "to branch:B1" in finding.sentence


def test_nobody_changes_the_means() -> None:
    (finding,) = found(plan(day(means="motorcycle")))
    assert "motorcycle" in finding.sentence
