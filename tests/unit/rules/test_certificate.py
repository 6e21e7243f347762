"""CERTIFICATE."""

from datetime import timedelta

from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Certificate
from optimizer.rules.certificate import RULE, CertificateParams
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
VALID_TO_DAY = Certificate(name="electrician", valid_from=DAY - timedelta(days=9), valid_until=DAY)


def test_kept_on_the_last_valid_day() -> None:
    of = scenario([technician(certificates=(VALID_TO_DAY,))], [job(certificates=("electrician",))])
    assert list(RULE.check(of, CertificateParams(), plan(of, DONE))) == []


def test_broken_by_two() -> None:
    expired = Certificate(name="electrician", valid_until=DAY - timedelta(days=1))
    of = scenario([technician(certificates=(expired,))], [job(certificates=("electrician", "welding"))])
    (finding,) = RULE.check(of, CertificateParams(), plan(of, DONE))
    # one expired yesterday, the other never held
    assert (finding.code, finding.measured, finding.limit, finding.over) == ("CERTIFICATE", 2, 0, 2)
    assert "electrician, welding" in finding.sentence
    assert "J1" in RULE.advise(finding)


def test_type_asks_for_certificates_too() -> None:
    of = scenario([technician()], [job(type="installation")])
    (finding,) = RULE.check(of, CertificateParams(), plan(of, DONE))
    assert "welding" in finding.sentence


def test_compile_looks_at_the_day() -> None:
    of = scenario(
        [technician(certificates=(VALID_TO_DAY,))],
        [job(), job(job_id="J2", certificates=("electrician",))],
        days=2,
    )
    draft = Recording(of)
    RULE.compile(of, CertificateParams(), draft)
    assert draft.forbidden == {("J2", ShiftKey("T1", NEXT_DAY))}


def test_solve_honours_it() -> None:
    near = technician()
    far = technician(technician_id="T2", branch_id="B2", certificates=(VALID_TO_DAY,))
    jobs = [
        job(job_id="plain", place=north(1)),
        job(job_id="mains", place=north(2), certificates=("electrician",)),
    ]
    assert who_does(solved(near_and_far(near, far, jobs))) == {"plain": "T1", "mains": "T2"}
    off = near_and_far(near, far, jobs, rules={"CERTIFICATE": {"active": False}})
    assert who_does(solved(off)) == {"plain": "T1", "mains": "T1"}
