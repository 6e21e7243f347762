"""REWORK."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from optimizer.domain.assessment import ClockState
from optimizer.domain.job import Job, Rework
from optimizer.domain.scenario import Scenario
from optimizer.rules.draft import LateStep
from optimizer.rules.rework import RULE, ReworkParams
from tests.unit.rules.build import DAY, at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = ReworkParams()


def leak(noticed: datetime | None, intake: datetime | None = None, **given: Any) -> Job:
    facts: dict[str, Any] = {"installed_by": "T1", "installed_on": date(2026, 5, 20)}
    facts |= {"fault": "refrigerant_leak"} | given
    return job(rework=Rework(noticed_at=noticed, **facts), intake_at=intake)


def clocks(of: Scenario, start: datetime | None = None) -> list[ClockState]:
    shifts = [] if start is None else [shift_plan([stop("J1", start, start + timedelta(hours=1))])]
    return list(RULE.clocks(of, PARAMS, plan(of, shifts)))


def owed(of: Scenario, start: datetime) -> int:
    made = plan(of, [shift_plan([stop("J1", start, start + timedelta(hours=1))])])
    return sum(line.cents for line in RULE.bill(of, PARAMS, made))


def test_mended_within_a_day_of_notice() -> None:
    of = scenario(jobs=[leak(at("10:00", BEFORE))])
    (state,) = clocks(of, at("10:00"))
    assert (state.code, state.event, state.due) == ("REWORK", "arriving", at("10:00"))
    assert (state.state, owed(of, at("10:00"))) == ("at_risk", 0)


def test_late_by_three_hours() -> None:
    of = scenario(jobs=[leak(at("10:00", BEFORE))])
    assert owed(of, at("13:00")) == 800  # 500 + 3 h × 100
    assert [one.state for one in clocks(of, at("13:00"))] == ["missed"]


def test_notice_is_the_report_unless_it_is_known() -> None:
    assert [one.due for one in clocks(scenario(jobs=[leak(None, at("12:00", BEFORE))]))] == [at("12:00")]
    told_later = leak(at("14:00", BEFORE), at("12:00", BEFORE))
    assert [one.due for one in clocks(scenario(jobs=[told_later]))] == [at("14:00")]
    assert clocks(scenario(jobs=[leak(None)])) == []


@pytest.mark.parametrize(
    ("given", "runs"),
    [
        ({}, True),
        ({"installed_by": "somebody who has left"}, True),
        ({"installed_on": date(2025, 7, 15)}, True),  # a year ago to the day
        ({"installed_on": date(2025, 7, 14)}, False),
        ({"fault": "water_leak"}, False),
        ({"fault": "other"}, False),
        ({"installation_fault": False}, False),
        ({"installer_failed": True}, False),
    ],
)
def test_whom_it_concerns(given: dict[str, Any], runs: bool) -> None:
    of = scenario(jobs=[leak(at("10:00", BEFORE), **given)])
    assert bool(clocks(of)) is runs
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.lateness == ([("J1", "start", (LateStep(at("10:00"), 500, 100),))] if runs else [])


def test_solve_honours_it() -> None:
    # both at one place: the first starts at 09:10, the second at 10:10, too late for the leak due 10:00
    jobs = [job(job_id="J0"), leak(at("10:00", BEFORE))]
    of = scenario(jobs=jobs)
    made = solved(of)
    assert [one.job_id for one in made.shifts[0].stops] == ["J1", "J0"]
    assert list(RULE.bill(of, PARAMS, made)) == []
