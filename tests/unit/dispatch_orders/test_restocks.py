"""Halts to load parts on the sheets: between the stops, with parts to tick off, and on the branch's picking list."""

from typing import Any

import pytest

from optimizer.dispatch_orders import DispatchOrders, dispatch_orders, orders_html, orders_pdf, orders_text
from optimizer.dispatch_orders.picking_words import list_words
from optimizer.dispatch_orders.records import OrderSheet, PartLine, StockLine
from optimizer.dispatch_orders.restock_records import Pieces
from optimizer.dispatch_orders.sheet_words import Row, sheet_words
from optimizer.domain.lines import Ride
from optimizer.domain.orders import OrderedDay, OrderedRestock, Orders
from optimizer.domain.plan import TravelLeg
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.retime import retime
from optimizer.words.language import Language
from tests.unit.dispatch_orders.day import needs_chinese_font
from tests.unit.restock_days import document, question, restock, shift
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    leg,
    north,
    scenario,
    shift_plan,
    stop,
    technician,
)


def orders(**day: Any) -> DispatchOrders:
    """Return the sheets of the day."""
    return dispatch_orders(question(), document(None, shift(**day)))


def sheet(**day: Any) -> OrderSheet:
    """Return the day's sheet."""
    return orders(**day).sheets[0]


def test_the_halt_as_facts() -> None:
    (line,) = sheet().restocks
    assert (line.branch, line.address) == ("Furong", "五一大道 389 号")
    assert (line.arrival, line.start, line.end) == (at("11:10"), at("11:10"), at("11:20"))
    assert (line.travel_s, line.distance_m) == (600, 6000)
    assert line.parts == (Pieces(part="control board", pieces=1),)


def test_a_sheet_without_halts_keeps_its_fields() -> None:
    plain = sheet(restocks=()).model_dump()
    assert "restocks" not in plain
    assert "on_the_way" not in plain["parts"][0]  # the van is then thought to have the board


def test_parts_loaded_on_the_way_are_not_taken_along_in_the_morning() -> None:
    line = PartLine(part="control board", pieces=1, from_van=0, to_load=0, on_the_way=1)
    found = sheet()
    assert found.parts == (line,)
    assert found.stops[1].parts == (line,)
    assert sheet_words(found, "en").taking == ()


@pytest.mark.parametrize(
    ("language", "text", "thing"),
    [
        ("en", "Load at Furong · 五一大道 389 号 · leave 11:00 · 10 min · 6.0 km", "control board × 1"),
        ("zh", "Furong 补料 · 五一大道 389 号 · 11:00 出发 · 10 分钟 · 6.0 公里", "控制板 × 1"),
    ],
)
def test_the_halt_stands_between_the_stops(language: Language, text: str, thing: str) -> None:
    words = sheet_words(sheet(), language)
    assert [row.stop is None for row in words.rows] == [False, True, False, True, True]
    assert words.rows[1] == Row("11:10–11:20", text, None, (thing,))


def test_the_way_to_the_branch_counts_as_driven() -> None:
    # 10 + 10 + 15 + 5 minutes; 6 + 6 + 9 + 3 km.
    assert sheet_words(sheet(), "en").facts[-1].text == "2 jobs · 40 min driving · 24 km"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "control board × 1 (loaded on the way)"), ("zh", "控制板 × 1（途中补料）")],
)
def test_the_job_says_where_its_part_comes_from(language: Language, said: str) -> None:
    stop_words = sheet_words(sheet(), language).rows[2].stop
    assert stop_words is not None
    assert said in stop_words.take


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "control board × 3 (1 on the van, 1 loaded before leaving, 1 loaded on the way)"),
        ("zh", "控制板 × 3（车上 1，出车前领料 1，途中补料 1）"),
    ],
)
def test_a_job_may_take_pieces_from_everywhere(language: Language, said: str) -> None:
    asked = question(jobs=[job(), job(job_id="J2", place=north(9), parts={"control board": 3})])
    # 3 are needed, 1 is loaded in the morning and 1 on the way: 1 is on the van.
    found = dispatch_orders(asked, document(asked, shift(picked_up={"control board": 1}))).sheets[0]
    stop_words = sheet_words(found, language).rows[2].stop
    assert stop_words is not None
    assert said in stop_words.take


def test_who_comes_early_reads_when_to_arrive() -> None:
    early = restock(start=at("11:15"), end=at("11:25"))
    text = sheet_words(sheet(restocks=(early,)), "en").rows[1].text
    assert text.endswith("6.0 km · arrive 11:10")


def test_who_is_at_the_branch_already_drives_nowhere() -> None:
    here = restock(leg=leg("job:J1", "branch:B1", at("11:10"), travel_s=0))
    assert sheet_words(sheet(restocks=(here,)), "en").rows[1].text.endswith("五一大道 389 号 · same place")


