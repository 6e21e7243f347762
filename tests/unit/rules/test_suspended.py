"""SUSPENDED."""

from datetime import timedelta

from optimizer.domain.roster import ShiftKey
from optimizer.domain.time import DateRange
from optimizer.rules.suspended import RULE, SuspendedParams
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

THREE_DAYS = DateRange(first_day=DAY - timedelta(days=2), last_day=DAY, reason="refused orders")


def test_kept_after_the_last_day() -> None:
    of = scenario([technician(suspended=(THREE_DAYS,))], days=2)
    done = [shift_plan([stop("J1", at("09:30", NEXT_DAY), at("10:30", NEXT_DAY))], day=NEXT_DAY)]
    assert list(RULE.check(of, SuspendedParams(), plan(of, done))) == []


def test_broken_by_two_jobs() -> None:
    of = scenario([technician(suspended=(THREE_DAYS,))], [job(), job(job_id="J2")])
    stops = [stop("J1", at("09:30"), at("10:30")), stop("J2", at("11:00"), at("12:00"))]
    (finding,) = RULE.check(of, SuspendedParams(), plan(of, [shift_plan(stops)]))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 0, 2, "jobs")
    assert finding.sentence == f"T1 is suspended until {DAY} but has 2 jobs on {DAY}."
    assert "T1" in RULE.advise(finding)


def test_one_job_is_one_job() -> None:
    of = scenario([technician(suspended=(THREE_DAYS,))])
    made = plan(of, [shift_plan([stop("J1", at("09:30"), at("10:30"))])])
    assert [finding.sentence for finding in RULE.check(of, SuspendedParams(), made)] == [
        f"T1 is suspended until {DAY} but has 1 job on {DAY}."
    ]


def test_compile_forbids_all_jobs_on_days_of_suspension() -> None:
    of = scenario(
        [technician(suspended=(THREE_DAYS,)), technician(technician_id="T2")],
        [job(), job(job_id="J2")],
        days=2,
    )
    draft = Recording(of)
    RULE.compile(of, SuspendedParams(), draft)
    assert draft.forbidden == {(one, ShiftKey("T1", DAY)) for one in ("J1", "J2")}


def test_solve_honours_it() -> None:
    near = technician(suspended=(THREE_DAYS,))
    far = technician(technician_id="T2", branch_id="B2")
    jobs = [job(job_id="J1", place=north(1)), job(job_id="J2", place=north(2))]
    assert who_does(solved(near_and_far(near, far, jobs))) == {"J1": "T2", "J2": "T2"}
    off = near_and_far(near, far, jobs, rules={"SUSPENDED": {"active": False}})
    assert who_does(solved(off)) == {"J1": "T1", "J2": "T1"}
