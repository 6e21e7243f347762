"""Facts that time does not allow."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.domain.branch import BenchBatch
from optimizer.domain.job import DeskFacts, Job, Rework
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance
from optimizer.domain.time import Window
from optimizer.domain.validation import validate_scenario
from tests.unit.rules.build import DAY, at, branch, job, scenario, technician

BEFORE = DAY - timedelta(days=1)


def wrong(of: Scenario) -> list[tuple[str, str]]:
    """Return code and path of every issue."""
    issues = validate_scenario(of)
    assert all(issue.cause.endswith(".") and issue.action.endswith(".") for issue in issues)
    return [(issue.code, issue.path) for issue in issues]


def reported(clock: str, dispatched: str | None = None, **desk: Any) -> Job:
    """Return a job reported then, with what the desk has done since."""
    return job(
        intake_at=at(clock),
        dispatched_at=None if dispatched is None else at(dispatched),
        desk=DeskFacts.model_validate({f"{name}_at": at(then) for name, then in desk.items()}),
    )


def test_a_day_in_its_order() -> None:
    done = {"answered": "08:05", "contacted": "08:20", "replied_in_writing": "09:00", "confirmed": "10:00"}
    one = reported("08:00", "08:10", **done)
    assert wrong(scenario(jobs=[one])) == []
    assert wrong(scenario(jobs=[one], now=at("10:00"))) == []  # the last of them is happening now
    at_once = reported("08:00", "08:00", answered="08:00")
    assert wrong(scenario(jobs=[at_once], now=at("08:00"))) == []


def test_nothing_is_done_before_it_was_reported() -> None:
    one = reported(
        "12:00", "08:00", answered="11:59", contacted="09:00", replied_in_writing="09:00", confirmed="09:00"
    )
    of = scenario(jobs=[job(job_id="J0"), one])
    assert wrong(of) == [
        ("wrong-order", "jobs[1].dispatched_at"),
        ("wrong-order", "jobs[1].desk.answered_at"),
        ("wrong-order", "jobs[1].desk.contacted_at"),
        ("wrong-order", "jobs[1].desk.replied_in_writing_at"),
        ("wrong-order", "jobs[1].desk.confirmed_at"),
    ]
    first = validate_scenario(of)[0]
    assert first.cause == (
        "The dispatch order at 2026-07-15 08:00:00 comes before the report at 2026-07-15 12:00:00."
    )


def test_without_a_report_there_is_nothing_to_come_before() -> None:
    assert wrong(scenario(jobs=[job(dispatched_at=at("08:00"))])) == []


def test_nothing_has_happened_after_the_present_time() -> None:
    leak = Rework(installed_by="T1", installed_on=BEFORE, fault="water_leak", noticed_at=at("10:00:01"))
    one = reported("08:00", "10:01", contacted="23:00").model_copy(update={"rework": leak})
    batch = BenchBatch(batch_id="P1", units=1, received_on=BEFORE, handed_back_at=at("11:00"))
    late = technician(attendance=(Attendance(day=DAY, clocked_in_at=at("16:00")),))
    of = scenario([late], [one], branches=[branch(bench=(batch,))], now=at("10:00"))
    assert wrong(of) == [
        ("after-now", "jobs[0].dispatched_at"),
        ("after-now", "jobs[0].desk.contacted_at"),
        ("after-now", "jobs[0].rework.noticed_at"),
        ("after-now", "branches[0].bench[0].handed_back_at"),
        ("after-now", "technicians[0].attendance[0].clocked_in_at"),
    ]
    assert validate_scenario(of)[-1].cause == (
        "Clocking in at 2026-07-15 16:00:00 comes after the present time 2026-07-15 10:00:00."
    )
    # without a present time the scenario may hold the whole day
    assert wrong(of.model_copy(update={"now": None})) == []
    assert wrong(scenario(jobs=[reported("15:00")], now=at("10:00"))) == [("after-now", "jobs[0].intake_at")]


def test_a_customer_is_not_called_back_before_the_units_are_back() -> None:
    batch = BenchBatch(
        batch_id="P1",
        units=1,
        received_on=BEFORE,
        handed_back_at=at("11:00", BEFORE),
        followed_up_at=at("10:00", BEFORE),
    )
    of = scenario(branches=[branch(bench=(batch,))])
    assert wrong(of) == [("wrong-order", "branches[0].bench[0].followed_up_at")]


@pytest.mark.parametrize(("answered", "issues"), [("00:59:59+00:00", 1), ("01:00:00+00:00", 0)])
def test_moments_of_other_zones_are_compared_as_moments(answered: str, issues: int) -> None:
    # 01:00 in London's winter time is 09:00 in Changsha
    one = Job.model_validate(
        reported("09:00").model_dump() | {"desk": {"answered_at": f"2026-07-15T{answered}"}}
    )
    assert len(wrong(scenario(jobs=[one]))) == issues


def test_a_customer_is_told_after_the_report_and_not_in_the_future() -> None:
    window = Window(start=at("14:00"), end=at("15:00"))
    promises = [
        Promise(job_id="J1", technician_id="T1", window=window, start=at("14:00"), told_at=at(clock))
        for clock in ("07:59", "08:00", "10:00", "10:01")
    ]
    of = scenario(jobs=[reported("08:00")], promises=promises, now=at("10:00"))
    assert wrong(of) == [("wrong-order", "promises[0].told_at"), ("after-now", "promises[3].told_at")]