def test_trains_to_the_branch_are_named() -> None:
    made = document()
    ride = Ride(line="G1", from_station="North", to_station="South")
    way = TravelLeg(
        from_place="job:J1",
        to_place="branch:B1",
        means="car",
        base_s=600,
        distance_m=6000,
        fare_cents=250,
        rides=(ride,),
    )
    travel = made.plan.travel.model_copy(update={"legs": (way,)})
    by_train = made.model_copy(update={"plan": made.plan.model_copy(update={"travel": travel})})
    text = sheet_words(dispatch_orders(question(), by_train).sheets[0], "en").rows[1].text
    assert text.endswith("6.0 km · G1 North–South · ¥2.50")


def test_the_store_knows_who_comes_when() -> None:
    (picking,) = orders().picking_lists
    assert picking.parts == (StockLine(part="control board", pieces=1, before=3, after=2),)
    (handout,) = picking.handouts
    assert (handout.comes_at, handout.leave_at) == (at("11:10"), at("11:20"))
    english, chinese = (list_words(picking, one).handouts[0] for one in ("en", "zh"))
    assert (english.leaves, english.who, english.things) == ("comes 11:10", "王强 T1", ("control board × 1",))
    assert chinese.leaves == "11:10 途中来领"


def test_the_store_hands_out_in_order_of_time() -> None:
    others = [technician(technician_id=one, shifts=(Shift(day=DAY),)) for one in ("T2", "T3")]
    jobs = [*question().jobs, *(job(job_id=one, parts={"control board": 1}) for one in ("J3", "J4"))]
    asked = question(technicians=[*question().technicians, *others], jobs=jobs)
    load = {"picked_up": {"control board": 1}}
    # T2 leaves the branch at 11:15, after T1 has come; T3 at 09:50.
    second = shift_plan([stop("J3", at("11:25"), at("12:25"))], technician_id="T2").model_copy(update=load)
    third = shift_plan([stop("J4", at("10:00"), at("11:00"))], technician_id="T3").model_copy(update=load)
    (picking,) = dispatch_orders(asked, document(asked, shift(), second, third)).picking_lists
    assert [one.technician_id for one in picking.handouts] == ["T3", "T1", "T2"]
    assert picking.parts[0] == StockLine(part="control board", pieces=3, before=3, after=0)
    assert [one.comes_at for one in picking.handouts if one.technician_id != "T1"] == [None, None]


def test_as_lines() -> None:
    lines = [line.text for line in orders_text(orders(), "en")]
    halt = lines.index("11:10–11:20  Load at Furong · 五一大道 389 号 · leave 11:00 · 10 min · 6.0 km")
    assert lines[halt + 1] == "☐ control board × 1"
    assert "comes 11:10  王强 T1: ☐ control board × 1" in lines


def test_as_a_page_with_boxes_to_tick() -> None:
    page = orders_html(orders(), "en")
    row = page.partition("<b>11:10–11:20</b>")[2].partition("</p>")[0]
    assert "Load at Furong" in row
    assert row.count('<i class="box"') == 1
    assert "control board × 1" in row


def test_as_pdf() -> None:
    needs_chinese_font()
    assert orders_pdf(orders(), "zh").content != orders_pdf(orders(restocks=()), "zh").content


def test_after_a_night_at_a_branch_nothing_is_handed_out_again() -> None:
    # J1 is done on the first day. Then T1 loads at B2 and sleeps there, in the branch's beds, and is at J2 on the
    # second day. J2 takes the hoist, which B1 lends: T1 takes it along on the first day.
    noon = Window(start=at("12:00", NEXT_DAY), end=at("12:00", NEXT_DAY))
    of = scenario(
        [technician(nights_away=1)],
        [
            job(place=north(20)),
            job(job_id="J2", place=north(60), windows=(noon,), parts={"fan": 1}, shared_tools=("hoist",)),
        ],
        days=2,
        branches=[
            branch(shared_tools={"hoist": 1}),
            branch(branch_id="B2", place=north(30), stock={"fan": 1}, housing=True),
        ],
        rules={"SHARED_TOOL": {"active": False}},
    )
    made = retime(
        of,
        Orders(
            routes=(
                OrderedDay(
                    technician_id="T1",
                    day=DAY,
                    jobs=("J1",),
                    restocks=(OrderedRestock(branch_id="B2", before=1),),
                    away=True,
                ),
                OrderedDay(technician_id="T1", day=NEXT_DAY, jobs=("J2",)),
            )
        ),
    )
    assert [one.last_leg.to_place for one in made.plan.shifts] == ["branch:B2", "branch:B1"]
    found = dispatch_orders(of, made)
    assert [[line.tool for line in one.shared_tools] for one in found.sheets] == [["hoist"], []]
    lent = [
        (one.day, [line.tool for line in handout.shared_tools])
        for one in found.picking_lists
        if one.branch_id == "B1"
        for handout in one.handouts
    ]
    assert lent == [(DAY, ["hoist"])]
