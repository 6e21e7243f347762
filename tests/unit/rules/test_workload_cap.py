"""WORKLOAD_CAP."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Ledger
from optimizer.rules.workload_cap import RULE, WorkloadCapParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Limit, Recording

MONDAY = date(2026, 7, 13)  # of the week of DAY, a Wednesday
JOBS = [job(job_id=f"J{i}") for i in range(12)]


def day_of(jobs: Sequence[str], minutes: int, day: date = DAY) -> ShiftPlan:
    """Return a day with jobs of so many minutes each, 10 min of driving before each and after the last."""
    start = at("09:10", day)
    stops = []
    for one in jobs:
        end = start + timedelta(minutes=minutes)
        stops.append(stop(one, start, end))
        start = end + timedelta(minutes=10)
    return shift_plan(stops, day=day)


def test_kept_at_the_limit() -> None:
    of = scenario(jobs=JOBS)
    ten = day_of([f"J{i}" for i in range(10)], 49)
    # 10 × 49 min of service + 11 × 10 min of driving = 600 min = 10 h
    assert list(RULE.check(of, WorkloadCapParams(), plan(of, [ten]))) == []


def test_two_jobs_too_many() -> None:
    of = scenario(jobs=JOBS)
    twelve = day_of([f"J{i}" for i in range(12)], 20)
    (finding,) = RULE.check(of, WorkloadCapParams(), plan(of, [twelve]))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (12, 10, 2, "jobs")
    assert (finding.technician_id, finding.day) == ("T1", DAY)
    assert RULE.advise(finding).startswith("Take 2 jobs from T1")


def test_half_an_hour_too_long_and_waiting_not_counted() -> None:
    of = scenario(jobs=JOBS)
    # set-up 30 min + service 5 h 30 + drive 10 min; wait 2 h; service 4 h + drive 10 min + drive home 10 min
    first = stop("J0", at("08:10"), at("14:10"), setup_s=1800)
    second = stop("J1", at("16:20"), at("20:20"), arrival=at("14:20"))
    (finding,) = RULE.check(of, WorkloadCapParams(), plan(of, [shift_plan([first, second])]))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (10.5, 10, 0.5, "h")


def test_sentences_count_in_plain_words() -> None:
    of = scenario(jobs=JOBS)
    # 10 min there, 62 min of service, 10 min back: 1 h 22 min are 1 h 02 min more than 20 min
    made = plan(of, [day_of(["J0"], 62)])
    params = WorkloadCapParams(jobs_per_day=0, hours_per_day=1 / 3)
    jobs, hours = RULE.check(of, params, made)
    assert jobs.sentence == f"T1 has 1 job on {DAY}; 0 are allowed."
    assert RULE.advise(jobs) == "Take 1 job from T1, or raise the cap."
    assert hours.sentence == f"T1 works 1 h 22 min on {DAY}; 20 min are allowed."
    assert RULE.advise(hours) == "Take 1 h 02 min of work from T1, or raise the cap."
    (one,) = RULE.check(of, WorkloadCapParams(jobs_per_day=1), plan(of, [day_of(["J0", "J1"], 20)]))
    assert one.sentence == f"T1 has 2 jobs on {DAY}; 1 is allowed."


def test_weeks_count_what_was_worked_before() -> None:
    technicians = [technician(week_to_date=Ledger(jobs=20, hours=30))]
    of = scenario(technicians, JOBS, days=7)
    next_monday = MONDAY + timedelta(days=7)
    made = plan(
        of,
        [
            day_of(["J0", "J1"], 60),  # 2 h + 30 min
            day_of(["J2"], 60, NEXT_DAY),  # 1 h + 20 min
            day_of(["J3", "J4"], 60, next_monday),  # another week, nothing worked before
        ],
    )
    params = WorkloadCapParams(jobs_per_week=22, hours_per_week=33)
    findings = list(RULE.check(of, params, made))
    assert [one.day for one in findings] == [MONDAY, MONDAY]
    assert [(one.measured, one.limit, one.over) for one in findings] == [
        (23, 22, 1),  # 20 + 2 + 1 jobs
        (pytest.approx(30 + 230 / 60), 33, pytest.approx(50 / 60)),
    ]


def test_no_caps_no_findings_no_verbs() -> None:
    of = scenario(jobs=JOBS)
    none = WorkloadCapParams(jobs_per_day=None, hours_per_day=None)
    assert list(RULE.check(of, none, plan(of, [day_of([f"J{i}" for i in range(12)], 60)]))) == []
    draft = Recording(of)
    RULE.compile(of, none, draft)
    assert draft.calls == []


def test_compile_limits_days_and_weeks() -> None:
    technicians = [technician(week_to_date=Ledger(jobs=20, hours=30.5))]
    of = scenario(technicians, days=6)  # Wednesday to Monday
    draft = Recording(of)
    RULE.compile(of, WorkloadCapParams(jobs_per_week=22, hours_per_week=40), draft)
    keys = [ShiftKey("T1", DAY + timedelta(days=i)) for i in range(6)]
    assert draft.limits == [
        *(Limit((key,), 10, 36_000) for key in keys),
        Limit(tuple(keys[:5]), 2, 34_200),  # 22 - 20 jobs, 40 - 30.5 = 9.5 h
        Limit((keys[5],), 22, 144_000),
    ]


def test_cap_already_used_up_leaves_nothing() -> None:
    of = scenario([technician(week_to_date=Ledger(jobs=30))])
    draft = Recording(of)
    RULE.compile(of, WorkloadCapParams(jobs_per_day=None, hours_per_day=None, jobs_per_week=22), draft)
    assert draft.limits == [Limit((ShiftKey("T1", DAY),), 0, None)]


def test_solve_honours_jobs_a_day() -> None:
    jobs = [job(job_id=f"J{i}", place=north(1)) for i in range(3)]
    of = scenario(jobs=jobs, rules={"WORKLOAD_CAP": {"jobs_per_day": 2}})
    made = solved(of)
    assert (len(who_does(made)), len(made.unserved)) == (2, 1)
    assert len(who_does(solved(scenario(jobs=jobs)))) == 3


def test_solve_honours_hours_a_day_and_a_week() -> None:
    # 100 s there, 60 min of service, 100 s back: one job is 1 h 03 min 20 s of work, two are 2 h 03 min 20 s
    jobs = [job(job_id=f"J{i}", place=north(1)) for i in range(3)]
    two = scenario(jobs=jobs, rules={"WORKLOAD_CAP": {"hours_per_day": 2.1}})
    assert len(who_does(solved(two))) == 2
    one = scenario(jobs=jobs, rules={"WORKLOAD_CAP": {"hours_per_day": 2.0}})
    assert len(who_does(solved(one))) == 1
    # two days of 1 job each would be 2 h 06 min 40 s; both jobs on one day fit into 2.1 h
    week = scenario(jobs=jobs, days=2, rules={"WORKLOAD_CAP": {"hours_per_week": 2.1}})
    assert len(who_does(solved(week))) == 2
