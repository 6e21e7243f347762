"""ONBOARDED."""

from datetime import date

from optimizer.domain.job import Rework
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Onboarding
from optimizer.rules.onboarded import RULE, OnboardedParams
from tests.unit.rules.build import (
    DAY,
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
FRIDGES = Onboarding(trained_products=("fridge",))


def test_kept_by_default_and_for_jobs_without_a_product() -> None:
    for onboarding in (Onboarding(), FRIDGES):
        of = scenario([technician(onboarding=onboarding)])
        assert list(RULE.check(of, OnboardedParams(), plan(of, DONE))) == []


def test_two_papers_missing() -> None:
    of = scenario([technician(onboarding=Onboarding(insured=False, safety_agreement=False))])
    (finding,) = RULE.check(of, OnboardedParams(), plan(of, DONE))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 0, 2, "missing")
    assert finding.sentence == f"T1 works on {DAY} without insurance, safety agreement."
    assert "onboarding of T1" in RULE.advise(finding)


def test_one_training_missing() -> None:
    of = scenario([technician(onboarding=FRIDGES)], [job(product="aircon")])
    (finding,) = RULE.check(of, OnboardedParams(), plan(of, DONE))
    assert (finding.job_id, finding.over) == ("J1", 1)
    assert "J1" in RULE.advise(finding)


def test_the_installer_mends_the_own_work_without_training_on_the_product() -> None:
    leak = Rework(installed_by="T1", installed_on=date(2026, 5, 20), fault="refrigerant_leak")
    people = [technician(onboarding=FRIDGES), technician(technician_id="T2", onboarding=FRIDGES)]
    for mends_own, barred in ((True, {"T2"}), (False, {"T1", "T2"})):
        rules = {"SKILL": {"installer_mends_own": mends_own}}
        of = scenario(people, [job(product="aircon", rework=leak)], rules=rules)
        draft = Recording(of)
        RULE.compile(of, OnboardedParams(), draft)
        assert draft.forbidden == {("J1", ShiftKey(who, DAY)) for who in barred}
        for who in ("T1", "T2"):
            done = shift_plan([stop("J1", at("09:30"), at("10:30"))], technician_id=who)
            assert bool(list(RULE.check(of, OnboardedParams(), plan(of, [done])))) is (who in barred)


def test_compile_forbids_everything_or_the_product() -> None:
    of = scenario(
        [
            technician(onboarding=Onboarding(examined=False)),
            technician(technician_id="T2", onboarding=FRIDGES),
            technician(technician_id="T3"),
        ],
        [job(), job(job_id="fridge", product="fridge"), job(job_id="aircon", product="aircon")],
    )
    draft = Recording(of)
    RULE.compile(of, OnboardedParams(), draft)
    unfit = {("J1", "T1"), ("fridge", "T1"), ("aircon", "T1"), ("aircon", "T2")}
    assert draft.forbidden == {(one, ShiftKey(who, DAY)) for one, who in unfit}


def test_solve_honours_it() -> None:
    skills = {"repair": 3, "repair/aircon": 3}
    near = technician(skills=skills, onboarding=FRIDGES)
    far = technician(technician_id="T2", branch_id="B2", skills=skills)
    jobs = [job(job_id="plain", place=north(1)), job(job_id="aircon", product="aircon", place=north(2))]
    assert who_does(solved(near_and_far(near, far, jobs))) == {"plain": "T1", "aircon": "T2"}
    off = near_and_far(near, far, jobs, rules={"ONBOARDED": {"active": False}})
    assert who_does(solved(off)) == {"plain": "T1", "aircon": "T1"}
