"""RESPOND."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from optimizer.control import Iterations
from optimizer.domain.job import DeskFacts
from optimizer.domain.policy import Desk, Policy
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.rules.respond import RULE, RespondParams
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = RespondParams()


def reported(
    intake: datetime | None, *, now: datetime | None = None, days: int = 1, **facts: Any
) -> Scenario:
    return scenario(jobs=[job(intake_at=intake, **facts)], now=now, days=days)


def charged(of: Scenario, params: RespondParams = PARAMS) -> int:
    draft = Recording(of)
    RULE.compile(of, params, draft)
    billed = sum(line.cents for line in RULE.bill(of, params, plan(of, [])))
    assert billed == draft.charged
    return billed


def state(of: Scenario) -> tuple[str, datetime | None, int | None]:
    (found,) = RULE.clocks(of, PARAMS, plan(of, []))
    assert (found.code, found.job_id, found.event) == ("RESPOND", "J1", "answering")
    return found.state, found.at, found.slack_s


def test_the_desk_answers_at_once_in_its_hours() -> None:
    of = reported(at("10:00"), now=at("10:20"))
    assert state(of) == ("met", at("10:20"), 100 * 60)
    assert charged(of) == 0
    (task,) = RULE.tasks(of, PARAMS, plan(of, []))
    assert (task.owner, task.release, task.due, task.start) == ("desk", at("10:00"), at("12:00"), at("10:20"))
    assert task.sentence == "Answer the report of J1; try remote help first."


@pytest.mark.parametrize(
    ("reported_at", "expected"),
    [("07:15", "met"), ("07:14:59", "at_risk"), ("07:00", "at_risk"), ("06:59:59", "missed")],
)
def test_margin(reported_at: str, expected: str) -> None:
    # answered at 09:00, due two hours after the report, at risk below 15 minutes
    assert state(reported(at(reported_at)))[0] == expected


def test_the_two_hours_run_at_night() -> None:
    of = reported(at("03:00"))
    # due 05:00, the desk opens at 09:00
    assert state(of) == ("missed", at("09:00"), -4 * 3600)
    assert charged(of) == 1_000
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert (line.kind, line.job_id, line.quantity, line.unit) == ("service", "J1", 1, "call")
    assert line.sentence == "J1: the answer comes 2026-07-15 09:00, 4 h 00 min late: ¥10.00."
    assert charged(of, RespondParams(missed_cents=0)) == 0


def test_no_time_left_in_the_horizon() -> None:
    # due 19:59, and the desk has closed for the day
    of = reported(at("17:59"))
    assert state(of) == ("missed", None, None)
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert line.sentence == (
        "J1: the answer finds no time in the planned days, it is due 2026-07-15 19:59: ¥10.00."
    )
    assert charged(of) == 1_000
    # due 01:30 of the next day: it may still be answered when the plan goes on
    of = reported(at("23:30"))
    assert state(of) == ("open", None, None)
    assert charged(of) == 0
    (task,) = RULE.tasks(of, PARAMS, plan(of, []))
    assert task.start is None
    # with another day the answer is late for certain
    of = reported(at("23:30"), days=2)
    assert state(of) == ("missed", at("09:00", NEXT_DAY), -(7 * 60 + 30) * 60)
    assert charged(of) == 1_000


def test_facts_owe_nothing_more() -> None:
    answered = reported(at("03:00"), now=at("09:00"), desk=DeskFacts(answered_at=at("05:10")))
    assert state(answered) == ("missed", at("05:10"), -600)
    assert charged(answered) == 0
    assert list(RULE.tasks(answered, PARAMS, plan(answered, []))) == []
    # a fact is not at risk any more
    answered = reported(at("03:00"), now=at("09:00"), desk=DeskFacts(answered_at=at("05:00")))
    assert state(answered) == ("met", at("05:00"), 0)


def test_a_dispatch_order_is_an_answer_unless_one_was_noted() -> None:
    assert state(reported(at("07:00"), dispatched_at=at("08:00"))) == ("met", at("08:00"), 3600)
    both = reported(at("07:00"), dispatched_at=at("08:00"), desk=DeskFacts(answered_at=at("08:30")))
    assert state(both)[1] == at("08:30")


def test_whom_it_concerns() -> None:
    assert list(RULE.clocks(scenario(), PARAMS, plan(scenario(), []))) == []  # no report is known
    only = {"RESPOND": {"kinds": ("installation",)}}
    of = scenario(jobs=[job(intake_at=at("10:00"))], rules=only)
    assert list(RULE.clocks(of, PARAMS, plan(of, []))) == []
    of = scenario(jobs=[job(intake_at=at("10:00"))], rules={"RESPOND": {"active": False}})
    assert list(RULE.tasks(of, PARAMS, plan(of, []))) == []


def test_few_people_at_the_desk_answer_late() -> None:
    # 30 reports at 08:00, five minutes each: one person needs until 11:30, two until 10:15; due 10:00
    jobs = [job(job_id=f"J{number}", intake_at=at("08:00")) for number in range(30)]
    for people, late in ((1, 30 - 13), (2, 30 - 26), (3, 0)):
        of = scenario(jobs=jobs)
        of = of.model_copy(update={"policy": Policy(desk=Desk(people=people))})
        # the answers that begin at 09:00, 09:05, …, 10:00 are in time: 13 a person
        assert charged(of) == late * 1_000


def test_free_days_and_other_hours() -> None:
    free = scenario(jobs=[job(intake_at=at("10:00"))], days=2).model_copy(
        update={"calendar": HolidayCalendar(extra_free_days=(DAY,))}
    )
    assert state(free)[1] == at("09:00", NEXT_DAY)
    night = scenario(jobs=[job(intake_at=at("02:00"))]).model_copy(
        update={"policy": Policy(desk=Desk(opens=time(0), closes=time(23, 59)))}
    )
    assert state(night) == ("met", at("02:00"), 7200)


def test_solve_honours_it() -> None:
    # the night's report owes 1,000 served or not, and the search adds it up as the bill does
    from optimizer.planning import plan_with_steps

    of = scenario(jobs=[job(intake_at=at("03:00")), job(job_id="J2", intake_at=at("08:30"))])
    planned = plan_with_steps(of, stop=Iterations(200))
    bill = planned.document.assessment.bill
    assert [(line.job_id, line.cents) for line in bill.lines if line.code == "RESPOND"] == [("J1", 1_000)]
    assert planned.solution.cents == bill.total_cents
    assert planned.document.plan.unserved == ()
