"""SUBSIDY."""

from datetime import date, timedelta
from typing import Any

import pytest

from optimizer.domain.job import Job, Rework
from optimizer.rules.subsidy import RULE, SubsidyParams
from tests.unit.rules.build import (
    DAY,
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

PARAMS = SubsidyParams()
INSTALLER, OTHER = "T1", "T2"
PEOPLE = [technician(technician_id=INSTALLER), technician(technician_id=OTHER)]


def leak(**facts: Any) -> Job:
    given = {"installed_by": INSTALLER, "installed_on": date(2026, 3, 2), "fault": "refrigerant_leak"} | facts
    return job(rework=Rework.model_validate(given))


def owed(one: Job, who: str) -> list[int]:
    of = scenario(PEOPLE, [one])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))], technician_id=who)])
    return [line.cents for line in RULE.bill(of, PARAMS, made)]


def priced(one: Job) -> dict[str, int]:
    draft = Recording(scenario(PEOPLE, [one]))
    RULE.compile(scenario(PEOPLE, [one]), PARAMS, draft)
    return {key.technician_id: cents for (_, key), cents in draft.assignment.items()}


@pytest.mark.parametrize(
    ("facts", "cents"),
    [
        ({}, 10_000),
        ({"inverter": True}, 15_000),
        ({"installer_failed": True}, 13_000),
        ({"installer_failed": True, "inverter": True}, 18_000),
        ({"fault": "water_leak"}, 3_000),
        ({"fault": "water_leak", "inverter": True}, 3_000),
        ({"fault": "other"}, 0),
        ({"installation_fault": False}, 0),
        ({"fault": "water_leak", "installation_fault": False}, 0),
        ({"installed_on": DAY - timedelta(days=365)}, 10_000),  # a year to the day
        ({"installed_on": DAY - timedelta(days=366)}, 0),
    ],
)
def test_what_another_is_paid(facts: dict[str, Any], cents: int) -> None:
    one = leak(**facts)
    expected = {OTHER: cents} if cents else {}
    assert priced(one) == expected
    assert owed(one, OTHER) == list(expected.values())
    assert owed(one, INSTALLER) == []  # the own work is mended for nothing


def test_ordinary_jobs_move_no_money() -> None:
    assert owed(job(), OTHER) == []
    assert priced(job()) == {}


def test_an_installer_who_has_left_pays_all_the_same() -> None:
    gone = leak(installed_by="T9")
    assert priced(gone) == {INSTALLER: 10_000, OTHER: 10_000}
    assert owed(gone, INSTALLER) == [10_000]


def test_the_line_is_a_transfer_and_names_both() -> None:
    of = scenario(PEOPLE, [leak()])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))], technician_id=OTHER)])
    (line,) = RULE.bill(of, PARAMS, made)
    assert (line.kind, line.job_id, line.technician_id, line.day) == ("transfer", "J1", OTHER, DAY)
    assert line.sentence == (
        "T2 mends a refrigerant leak at J1 that T1 installed: ¥100.00 go from one to the other."
    )


def test_jobs_alike_are_said_in_one_call() -> None:
    jobs = [leak().model_copy(update={"job_id": f"J{number}"}) for number in range(4)]
    draft = Recording(scenario(PEOPLE, jobs))
    RULE.compile(scenario(PEOPLE, jobs), PARAMS, draft)
    assert draft.calls == ["price_assignment"]


def test_prices_of_nothing_are_not_said() -> None:
    of = scenario(PEOPLE, [leak()])
    draft = Recording(of)
    RULE.compile(of, SubsidyParams(refrigerant_cents=0), draft)
    assert draft.calls == []


def test_solve_sends_the_installer() -> None:
    # From the near branch it is 6 km, from the installer's 14 km: 4,573 - 1,960 = 2,613 cents more, but 100 yuan
    # less to pay.
    near, far = technician(technician_id=OTHER), technician(technician_id=INSTALLER, branch_id="B2")
    assert who_does(solved(near_and_far(near, far, [leak()]))) == {"J1": INSTALLER}
    plain = job()
    assert who_does(solved(near_and_far(near, far, [plain]))) == {"J1": OTHER}
