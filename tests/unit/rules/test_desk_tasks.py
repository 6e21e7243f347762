"""One timetable for the calls of all rules, and the calls of rules whose clocks others meet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from optimizer.domain.assessment import DeskTask
from optimizer.domain.branch import BenchBatch
from optimizer.domain.job import Customer, DeskFacts, Job
from optimizer.domain.policy import Desk, Policy
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.rules import RULES
from optimizer.rules.complaint import RULE as COMPLAINT
from optimizer.rules.complaint import ComplaintParams
from optimizer.rules.desk_tasks import DeskRule, timetable
from optimizer.rules.periodic_visit import RULE as PERIODIC_VISIT
from optimizer.rules.periodic_visit import PeriodicVisitParams
from optimizer.rules.reply_far import RULE as REPLY_FAR
from optimizer.rules.reply_far import ReplyFarParams
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, plan, scenario, shift_plan, stop

BEFORE = DAY - timedelta(days=1)
NOBODY_ELSE: dict[str, dict[str, Any]] = {
    code: {"active": False} for code in ("RESPOND", "CONTACT", "REPLY_WRITTEN", "FOLLOW_UP")
}


def people(of: Scenario, number: int, **desk: Any) -> Scenario:
    policy = Policy(desk=Desk(people=number, **desk), rules=of.policy.rules)
    return of.model_copy(update={"policy": policy})


def tasks(of: Scenario, *shifts: Any) -> list[DeskTask]:
    made = plan(of, shifts)
    rules = (rule for rule in RULES if isinstance(rule, DeskRule))
    return [task for rule in rules for task in rule.tasks(of, rule.params(), made)]


def test_all_rules_share_the_lines() -> None:
    # one person: the letter, due at 19:00, waits for the answer, due at 10:00, and for the call back, due at 09:30
    batch = BenchBatch(
        batch_id="P1",
        units=1,
        received_on=BEFORE,
        repaired=1,
        handed_back_at=at("09:30", DAY - timedelta(days=3)),
    )
    jobs = [job(intake_at=at("07:00"), drive_line=True), job(job_id="J2", intake_at=at("08:00"))]
    of = people(
        scenario(jobs=jobs, branches=[branch(bench=(batch,))], rules={"CONTACT": {"active": False}}), 1
    )
    found = {(task.code, task.job_id or task.batch_id): task.start for task in tasks(of)}
    assert found == {
        ("RESPOND", "J1"): at("09:00"),  # due 09:00
        ("FOLLOW_UP", "P1"): at("09:05"),
        ("RESPOND", "J2"): at("09:10"),
        ("REPLY_WRITTEN", "J1"): at("09:15"),
    }


def test_rules_that_are_off_take_no_time() -> None:
    jobs = [job(intake_at=at("07:00")), job(job_id="J2", intake_at=at("06:00"), drive_line=True)]
    of = people(scenario(jobs=jobs, rules={"CONTACT": {"active": False}, "RESPOND": {"active": False}}), 1)
    assert [(task.code, task.start) for task in tasks(of)] == [("REPLY_WRITTEN", at("09:00"))]


def test_the_manager_and_the_technicians_take_no_line_of_the_desk() -> None:
    strong = job(intake_at=at("08:00"), complaint="strong", dispatched_at=at("08:50"))
    of = people(scenario(jobs=[strong, job(job_id="J2", intake_at=at("08:00"))], now=at("09:00")), 1)
    stops = [stop("J1", at("10:00"), at("11:00")), stop("J2", at("12:00"), at("12:30"))]
    found = {(task.code, task.job_id): (task.owner, task.start) for task in tasks(of, shift_plan(stops))}
    assert found == {
        ("CONTACT", "J1"): ("T1", at("09:00")),
        ("CONTACT", "J2"): ("T1", at("09:05")),
        ("RESPOND", "J2"): ("desk", at("09:00")),
        ("COMPLAINT", "J1"): ("manager", at("09:00")),
        ("PROGRESS_CHECK", "J1"): ("desk", at("10:45")),
    }


def test_what_the_plan_adds_never_moves_what_was_known() -> None:
    of = people(
        scenario(jobs=[job(job_id=f"J{n}", intake_at=at("08:00"), dispatched_at=None) for n in range(20)]), 1
    )
    empty, full = plan(of, []), plan(of, [shift_plan([stop("J3", at("09:10"), at("10:10"))])])
    for made in (empty, full):
        assert timetable(of, made).booked["RESPOND"] == timetable(of, None).booked["RESPOND"]
    # the 20 answers take the desk until 10:40; left-out jobs are called after that, by the desk
    calls = [one for one in timetable(of, full).booked["CONTACT"] if one.call.owner == "desk"]
    assert min(one.start_s for one in calls if one.start_s is not None) == (10 * 60 + 40) * 60


def test_the_same_question_is_worked_out_once() -> None:
    of = scenario(jobs=[job(intake_at=at("08:00"))])
    made = plan(of, [])
    assert timetable(of, made) is timetable(of, made)
    other = of.model_copy(update={"now": at("12:00")})
    assert timetable(other, made) is not timetable(of, made)
    assert timetable(other, made).booked["RESPOND"][0].start_s == 12 * 3600


def test_threads_do_not_push_out_what_others_keep() -> None:
    questions = [scenario(jobs=[job(job_id=f"J{i}", intake_at=at("08:00"))]) for i in range(8)]
    first = [timetable(of, None) for of in questions]
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda of: timetable(of, None), questions))
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_a_present_time_long_ago_does_not_lengthen_the_timetable() -> None:
    of = scenario(jobs=[job(intake_at=at("08:00"))], now=at("08:00", date(1950, 1, 1)))
    ((gap, *_),) = timetable(of, None).free.values()
    assert gap.start_s > -32 * 24 * 3600


def test_a_night_with_a_change_of_clocks() -> None:
    # 29 March 2026 has no 02:00–03:00 in Berlin; the desk opens at midnight: 12 calls fit before three o'clock
    berlin = ZoneInfo("Europe/Berlin")
    reported = datetime(2026, 3, 28, 23, 0, tzinfo=berlin)
    of = scenario(jobs=[job(job_id=f"J{n:02}", intake_at=reported) for n in range(13)], rules=NOBODY_ELSE)
    desk = Desk(people=1, task_min=10, opens=time(0), closes=time(6))
    rules = {"CONTACT": {"active": False}}
    of = of.model_copy(
        update={
            "time_zone": "Europe/Berlin",
            "policy": Policy(desk=desk, rules=rules),
            "horizon": of.horizon.model_copy(update={"first_day": date(2026, 3, 29)}),
        }
    )
    starts = [task.start for task in tasks(of)]
    assert starts[11:] == [
        datetime(2026, 3, 29, 1, 50, tzinfo=berlin),
        datetime(2026, 3, 29, 3, 0, tzinfo=berlin),
    ]


# ---- REPLY_FAR: the appointment is told --------------------------------------------------------------------


def far(**given: Any) -> Scenario:
    one = job(intake_at=at("08:00"), supplier_needed=True)
    return scenario(jobs=[one], now=at("09:00"), rules=NOBODY_ELSE, **given)


def test_the_appointment_is_told() -> None:
    of = far()
    (task,) = REPLY_FAR.tasks(of, ReplyFarParams(), plan(of, []))
    assert (task.owner, task.job_id, task.release, task.due, task.start) == (
        "desk",
        "J1",
        at("09:00"),
        at("20:00"),
        at("09:00"),
    )
    assert task.sentence == "Give the customer of J1 an appointment."


@pytest.mark.parametrize(("told", "expected"), [(True, 0), (False, 1)])
def test_a_promise_has_told_it(told: bool, expected: int) -> None:
    window = Window(start=at("14:00"), end=at("15:00"))
    promise = Promise(job_id="J1", technician_id="T1", window=window, start=at("14:00"), told=told)
    of = far(promises=[promise])
    assert len(list(REPLY_FAR.tasks(of, ReplyFarParams(), plan(of, [])))) == expected


# ---- COMPLAINT: arranged by the manager, acknowledged by the desk ------------------------------------------


def complaints(
    one: Job, *, respond: bool = False, **given: Any
) -> list[tuple[str, datetime, datetime | None]]:
    rules = {**NOBODY_ELSE, "RESPOND": {"active": respond}}
    of = scenario(jobs=[one], now=at("09:00"), rules=rules, **given)
    return [
        (task.owner, task.due, task.start) for task in COMPLAINT.tasks(of, ComplaintParams(), plan(of, []))
    ]


def test_the_manager_arranges_a_strong_complaint() -> None:
    # an hour of desk time from 08:00: 10:00
    strong = job(intake_at=at("08:00"), complaint="strong")
    assert complaints(strong) == [("manager", at("10:00"), at("09:00"))]
    assert complaints(strong, respond=True) == [("manager", at("10:00"), at("09:00"))]
    assert complaints(strong, pins=[Pin(job_id="J1", day=DAY)]) == []


def test_the_desk_acknowledges_any_other() -> None:
    def one(**facts: Any) -> Job:
        return job(intake_at=at("17:00", BEFORE), complaint="complaint", desk=DeskFacts(**facts))

    # two hours of desk time from 17:00: 10:00 of the next day
    assert complaints(one()) == [("desk", at("10:00"), at("09:00"))]
    assert complaints(one(), pins=[Pin(job_id="J1", day=DAY)]) == [("desk", at("10:00"), at("09:00"))]
    assert complaints(one(answered_at=at("17:30", BEFORE))) == []
    assert complaints(one(contacted_at=at("17:30", BEFORE))) == []
    assert complaints(one(unreachable=True)) == []
    assert complaints(one(), respond=True) == []  # the answer to the report acknowledges it
    ordered = one().model_copy(update={"dispatched_at": at("17:30", BEFORE)})
    assert complaints(ordered, respond=True) == [("desk", at("10:00"), at("09:00"))]


def test_other_jobs_are_no_complaints() -> None:
    assert complaints(job(intake_at=at("08:00"))) == []
    assert complaints(job(complaint="strong")) == []  # no report is known


# ---- PERIODIC_VISIT: a call a month -------------------------------------------------------------------------


def under_warranty(last_call: date | None, until: date | None = date(2027, 1, 1), **given: Any) -> Job:
    customer = Customer(customer_id="C1", warranty_until=until, last_call_on=last_call)
    return job(type="maintenance", customer=customer, **given)


def called(*jobs: Job, days: int = 1) -> list[tuple[str | None, date, datetime | None, str]]:
    of = scenario(jobs=jobs, days=days)
    made, params = plan(of, []), PeriodicVisitParams()
    clocks = [one for one in PERIODIC_VISIT.clocks(of, params, made) if one.event == "calling"]
    found = list(PERIODIC_VISIT.tasks(of, params, made))
    assert [(one.customer_id, one.due, one.at) for one in clocks] == [
        (one.customer_id, one.due, one.start) for one in found
    ]
    assert list(PERIODIC_VISIT.bill(of, params, made)) == []
    return [
        (task.customer_id, task.due.date(), task.start, clock.state)
        for task, clock in zip(found, clocks, strict=True)
    ]


def test_a_call_a_month() -> None:
    assert called(under_warranty(date(2026, 6, 16))) == [("C1", NEXT_DAY, at("09:00"), "met")]
    assert called(under_warranty(date(2026, 6, 15))) == [("C1", DAY, at("09:00"), "met")]
    assert called(under_warranty(date(2026, 6, 14))) == [("C1", BEFORE, at("09:00"), "missed")]
    # a month after 31 May is 30 June
    assert called(under_warranty(date(2026, 5, 31))) == [("C1", date(2026, 6, 30), at("09:00"), "missed")]


def test_not_long_before_it_is_due() -> None:
    # due on 22 July, so it can be made from 15 July on; a day later it is none of this day's business
    assert called(under_warranty(date(2026, 6, 22))) == [("C1", date(2026, 7, 22), at("09:00"), "met")]
    assert called(under_warranty(date(2026, 6, 23))) == []
    assert called(under_warranty(date(2026, 6, 23)), days=2) == [
        ("C1", date(2026, 7, 23), at("09:00", NEXT_DAY), "met")
    ]


def test_whom_it_concerns() -> None:
    assert called(under_warranty(None)) == []
    assert called(under_warranty(date(2026, 6, 16), until=None)) == []
    assert called(under_warranty(date(2026, 6, 16), until=BEFORE)) == []
    assert called(under_warranty(date(2026, 6, 16), until=DAY)) == []  # due on the day after
    assert called(under_warranty(NEXT_DAY)) == []
    both = (under_warranty(date(2026, 6, 14)), under_warranty(date(2026, 6, 16), job_id="J2"))
    assert called(*both) == [
        ("C1", NEXT_DAY, at("09:00"), "met")
    ]  # one customer, one call: the latest counts
    assert called(*reversed(both)) == [("C1", NEXT_DAY, at("09:00"), "met")]


def test_years_out_of_reach_are_refused() -> None:
    of = scenario(jobs=[under_warranty(date(26, 6, 16)), under_warranty(date(2026, 6, 16), job_id="J2")])
    (issue,) = PERIODIC_VISIT.validate(of, PeriodicVisitParams())
    assert (issue.code, issue.path) == ("far-date", "jobs[0].customer.last_call_on")
