"""ABSENT."""

from optimizer.domain.roster import ShiftKey
from optimizer.domain.time import DateRange
from optimizer.rules.absent import RULE, AbsentParams
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

LEAVE = DateRange(first_day=NEXT_DAY, last_day=NEXT_DAY, reason="ill")


def test_kept_the_day_before() -> None:
    of = scenario([technician(leave=(LEAVE,))], days=2)
    done = [shift_plan([stop("J1", at("09:30"), at("10:30"))])]
    assert list(RULE.check(of, AbsentParams(), plan(of, done))) == []


def test_broken_by_two_jobs() -> None:
    of = scenario([technician(leave=(LEAVE,))], [job(), job(job_id="J2")], days=2)
    stops = [
        stop("J1", at("09:30", NEXT_DAY), at("10:30", NEXT_DAY)),
        stop("J2", at("11:00", NEXT_DAY), at("12:00", NEXT_DAY)),
    ]
    (finding,) = RULE.check(of, AbsentParams(), plan(of, [shift_plan(stops, day=NEXT_DAY)]))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 0, 2, "jobs")
    assert (finding.technician_id, finding.day) == ("T1", NEXT_DAY)
    assert finding.sentence == f"T1 is away on {NEXT_DAY} (ill) but has 2 jobs."
    assert "T1" in RULE.advise(finding)


def test_one_job_is_one_job() -> None:
    of = scenario([technician(leave=(DateRange(first_day=DAY, last_day=DAY),))])
    made = plan(of, [shift_plan([stop("J1", at("09:30"), at("10:30"))])])
    assert [finding.sentence for finding in RULE.check(of, AbsentParams(), made)] == [
        f"T1 is away on {DAY} but has 1 job."
    ]


def test_compile_forbids_all_jobs_on_days_of_leave() -> None:
    of = scenario(
        [technician(leave=(LEAVE,)), technician(technician_id="T2")], [job(), job(job_id="J2")], days=2
    )
    draft = Recording(of)
    RULE.compile(of, AbsentParams(), draft)
    assert draft.forbidden == {(one, ShiftKey("T1", NEXT_DAY)) for one in ("J1", "J2")}


def test_solve_honours_it() -> None:
    near = technician(leave=(DateRange(first_day=DAY, last_day=DAY),))
    far = technician(technician_id="T2", branch_id="B2")
    jobs = [job(job_id="J1", place=north(1)), job(job_id="J2", place=north(2))]
    assert who_does(solved(near_and_far(near, far, jobs))) == {"J1": "T2", "J2": "T2"}
    off = near_and_far(near, far, jobs, rules={"ABSENT": {"active": False}})
    assert who_does(solved(off)) == {"J1": "T1", "J2": "T1"}
