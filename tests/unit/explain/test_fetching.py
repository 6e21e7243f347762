"""Explanations of plans in which parts are loaded at a branch on the way."""

from datetime import time
from typing import Any

from optimizer.checker import check_plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.explain import Explainer
from optimizer.explain.witness import Witness
from tests.unit.explain.left import PLAIN, explainer
from tests.unit.rules.build import DAY, at, branch, job, north, scenario, technician

BOARD = {"control board": 1}
J1, J2, HALT = 0, 1, 2
"""Rows: the jobs, then the halt at the branch that J1 may have before it."""


def question(
    *, ends: str = "18:00", first: dict[str, Any] | None = None, second: dict[str, Any] | None = None
) -> Scenario:
    """Return T1 who lives 2 km and T2 who lives 8 km north of the branch; J1 lies 6 km north and takes its board.

    Parameters
    ----------
    ends : when T1's shift ends
    first, second : facts of J1, and of J2, which takes no part
    """
    home: dict[str, Any] = {"starts_from": "home", "ends_at": "home"}
    people = [
        technician(
            home=north(2), shifts=(Shift(day=DAY, end=time.fromisoformat(ends), rest="none"),), **home
        ),
        technician(technician_id="T2", home=north(8), shifts=(Shift(day=DAY, rest="none"),), **home),
    ]
    other: dict[str, Any] = {"job_id": "J2", "place": north(9), **(second or {})}
    jobs = [job(parts=BOARD, **(first or {})), job(**other)]
    return scenario(people, jobs, branches=[branch(stock=BOARD)], rules=PLAIN)


def sound(asked: Explainer, shown: Witness | None, cents: int) -> None:
    """Hold a proof against what is said of it."""
    assert shown is not None
    assert check_plan(shown.scenario, shown.plan) == ()
    assert cents == shown.assessment.bill.total_cents - asked.assessment.bill.total_cents


def test_the_best_other_place_has_a_halt_of_its_own() -> None:
    asked = explainer(question(), (HALT, J1), (J2,))
    way = asked.next_best("J1")
    assert way is not None
    assert (way.kind, way.technician_id) == ("move", "T2")
    (day,) = (one for one in way.days if one.technician_id == "T2")
    assert [(one.branch_id, one.picked_up) for one in day.restocks] == [("B1", BOARD)]
    # T1 stays at home and no halt is left behind.
    assert [one.technician_id for one in way.days] == ["T2"]


def test_the_price_of_the_way_round() -> None:
    of = question()
    asked = explainer(of, (HALT, J1), ())
    found = asked.why_not("J1", "T2", search=None)
    assert found.answer.way is not None
    # T1 drives 2, 6 and 4 km, T2 8, 6 and 2: by the leg 9.60 and 10.00 yuan, 12.80 and 6.67 + 5.00 + 1.67.
    assert found.answer.way.cents == 1_280 + 1_334 - 960 - 1_000
    sound(asked, found.witness, found.answer.way.cents)


def test_who_is_free_can_load_the_parts_of_a_job_left_out() -> None:
    asked = explainer(question(), (), (J2,))
    found = asked.left_out("J1")
    assert found.answer.fix is not None
    # Nobody has to bring the board to a van, though without the way round it would be cheaper.
    assert (found.answer.fix.kind, found.answer.fix.technician_id) == ("serve", "T1")
    sound(asked, found.witness, found.answer.fix.cents)


def test_a_job_with_its_halt_relieves_a_day_that_is_too_long() -> None:
    # T1 leaves at 09:00, loads until 09:13:20, is at J1 from 09:23:20 and back at 10:30.
    asked = explainer(question(ends="10:15"), (HALT, J1), ())
    (found,) = asked.overtime("T1")
    assert found.answer.overtime_s == 15 * 60
    assert found.answer.way is not None
    assert (found.answer.way.kind, found.answer.way.technician_id) == ("move", "T2")
    sound(asked, found.witness, found.answer.way.cents)


def test_a_halt_is_no_job_before_a_late_one() -> None:
    asked = explainer(
        question(second={"intake_at": at("09:00").replace(day=14), "priority": "vip"}), (HALT, J1, J2)
    )
    late = asked.late("J2")
    assert late
    assert {one.answer.before for one in late} == {("J1",)}
    # A halt for J1 before J2, and J1 behind it.
    late = explainer(asked.subject.compiled.scenario, (HALT, J2, J1), ()).late("J2")
    assert {one.answer.before for one in late} == {()}


def test_a_job_is_put_by_force_into_a_day_with_a_halt() -> None:
    asked = explainer(question(second={"tools": ("rope",)}), (HALT, J1), ())
    forced = asked.left_out("J2").answer.forced
    assert forced is not None
    assert {one.code for one in forced.findings} == {"TOOL"}


def test_another_order_with_the_halt_is_in_time() -> None:
    # Somebody is due at J1 by 10:00, a day after it came in. T1 drives 7 km to J2, 9 to the branch and 6 to J1: there
    # at 10:46:40; at once, over the branch, at 09:23:20.
    of = question(first={"intake_at": at("10:00").replace(day=14), "priority": "vip"})
    asked = explainer(of, (J2, HALT, J1), ())
    (found,) = (one for one in asked.late("J1") if one.answer.code == "ARRIVE_NEAR")
    way = found.answer.way
    assert way is not None
    assert (way.kind, way.technician_id, way.start) == ("move", "T1", at("09:23:20"))
    sound(asked, found.witness, way.cents)
