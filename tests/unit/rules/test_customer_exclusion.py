"""CUSTOMER_EXCLUSION."""

from datetime import date, timedelta
from typing import Any

import pytest

from optimizer.domain.job import Customer, Rework
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Technician
from optimizer.rules.customer_exclusion import RULE, CustomerExclusionParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    near_and_far,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = CustomerExclusionParams(active=True)
ON: dict[str, dict[str, Any]] = {"CUSTOMER_EXCLUSION": {"active": True}}
DONE = [shift_plan([stop("J1", at("09:30"), at("10:30"))])]
PAIR = (technician(), technician(technician_id="T2"))
SPRING = date(2026, 4, 1)


def refusing(*technicians: str) -> Customer:
    return Customer(customer_id="C1", refused_technicians=technicians)


def leak(**facts: Any) -> Rework:
    return Rework(**{"installed_by": "T1", "installed_on": SPRING, "fault": "refrigerant_leak", **facts})


def test_off_unless_switched_on() -> None:
    assert not CustomerExclusionParams().active


@pytest.mark.parametrize("customer", [None, Customer(customer_id="C1"), refusing("T2")])
def test_kept(customer: Customer | None) -> None:
    of = scenario(PAIR, [job(customer=customer)])
    assert list(RULE.check(of, PARAMS, plan(of, DONE))) == []


def test_sent_to_who_refused() -> None:
    of = scenario(PAIR, [job(customer=refusing("T1", "T2"))])
    (finding,) = RULE.check(of, PARAMS, plan(of, DONE))
    assert (finding.code, finding.job_id, finding.technician_id) == ("CUSTOMER_EXCLUSION", "J1", "T1")
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (1, 0, 1, "visits")
    assert finding.sentence == "T1 is sent to J1, whose customer has refused T1."
    assert "J1" in RULE.advise(finding)


@pytest.mark.parametrize(
    ("rework", "stays_away"),
    [
        (leak(), False),
        (leak(installed_on=DAY - timedelta(days=365)), False),  # a year ago to the day
        (leak(installed_on=DAY - timedelta(days=366)), True),
        (leak(fault="water_leak"), True),
        (leak(installation_fault=False), True),
        (leak(installer_failed=True), True),
        (leak(installed_by="T2"), True),
    ],
)
def test_the_original_installer_mends_all_the_same(rework: Rework, stays_away: bool) -> None:
    of = scenario(PAIR, [job(customer=refusing("T1"), rework=rework)])
    assert bool(list(RULE.check(of, PARAMS, plan(of, DONE)))) == stays_away
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.forbidden == ({("J1", ShiftKey("T1", DAY))} if stays_away else set())


def test_compile_forbids_all_days_and_says_equal_refusals_once() -> None:
    jobs = [
        job(customer=refusing("T1")),
        job(job_id="J2", customer=refusing("T1")),
        job(job_id="J3", customer=refusing("T2", "gone")),
        job(job_id="J4"),
    ]
    of = scenario(PAIR, jobs, days=2)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    refused = {("J1", "T1"), ("J2", "T1"), ("J3", "T2")}
    assert draft.forbidden == {(one, ShiftKey(who, day)) for one, who in refused for day in (DAY, NEXT_DAY)}
    assert draft.calls == ["forbid", "forbid"]


def test_solve_honours_it() -> None:
    near: Technician = technician()
    far = technician(technician_id="T2", branch_id="B2")
    jobs = [job(customer=refusing("T1"))]
    assert who_does(solved(near_and_far(near, far, jobs, rules=ON))) == {"J1": "T2"}
    assert who_does(solved(near_and_far(near, far, jobs))) == {"J1": "T1"}
