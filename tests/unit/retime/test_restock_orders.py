"""Orders with halts at branches on the way: from plans and by hand, timed, and refused where they are of no use."""

from pathlib import Path

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.compile import compile_scenario
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, OrderedRestock, Orders
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.errors import InvalidInput
from optimizer.explain import routes_of as routes_as_planned
from optimizer.interchange.orders_file import load_orders
from optimizer.interchange.plan_file import load_plan, plan_json, save_plan
from optimizer.retime import order_issues, orders_of, retime, routes_of
from tests.unit.restock_day import FAN, answer, question, with_halt
from tests.unit.rules.build import DAY, NEXT_DAY, job, north, technician

OF = question()
MADE = answer(OF)


def by_hand(*restocks: OrderedRestock, jobs: tuple[str, ...] = ("J1", "J2")) -> Orders:
    """Return the orders of the day, with these halts of T1."""
    return Orders(
        routes=(
            OrderedDay(technician_id="T1", day=DAY, jobs=jobs, restocks=restocks),
            OrderedDay(technician_id="T2", day=DAY, jobs=("J3",)),
        )
    )


def calls(before: int, branch_id: str = "B2", **parts: int) -> OrderedRestock:
    """Return a halt; `fans`: so many fan motors are loaded."""
    loaded = {FAN: parts["fans"]} if parts else {}
    return OrderedRestock(branch_id=branch_id, before=before, parts=loaded)


def codes(*restocks: OrderedRestock) -> dict[str, str]:
    """Return what is wrong with the orders: path → code."""
    found = order_issues(OF, by_hand(*restocks))
    assert all(one.cause and one.action for one in found)
    return {one.path: one.code for one in found}


def refused(orders: Orders, of: Scenario = OF) -> dict[str, str]:
    """Return what is said when the orders are timed: path → cause."""
    with pytest.raises(InvalidInput) as caught:
        retime(of, orders)
    return {one.path: one.cause for one in caught.value.issues}


def test_orders_of_a_plan_name_its_halts() -> None:
    first, second = orders_of(MADE, OF).routes
    assert first.restocks == (calls(1, fans=2),)
    assert "restocks" not in second.model_dump()


def test_a_plan_by_hand_timed_again_is_the_same_plan() -> None:
    document = retime(OF, orders_of(MADE, OF))
    assert document.assessment.findings == ()
    assert document.plan.shifts == MADE.shifts
    assert check_plan(OF, document.plan) == ()


def test_without_its_halt_a_part_is_lacking() -> None:
    document = retime(OF, by_hand())
    assert [(one.code, one.over) for one in document.assessment.findings] == [("PART", 2)]


def test_a_halt_without_parts_loads_those_of_the_next_job() -> None:
    assert retime(OF, by_hand(calls(1))).plan.shifts == MADE.shifts


def test_two_halts_at_one_branch_one_after_another_are_one() -> None:
    # J1 takes one, J2 two: both are loaded before the first of them, in ten minutes together.
    document = retime(OF, by_hand(calls(0), calls(0)))
    (halt,) = document.plan.shifts[0].restocks
    assert (halt.before, halt.picked_up) == (0, {FAN: 3})
    assert (halt.end - halt.start).total_seconds() == 600


def test_spare_pieces_are_not_loaded_again() -> None:
    spare = retime(OF, orders_of(with_halt(MADE, picked_up={FAN: 3}), OF))
    assert spare.plan.shifts == MADE.shifts


def test_reasons_read_the_same_rows_from_the_plan() -> None:
    compiled = compile_scenario(OF)
    asked = routes_of(compiled, orders_of(MADE, OF))
    assert routes_as_planned(compiled, MADE).stops == asked.stops
    assert [compiled.visits.rows[row].branch for row in asked.stops[0]] == ["", "B2", ""]


def test_everything_wrong_with_halts_is_said_at_once() -> None:
    assert codes(calls(1, "B9"), calls(0), calls(3)) == {
        "routes[0].restocks[0].branch_id": "unknown-branch",
        "routes[0].restocks[1].before": "wrong-order",
        "routes[0].restocks[2].before": "no-such-place",
    }
    assert codes(calls(0), calls(1), calls(2)) == {}


def test_a_halt_behind_the_job_that_takes_the_part_is_refused() -> None:
    assert refused(by_hand(calls(2), calls(2, "B1"))) == {
        f"routes[0].restocks[{number}]": (
            f"No job behind the halt of T1 at {branch_id} on 2026-07-15 can get its parts there: jobs of one person "
            "on one day can, at the nearest branches that have all pieces."
        )
        for number, branch_id in enumerate(("B2", "B1"))
    }


