"""Why a day is too long, and the cheapest way to be back in time."""

from datetime import time

from optimizer.checker import check_plan
from optimizer.domain.explanation import OvertimeReason
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from tests.unit.explain.left import PLAIN, explainer
from tests.unit.rules.build import DAY, at, job, north, scenario, technician

UNTIL_ELEVEN = Shift(day=DAY, end=time(11), rest="none")
T1 = technician(shifts=(UNTIL_ELEVEN,))


def reason(of: Scenario, *stops: tuple[int, ...]) -> OvertimeReason:
    """Return why the only day of T1 is too long, after having looked at the proof."""
    asked = explainer(of, *stops)
    (found,) = asked.overtime("T1")
    if found.witness is not None:
        assert found.answer.way is not None
        assert check_plan(found.witness.scenario, found.witness.plan) == ()
        assert found.answer.way.cents == (
            found.witness.assessment.bill.total_cents - asked.assessment.bill.total_cents
        )
        days = [day for day in found.witness.plan.shifts if day.technician_id == "T1"]
        assert all(day.last_leg.arrival <= at("11:00") for day in days)
    return found.answer


def test_one_of_two_jobs_would_have_to_go() -> None:
    # Two hours on site and 20 min of driving from 09:00: back at 11:20. J2 can wait.
    jobs = [job(), job(job_id="J2", priority="flexible")]
    found = reason(scenario([T1], jobs, rules=PLAIN), (0, 1))
    assert (found.overtime_s, found.job_ids) == (1_200, ("J2",))
    assert found.way is not None
    # 250 yuan for J2, 15 yuan of overtime less, the ways the same.
    assert (found.way.kind, found.way.left_out, found.way.weight) == ("leave_out", ("J2",), 1)
    assert found.way.cents == 25_000 - 1_500
    assert found.sentence == (
        "T1 on 2026-07-15 is back at 11:20, 20 min after the regular end at 11:00: J2 ends only after that. Only "
        "leaving out a job would end it in time, J2 at the least price; that costs ¥235.00 more."
    )


def test_somebody_else_has_room() -> None:
    people = [T1, technician(technician_id="T2")]
    found = reason(scenario(people, [job(), job(job_id="J2")], rules=PLAIN), (0, 1), ())
    assert found.way is not None
    # A second way of ¥19.60, 15 yuan of overtime less.
    assert (found.way.kind, found.way.technician_id, found.way.cents) == ("move", "T2", 1_960 - 1_500)


def test_another_order_is_enough() -> None:
    # J2 opens at 10:00. First J2, until 10:15, then J1 until 11:15; first J1 from 09:10 on: back at 10:35.
    opens = job(job_id="J2", duration_min=15, windows=(Window(start=at("10:00"), end=at("12:00")),))
    found = reason(scenario([T1], [job(), opens], rules=PLAIN), (1, 0))
    assert (found.overtime_s, found.job_ids) == (1_500, ("J1",))
    assert found.way is not None
    assert (found.way.kind, found.way.technician_id, found.way.weight, found.way.cents) == (
        "move",
        "T1",
        0,
        -1_875,
    )


def test_only_the_way_back_lies_behind_the_end() -> None:
    found = reason(scenario([T1], [job(duration_min=105)], rules=PLAIN), (0,))
    assert (found.overtime_s, found.job_ids) == (300, ())
    assert "the way back from J1, which ends at 10:55, lies behind it" in found.sentence


def test_no_single_change_is_enough() -> None:
    jobs = [job(job_id=f"J{i}") for i in (1, 2, 3)]
    found = reason(scenario([T1], jobs, rules=PLAIN), (0, 1, 2))
    assert (found.overtime_s, found.way) == (80 * 60, None)
    assert found.sentence.endswith(
        "No single one of the 3 stops moved or left out would bring the day to its regular end, all other stops kept "
        "with their technicians and in their order."
    )


def test_who_is_back_in_time_has_no_reason() -> None:
    asked = explainer(
        scenario([T1, technician(technician_id="T2")], [job(place=north(5))], rules=PLAIN), (0,), ()
    )
    assert asked.overtime("T1") == asked.overtime("T2") == asked.overtime("nobody") == ()
