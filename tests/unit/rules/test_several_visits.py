"""A job with a crew, or over several days: every rule counts what it should, once a job or once a person.

T1 leads J1 on Wednesday and Thursday, 09:00–13:00, T2 comes along.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from optimizer.domain.job import Customer, Job, SiteFacts
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import DateRange, Window
from optimizer.rules.absent import RULE as ABSENT
from optimizer.rules.appointment import RULE as APPOINTMENT
from optimizer.rules.base import Rule
from optimizer.rules.contact import RULE as CONTACT
from optimizer.rules.customer_exclusion import RULE as CUSTOMER_EXCLUSION
from optimizer.rules.follow_up import RULE as FOLLOW_UP
from optimizer.rules.part import RULE as PART
from optimizer.rules.progress_check import RULE as PROGRESS_CHECK
from optimizer.rules.promise import RULE as PROMISE
from optimizer.rules.site_ready import RULE as SITE_READY
from optimizer.rules.taking_along import PartShare, parts_of_day
from optimizer.rules.workload_cap import RULE as WORKLOAD_CAP
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, stop, technician


def question(rules: dict[str, dict[str, Any]] | None = None, **facts: Any) -> Scenario:
    people = technician(), technician(technician_id="T2", leave=facts.pop("leave", ()))
    return scenario(people, (job(**facts),), days=2, rules=rules)


def made(of: Scenario) -> Plan:
    return plan(
        of, [day(who, on, seat, part) for part, on in enumerate((DAY, NEXT_DAY)) for seat, who in SEATS]
    )


SEATS = ((1, "T2"), (0, "T1"))  # who leads does not come first in the file


def day(who: str, on: date, seat: int, part: int) -> ShiftPlan:
    visit = stop("J1", at("09:00", on), at("13:00", on), seat=seat, part=part)
    return shift_plan([visit], technician_id=who, day=on)


def found(rule: Rule[Any], of: Scenario, **values: Any) -> Sequence[tuple[str | None, date | None, float]]:
    findings = rule.check(of, rule.params(**values), made(of))
    return [(one.technician_id, one.day, one.over) for one in findings]


def test_the_appointment_is_for_who_leads_on_the_first_day() -> None:
    of = question(windows=(Window(start=at("08:00"), end=at("08:50")),))
    assert found(APPOINTMENT, of) == [("T1", DAY, 10)]


def test_a_promise_is_for_who_leads_on_the_first_day() -> None:
    told = Promise(
        job_id="J1", technician_id="T1", start=at("08:00"), window=Window(start=at("08:00"), end=at("08:50"))
    )
    of = question().model_copy(update={"promises": (told,)})
    assert found(PROMISE, of) == [("T1", DAY, 10)]


def test_a_site_is_not_ready_once() -> None:
    of = question(type="installation", site=SiteFacts(property_consent=False))
    assert found(SITE_READY, of) == [("T1", DAY, 1)]


def test_who_was_refused_does_not_come_along_either() -> None:
    of = question(customer=Customer(customer_id="C", refused_technicians=("T2",)))
    assert found(CUSTOMER_EXCLUSION, of, active=True) == [("T2", DAY, 1), ("T2", NEXT_DAY, 1)]


def test_leave_and_caps_are_everybodys() -> None:
    of = question(leave=(DateRange(first_day=NEXT_DAY, last_day=NEXT_DAY),))
    assert found(ABSENT, of) == [("T2", NEXT_DAY, 1)]
    assert found(WORKLOAD_CAP, of, jobs_per_day=0, hours_per_day=None) == [
        ("T2", DAY, 1),
        ("T1", DAY, 1),
        ("T2", NEXT_DAY, 1),
        ("T1", NEXT_DAY, 1),
    ]
    assert found(WORKLOAD_CAP, of, jobs_per_day=None, hours_per_day=None, jobs_per_week=1) == [
        ("T2", date(2026, 7, 13), 1),
        ("T1", date(2026, 7, 13), 1),
    ]


def test_who_leads_brings_the_parts_on_the_first_day() -> None:
    of = question(parts={"fan motor": 2})
    assert found(PART, of) == [("T1", DAY, 2)]
    jobs: dict[str, Job] = {one.job_id: one for one in of.jobs}
    shares = {
        (one.technician_id, one.day): parts_of_day(one, jobs, of.policy)["J1"] for one in made(of).shifts
    }
    assert {key: share for key, share in shares.items() if share} == {
        ("T1", DAY): (PartShare("fan motor", 2, 0),)
    }


@pytest.mark.parametrize(
    ("rule", "owner", "asked", "due"),
    [
        # 8 h of work: 75 % are over after 6 h, at 11:00 on Thursday, 80 % 24 min later
        (PROGRESS_CHECK, "desk", "T1", at("11:24", NEXT_DAY)),
        # within three days of the end on Thursday
        (FOLLOW_UP, "desk", None, at("13:00", date(2026, 7, 19))),
        # within 20 min of the dispatch order
        (CONTACT, "T1", None, at("09:20")),
    ],
    ids=lambda one: one.code if isinstance(one, Rule) else "",
)
def test_the_desk_calls_once(rule: Rule[Any], owner: str, asked: str | None, due: Any) -> None:
    of = question({"FOLLOW_UP": {"kinds": ["repair"]}}, dispatched_at=at("09:00"))
    params = rule.params.model_validate(of.policy.rules.get(rule.code, {}))
    (task,) = rule.tasks(of, params, made(of))
    assert (task.owner, task.technician_id, task.due) == (owner, asked, due)


def test_progress_is_asked_on_the_day_it_is_due() -> None:
    of = question({"PROGRESS_CHECK": {"ask_percent": 40, "due_percent": 50}})
    (task,) = PROGRESS_CHECK.tasks(of, PROGRESS_CHECK.params(), made(of))
    assert (task.release, task.due) == (at("12:12"), at("13:00"))  # 40 % of 8 h are 3 h 12
