"""CONTACT."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from optimizer.control import Iterations
from optimizer.domain.job import DeskFacts
from optimizer.domain.scenario import Scenario
from optimizer.rules.contact import RULE, ContactParams
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, stop, technician
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = ContactParams()


def ordered(dispatch: datetime | None, *, now: datetime | None = None, **facts: Any) -> Scenario:
    return scenario(jobs=[job(dispatched_at=dispatch, **facts)], now=now)


def states(of: Scenario, *, served: bool = True) -> list[tuple[str, datetime, datetime | None]]:
    made = plan(of, [shift_plan([stop("J1", at("14:00"), at("15:00"))])] if served else [])
    found = list(RULE.clocks(of, PARAMS, made))
    assert all((one.code, one.event) == ("CONTACT", "calling") for one in found)
    return [(one.state, one.due, one.at) for one in found]


def owner(of: Scenario, *, served: bool = True) -> tuple[str, str]:
    made = plan(of, [shift_plan([stop("J1", at("14:00"), at("15:00"))])] if served else [])
    (task,) = RULE.tasks(of, PARAMS, made)
    return task.owner, task.sentence


def charged(of: Scenario) -> int:
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    for shifts in ([], [shift_plan([stop("J1", at("14:00"), at("15:00"))])]):
        assert draft.charged == sum(line.cents for line in RULE.bill(of, PARAMS, plan(of, shifts)))
    return draft.charged


def test_the_technician_calls_within_20_minutes() -> None:
    of = ordered(at("10:00"), now=at("10:05"))
    assert states(of) == [("met", at("10:20"), at("10:05"))]
    assert owner(of) == ("T1", "Call the customer of J1 and confirm the visit.")
    assert owner(of, served=False) == ("desk", "Call the customer of J1: nobody has room yet.")
    assert charged(of) == 0


def test_margin_and_lateness() -> None:
    order = at("10:00")
    assert states(ordered(order, now=at("10:15")))[0][0] == "met"
    assert states(ordered(order, now=at("10:15:01")))[0][0] == "at_risk"
    assert states(ordered(order, now=at("10:20")))[0][0] == "at_risk"
    assert states(ordered(order, now=at("10:21"))) == [("missed", at("10:20"), at("10:21"))]
    assert charged(ordered(order, now=at("10:21"))) == 0  # late, but neither 4 h nor a complaint


def test_installations_have_two_hours_of_desk_time() -> None:
    # ordered at 17:00: an hour is left of the day, so due at 10:00 of the next
    of = ordered(at("17:00", BEFORE), type="installation")
    assert states(of) == [("met", at("10:00"), at("09:00"))]


def test_repairs_in_the_evening_are_due_the_next_morning() -> None:
    assert states(ordered(at("17:50", BEFORE))) == [("met", at("09:10"), at("09:00"))]


def test_no_order_yet_it_is_written_when_the_plan_is_published() -> None:
    assert states(ordered(None, intake_at=at("20:00", BEFORE), now=at("10:00"))) == [
        ("met", at("10:20"), at("10:00"))
    ]
    assert states(ordered(None)) == []  # nothing is known of a report


def test_a_technician_makes_one_call_after_the_other() -> None:
    # five orders at 09:00, five minutes a call: the fifth begins at 09:20
    jobs = [job(job_id=f"J{number}", dispatched_at=at("09:00")) for number in range(1, 7)]
    of = scenario([technician(), technician(technician_id="T2")], jobs, now=at("09:00"))
    stops = [stop(f"J{number}", at(f"1{number}:00"), at(f"1{number}:30")) for number in range(1, 7)]
    made = plan(of, [shift_plan(stops)])
    assert [one.at for one in RULE.clocks(of, PARAMS, made)] == [at(f"09:{5 * i:02}") for i in range(6)]
    assert [one.state for one in RULE.clocks(of, PARAMS, made)][-3:] == ["met", "at_risk", "missed"]
    shared = plan(of, [shift_plan(stops[:3]), shift_plan(stops[3:], technician_id="T2")])
    assert {one.state for one in RULE.clocks(of, PARAMS, shared)} == {"met"}


def test_called_already() -> None:
    of = ordered(at("10:00"), now=at("12:00"), desk=DeskFacts(contacted_at=at("10:25")))
    assert states(of) == [("missed", at("10:20"), at("10:25"))]
    assert list(RULE.tasks(of, PARAMS, plan(of, []))) == []


def test_nobody_can_call_who_cannot_be_reached() -> None:
    of = ordered(at("10:00", BEFORE), complaint="complaint", desk=DeskFacts(unreachable=True))
    assert states(of) == []
    assert charged(of) == 0


@pytest.mark.parametrize(
    ("facts", "cents"),
    [
        ({"complaint": "complaint"}, 3_000),
        ({"complaint": "strong"}, 3_000),
        ({"complaint": "complaint", "desk": DeskFacts(reached_manufacturer=True)}, 20_000),
        ({"desk": DeskFacts(reached_manufacturer=True)}, 0),  # no complaint is recorded
        ({"complaint": "complaint", "type": "installation"}, 0),
        ({"complaint": "complaint", "desk": DeskFacts(contacted_at=at("17:00", BEFORE))}, 0),
        ({"complaint": "complaint", "desk": DeskFacts(unreachable=True)}, 0),
    ],
)
def test_who_owes_the_fine(facts: dict[str, Any], cents: int) -> None:
    assert charged(ordered(at("10:00", BEFORE), **facts)) == cents


def test_fined_after_four_hours_of_desk_time() -> None:
    # ordered at 16:00 of the day before: two hours then, two hours now, due 11:00
    order = at("16:00", BEFORE)
    assert charged(ordered(order, now=at("11:00"), complaint="complaint")) == 0
    of = ordered(order, now=at("11:00:01"), complaint="complaint")
    assert charged(of) == 3_000
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert (line.kind, line.job_id, line.unit) == ("service", "J1", "call")
    assert line.sentence == (
        "J1, a repair with a complaint, was to be called by 2026-07-15 11:00 and was not: ¥30.00."
    )


def test_the_desk_has_closed() -> None:
    # due 17:57, and a call of five minutes no longer fits into the day
    of = ordered(
        at("13:57"), now=at("17:56"), complaint="complaint", desk=DeskFacts(reached_manufacturer=True)
    )
    assert charged(of) == 20_000
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert line.sentence == (
        "J1, a repair with a complaint that reached the manufacturer, "
        "was to be called by 2026-07-15 17:57 and was not: ¥200.00."
    )
    # an order of 14:30 is due at 09:30 of the next day, after the horizon
    assert charged(ordered(at("14:30"), now=at("17:56"), complaint="complaint")) == 0
    assert states(ordered(at("17:50"), now=at("17:56"))) == [("open", at("09:10", NEXT_DAY), None)]


def test_solve_honours_it() -> None:
    from optimizer.planning import plan_with_steps

    late = job(dispatched_at=at("10:00", BEFORE), complaint="complaint")
    of = scenario(jobs=[late, job(job_id="J2", dispatched_at=at("07:00"))])
    planned = plan_with_steps(of, stop=Iterations(200))
    assessment = planned.document.assessment
    assert [(line.job_id, line.cents) for line in assessment.bill.lines if line.code == "CONTACT"] == [
        ("J1", 3_000)
    ]
    assert planned.solution.cents == assessment.bill.total_cents
    assert [(one.job_id, one.owner, one.start) for one in assessment.desk if one.code == "CONTACT"] == [
        ("J1", "T1", at("09:00")),  # the one due first
        ("J2", "T1", at("09:05")),
    ]
