"""Picking lists: what leaves each branch's store in the morning."""

from collections import Counter
from datetime import date

from optimizer.dispatch_orders.picking_words import list_words
from optimizer.dispatch_orders.records import (
    Handout,
    PickingList,
    SharedToolLine,
    StockLine,
)
from optimizer.dispatch_orders.restock_records import Pieces
from optimizer.dispatch_orders.sheet import plan_mark
from optimizer.dispatch_orders.tied_records import ToolLine
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from tests.unit.dispatch_orders.day import document, orders_of
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    north,
    scenario,
    shift_plan,
    stop,
    technician,
)

STOCK = {"fan motor": 3, "control board": 2}


def two_people() -> Scenario:
    """Return a branch with stock and two of its people."""
    return scenario(
        [technician(name="吴斌"), technician(technician_id="T2")],
        [job(), job(job_id="J2"), job(job_id="J3", shared_tools=("nitrogen bottle",))],
        branches=[
            branch(name="芙蓉门店", stock=STOCK, shared_tools={"nitrogen bottle": 1}),
            branch(branch_id="B2"),
        ],
        days=2,
    )


def loading(job_id: str, who: str, clock: str, day: date = DAY, **parts: int) -> ShiftPlan:
    """Return a day on which somebody loads parts before one job."""
    made = shift_plan([stop(job_id, at(clock, day), at("16:00", day))], technician_id=who, day=day)
    return made.model_copy(update={"picked_up": {name.replace("_", " "): n for name, n in parts.items()}})


def test_every_field_of_a_list() -> None:
    of = two_people()
    days = [
        loading("J1", "T1", "10:00", fan_motor=1),
        loading("J3", "T2", "09:30", fan_motor=1, control_board=2),
    ]
    (found,) = orders_of(of, *days).picking_lists
    # T2 leaves at 09:20, 600 s before the first job, T1 at 09:50.
    assert found == PickingList(
        branch_id="B1",
        branch="芙蓉门店",
        day=DAY,
        plan_mark=plan_mark(document(of, days)),
        parts=(
            StockLine(part="control board", pieces=2, before=2, after=0),
            StockLine(part="fan motor", pieces=2, before=3, after=1),
        ),
        shared_tools=(SharedToolLine(tool="nitrogen bottle", technicians=1, available=1),),
        tool_issues=(),
        handouts=(
            Handout(
                technician_id="T2",
                technician="",
                leave_at=at("09:20"),
                parts=(Pieces(part="control board", pieces=2), Pieces(part="fan motor", pieces=1)),
                shared_tools=(ToolLine(tool="nitrogen bottle", job_ids=("J3",)),),
                own_tools=(),
            ),
            Handout(
                technician_id="T1",
                technician="吴斌",
                leave_at=at("09:50"),
                parts=(Pieces(part="fan motor", pieces=1),),
                shared_tools=(),
                own_tools=(),
            ),
        ),
    )


def test_the_next_morning_finds_what_the_first_left() -> None:
    days = [loading("J1", "T1", "10:00", fan_motor=2), loading("J2", "T1", "10:00", NEXT_DAY, fan_motor=1)]
    first, second = orders_of(two_people(), *days).picking_lists
    assert first.parts == (StockLine(part="fan motor", pieces=2, before=3, after=1),)
    assert second.parts == (StockLine(part="fan motor", pieces=1, before=1, after=0),)
    assert (first.day, second.day) == (DAY, NEXT_DAY)


def test_totals_are_what_the_plan_loads() -> None:
    days = [
        loading("J1", "T1", "10:00", fan_motor=2),
        loading("J2", "T2", "09:30", fan_motor=1, control_board=1),
    ]
    made = orders_of(two_people(), *days)
    loaded = {"fan motor": 3, "control board": 1}
    (found,) = made.picking_lists
    assert {one.part: one.pieces for one in found.parts} == loaded
    assert all(one.pieces <= STOCK[one.part] for one in found.parts)
    handed: Counter[str] = Counter()
    for line in (line for one in found.handouts for line in one.parts):
        handed[line.part] += line.pieces
    assert handed == loaded
    on_sheets: Counter[str] = Counter()
    for part in (part for sheet in made.sheets for part in sheet.parts):
        on_sheets[part.part] += part.to_load
    assert on_sheets == loaded


def test_own_special_tools_are_checked_where_the_day_starts() -> None:
    # The ladder is in no kit; T1 starts at the branch, T2 at home.
    people = [
        technician(tools=("ladder",)),
        technician(technician_id="T2", tools=("ladder",), home=north(3), starts_from="home"),
    ]
    of = scenario(people, [job(tools=("ladder",)), job(job_id="J2", tools=("ladder",))])
    days = [
        loading("J1", "T1", "10:00"),
        loading("J2", "T2", "10:00"),
    ]
    (found,) = orders_of(of, *days).picking_lists
    (handout,) = found.handouts
    assert (found.parts, found.shared_tools) == ((), ())
    assert (handout.technician_id, handout.own_tools) == (
        "T1",
        (ToolLine(tool="ladder", job_ids=("J1",)),),
    )
    assert list_words(found, "zh").handouts[0].things == ("梯子（自带，核对）",)


def test_a_branch_that_hands_out_nothing_has_no_list() -> None:
    assert orders_of(two_people(), loading("J1", "T1", "10:00")).picking_lists == ()


def test_lists_are_for_whole_branches() -> None:
    days = [loading("J1", "T1", "10:00", fan_motor=1), loading("J2", "T1", "10:00", NEXT_DAY, fan_motor=1)]
    assert orders_of(two_people(), *days, technicians=["T1"]).picking_lists == ()
    (found,) = orders_of(two_people(), *days, days=[NEXT_DAY]).picking_lists
    # What the first day took is gone although its list is not asked for.
    assert found.parts == (StockLine(part="fan motor", pieces=1, before=2, after=1),)