def test_without_the_rule_nothing_is_loaded_on_the_way() -> None:
    off = question(rules={"PART": {"active": False}})
    assert list(refused(by_hand(calls(1)), off)) == ["routes[0].restocks[0]"]


def test_an_orders_file_says_halts_and_what_is_wrong_with_them(tmp_path: Path) -> None:
    file = tmp_path / "orders.yaml"
    file.write_text(
        "format: paigong-orders-1\n"
        "routes:\n"
        "  - {technician_id: T1, day: 2026-07-15, jobs: [J1, J2], restocks: [{branch_id: B2, before: 1}]}\n",
        encoding="utf-8",
    )
    assert load_orders(file, OF).orders.routes[0].restocks == (calls(1),)
    file.write_text(
        "format: paigong-orders-1\n"
        "routes:\n"
        "  - {technician_id: T1, day: 2026-07-15, jobs: [J1, J9],\n"
        "     restocks: [{branch_id: B9, before: -1}]}\n"
        "  - technician_id: T2\n"
        "    day: 2026-07-15\n"
        "    jobs: [J3]\n"
        "    restocks:\n"
        "      - {branch_id: B9, before: 0}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput) as caught:
        load_orders(file, OF)
    # What is malformed itself is said once; its day's jobs are looked at all the same.
    assert {(one.path, one.code, one.line) for one in caught.value.issues} == {
        ("routes[0].restocks[0].before", "greater-than-equal", 4),
        ("routes[0].jobs[1]", "unknown-job", 3),
        ("routes[1].restocks[0].branch_id", "unknown-branch", 9),
    }


def test_a_plan_file_says_where_its_halts_are_wrong(tmp_path: Path) -> None:
    wrong = with_halt(MADE, branch_id="B9", before=4)
    save_plan(PlanDocument(plan=wrong, assessment=assess(OF, wrong)), tmp_path / "plan.json")
    with pytest.raises(InvalidInput) as caught:
        load_orders(tmp_path / "plan.json", OF)
    assert [(one.path, one.code) for one in caught.value.issues] == [
        ("plan.shifts[0].restocks[0].branch_id", "unknown-branch"),
        ("plan.shifts[0].restocks[0].before", "no-such-place"),
    ]
    assert all(one.line for one in caught.value.issues)


def test_a_halt_on_a_trip_stays_on_its_day() -> None:
    # Out to J1, 6 km north; 2 km on to B2 for the night, the next morning 2 km to J2, and home.
    of = question(
        technicians=[technician(nights_away=1, shifts=(Shift(day=DAY), Shift(day=NEXT_DAY)), parts={FAN: 1})],
        jobs=[job(place=north(6), parts={FAN: 1}), job(job_id="J2", place=north(10), parts={FAN: 2})],
        days=2,
    )
    orders = Orders(
        routes=(
            OrderedDay(technician_id="T1", day=DAY, jobs=("J1",), away=True),
            OrderedDay(technician_id="T1", day=NEXT_DAY, jobs=("J2",), restocks=(calls(0, fans=2),)),
        )
    )
    document = retime(of, orders)
    assert document.assessment.findings == ()
    first, second = document.plan.shifts
    assert (first.restocks, [stop.job_id for stop in first.stops]) == ((), ["J1"])
    (halt,) = second.restocks
    assert (first.last_leg.to_place, first.night) == ("branch:B2", "lodging")
    assert (halt.leg.from_place, halt.before, halt.picked_up) == ("branch:B2", 0, {FAN: 2})
    assert second.stops[0].leg.from_place == "branch:B2"
    assert orders_of(document.plan, of) == orders
    # The evening before it would be as early.
    evening = orders.routes[0].model_copy(update={"restocks": (calls(1, fans=2),)})
    early = retime(of, Orders(routes=(evening, orders.routes[1].model_copy(update={"restocks": ()}))))
    assert [len(day.restocks) for day in early.plan.shifts] == [1, 0]
    assert early.assessment.findings == ()


def test_a_plan_file_with_a_malformed_halt_says_where(tmp_path: Path) -> None:
    text = plan_json(PlanDocument(plan=MADE, assessment=assess(OF, MADE)))
    file = tmp_path / "plan.json"
    file.write_text(text.replace('"before": 1', '"before": -1'), encoding="utf-8")
    for read in (load_plan, lambda path: load_orders(path, OF)):
        with pytest.raises(InvalidInput) as caught:
            read(file)
        (issue,) = caught.value.issues
        assert (issue.path, issue.code) == ("plan.shifts[0].restocks[0].before", "greater-than-equal")
        assert issue.line
