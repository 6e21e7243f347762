"""CERTIFICATE."""

from datetime import date, timedelta

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


def test_a_crew_holds_them_together() -> None:
    welder = technician(technician_id="T2", certificates=(Certificate(name="welding"),))
    people = [technician(certificates=(VALID_TO_DAY,)), welder, technician(technician_id="T3")]
    of = scenario(people, [job(seats=2, certificates=("electrician", "welding"))], days=2)
    draft = Recording(of)
    RULE.compile(of, CertificateParams(), draft)
    assert draft.covers == {
        "J1": [
            frozenset({ShiftKey("T1", DAY)}),  # not valid on the next day
            frozenset({ShiftKey("T2", DAY), ShiftKey("T2", NEXT_DAY)}),
        ]
    }
    assert draft.forbidden == set()

    def missing(*who: str, day: date = DAY) -> list[tuple[str | None, float, str]]:
        days = [
            shift_plan(
                [stop("J1", at("09:30", day), at("10:30", day), seat=seat)], technician_id=one, day=day
            )
            for seat, one in enumerate(who)
        ]
        return [
            (one.technician_id, one.over, one.sentence)
            for one in RULE.check(of, CertificateParams(), plan(of, days))
        ]

    assert missing("T1", "T2") == []
    on = "hold no valid certificate on 2026-07-15."
    assert missing("T3", "T2") == [("T3", 1, f"J1 asks for electrician; T3 and T2 {on}")]
    assert [over for _, over, _ in missing("T1", "T2", day=NEXT_DAY)] == [1]
    (both,) = missing("T3")
    assert both[1] == 2


def test_a_certificate_that_nobody_holds_forbids_the_job() -> None:
    of = scenario([technician(), technician(technician_id="T2")], [job(seats=2, certificates=("welding",))])
    draft = Recording(of)
    RULE.compile(of, CertificateParams(), draft)
    assert draft.covers == {}
    assert draft.forbidden == {("J1", ShiftKey("T1", DAY)), ("J1", ShiftKey("T2", DAY))}
