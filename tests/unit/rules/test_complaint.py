"""COMPLAINT."""

from datetime import datetime, timedelta

from optimizer.domain.job import Job
from optimizer.rules.complaint import RULE, ComplaintParams
from optimizer.rules.draft import LateStep
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = ComplaintParams()


def settled(complaint: Job, end: datetime) -> tuple[int, str]:
    of = scenario(jobs=[complaint])
    made = plan(of, [shift_plan([stop("J1", end - timedelta(hours=1), end)])])
    (state,) = RULE.clocks(of, PARAMS, made)
    assert (state.code, state.event) == ("COMPLAINT", "finishing")
    return sum(line.cents for line in RULE.bill(of, PARAMS, made)), state.state


def test_the_end_of_service_settles_it() -> None:
    complaint = job(complaint="complaint", intake_at=at("11:00", BEFORE))
    assert settled(complaint, at("09:59")) == (0, "met")
    assert settled(complaint, at("11:00")) == (0, "at_risk")
    assert settled(complaint, at("11:00:01")) == (1000, "missed")
    assert settled(complaint, at("14:00")) == (1300, "missed")  # 1,000 + 3 h × 100
    strong = complaint.model_copy(update={"complaint": "strong"})
    assert settled(strong, at("14:00")) == (1300, "missed")


def test_line_in_words() -> None:
    of = scenario(jobs=[job(complaint="complaint", intake_at=at("11:00", BEFORE))])
    (line,) = RULE.bill(of, PARAMS, plan(of, [shift_plan([stop("J1", at("10:30"), at("11:30"))])]))
    assert (line.quantity, line.unit, line.technician_id) == (0.5, "h", "T1")
    assert line.sentence == "J1 is finished 2026-07-15 11:30, 30 min late: ¥10.50."


def test_left_out() -> None:
    of = scenario(jobs=[job(complaint="complaint", intake_at=at("20:00", BEFORE))])
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert line.cents == 1400  # 4 h before midnight
    today = scenario(jobs=[job(complaint="complaint", intake_at=at("08:00"))])
    assert list(RULE.bill(today, PARAMS, plan(today, []))) == []
    assert [one.state for one in RULE.clocks(today, PARAMS, plan(today, []))] == ["open"]


def test_who_has_no_clock() -> None:
    of = scenario(jobs=[job(intake_at=at("08:00")), job(job_id="J2", complaint="complaint")])
    assert list(RULE.clocks(of, PARAMS, plan(of, []))) == []


def test_retail_has_three_days_where_the_policy_says_so() -> None:
    jobs = [
        job(type="complaint", complaint="complaint", intake_at=at("08:00")),
        job(job_id="J2", complaint="complaint", intake_at=at("08:00")),
    ]
    of = scenario(jobs=jobs)
    draft = Recording(of)
    RULE.compile(of, ComplaintParams(retail_types=("complaint",)), draft)
    assert draft.lateness == [
        ("J1", "end", (LateStep(at("08:00", DAY + timedelta(days=3)), 1000, 100),)),
        ("J2", "end", (LateStep(at("08:00", NEXT_DAY), 1000, 100),)),
    ]


def test_solve_honours_it() -> None:
    # both at one place: the first is done at 10:10, the second at 11:10, too late for the one due 10:15
    jobs = [job(), job(job_id="J2", complaint="complaint", intake_at=at("10:15", BEFORE))]
    of = scenario(jobs=jobs, rules={"ARRIVE_NEAR": {"active": False}, "LATE": {"active": False}})
    made = solved(of)
    assert [one.job_id for one in made.shifts[0].stops] == ["J2", "J1"]
    assert list(RULE.bill(of, PARAMS, made)) == []


def test_retail_types_stand_in_the_job_table() -> None:
    params = ComplaintParams(retail_types=("repair", "nonsense"))
    (issue,) = RULE.validate(scenario(), params)
    assert (issue.code, issue.path) == ("unknown-job-type", "policy.rules.COMPLAINT.retail_types[1]")
    assert issue.cause == "The job type 'nonsense' is not in the job table."
    assert list(RULE.validate(scenario(), PARAMS)) == []
