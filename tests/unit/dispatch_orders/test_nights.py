"""Sheets of a trip: where the night is and who pays, how the next day begins, what is taken along for all days."""

from datetime import date
from typing import Any

import pytest

from optimizer.dispatch_orders.night_records import NightLine
from optimizer.dispatch_orders.records import OrderSheet
from optimizer.dispatch_orders.sheet import dispatch_orders
from optimizer.dispatch_orders.sheet_words import sheet_words
from optimizer.words.language import Language
from tests.unit import sleeper_days
from tests.unit.dispatch_orders.day import orders_of
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, scenario, shift_plan, stop
from tests.unit.trip_days import LAST_DAY, document, on_the_way, question, shifts


def sheets(*, housing: bool = False, **facts: Any) -> tuple[OrderSheet, ...]:
    """Return the three sheets of the trip."""
    asked = question(housing=housing, **facts)
    return dispatch_orders(asked, document(asked)).sheets


def facts_of(sheet: OrderSheet, language: Language = "en") -> dict[str, str]:
    """Return the head of a sheet."""
    return {one.name: one.text for one in sheet_words(sheet, language).facts}


def rows_of(sheet: OrderSheet) -> list[tuple[str, str]]:
    """Return what stands between the jobs of a sheet."""
    return [(row.span, row.text) for row in sheet_words(sheet, "en").rows if row.stop is None]


def test_the_night_stands_on_the_sheet_of_the_day_before() -> None:
    first, stay, last = sheets()
    night = NightLine(job_id="J2", night="lodging", branch="", bed_cents=8000, board_cents=2500, starts=None)
    assert first.night == night  # Thursday has no jobs
    assert stay.night == night.model_copy(update={"starts": at("09:00", LAST_DAY)})
    assert last.night is None
    assert [one.woken_at for one in (first, stay, last)] == ["", "J2", "J2"]


def test_who_pays_for_a_hotel() -> None:
    first, stay, _ = (facts_of(one) for one in sheets())
    assert first["Night"] == "near J2 · 28.2809, 112.9800"
    assert first["Bed"] == "hotel, up to ¥80.00 paid by the company; ¥25.00 daily allowance"
    assert first["Next day"] == "no jobs, stay there"
    assert stay["Next day"] == "09:00 from there"
    assert "Back at" not in first


def test_the_beds_of_a_branch_are_free() -> None:
    assert (
        facts_of(sheets(housing=True)[0])["Bed"] == "in the housing of Furong, free; ¥25.00 daily allowance"
    )
    assert facts_of(sheets(housing=True)[0], "zh")["住宿"] == "住Furong宿舍，免费；每日补贴 ¥25.00"


def test_a_policy_without_the_price_says_where_only() -> None:
    assert facts_of(sheets(rules={"LODGING": {"active": False}})[0])["Bed"] == "hotel"


def test_the_day_after_begins_from_the_night() -> None:
    _, stay, last = sheets()
    assert facts_of(last)["Leave at"] == "09:00 from the night near J2"
    assert facts_of(last)["Back at"] == "10:15 to Furong"
    assert facts_of(last, "zh")["出发"] == "09:00 从过夜处（J2 附近）出发"
    # Nothing is driven on Thursday, so nobody leaves.
    assert "Leave at" not in facts_of(stay)
    assert facts_of(stay)["Day"] == "stays near J2"


def test_the_last_row_is_the_night() -> None:
    first, stay, last = sheets()
    assert rows_of(first)[0] == ("11:05", "to the night near J2 · leave 11:00 · 5 min · 3.0 km")
    assert rows_of(stay) == [("09:00", "stays near J2"), ("12:00–12:40", "midday rest")]
    assert rows_of(last)[0] == ("10:15", "back · to Furong · leave 10:00 · 15 min · 9.0 km")


def test_a_day_on_the_way_has_its_way_alone() -> None:
    asked = question()
    sheet = dispatch_orders(asked, document(asked, on_the_way(asked), *shifts(asked)[1:])).sheets[0]
    assert facts_of(sheet)["Day"] == "on the way · 15 min driving · 9.0 km"
    assert rows_of(sheet)[0] == ("09:15", "to the night near J2 · leave 09:00 · 15 min · 9.0 km")


def far_jobs(**facts: Any) -> tuple[Any, ...]:
    """Return J1 as usual, and J2 with facts of its own."""
    return job(), job(job_id="J2", place=north(9), **facts)


def test_tools_for_all_days_are_taken_along_on_the_first() -> None:
    first, stay, last = sheets(jobs=far_jobs(tools=("endoscope",), shared_tools=("hoist",)))
    lines = [[(line.tool, line.job_ids) for line in one.tools] for one in (first, stay, last)]
    assert lines == [[("endoscope", ("J2",))], [], [("endoscope", ("J2",))]]
    # The hoist is borrowed on Wednesday; on Friday nobody passes the branch.
    assert [[line.tool for line in one.shared_tools] for one in (first, stay, last)] == [["hoist"], [], []]


def test_the_branch_hands_out_on_the_first_day_only() -> None:
    asked = question(jobs=far_jobs(tools=("endoscope",), shared_tools=("hoist",)))
    lists = dispatch_orders(asked, document(asked)).picking_lists
    assert [one.day for one in lists] == [DAY]
    (handout,) = lists[0].handouts
    assert [line.tool for line in (*handout.shared_tools, *handout.own_tools)] == ["hoist", "endoscope"]


@pytest.mark.parametrize("day", [DAY, NEXT_DAY, LAST_DAY])
def test_a_sheet_of_one_day_says_the_same_as_all_of_them(day: date) -> None:
    asked = question()
    (alone,) = dispatch_orders(asked, document(asked), days=[day]).sheets
    assert alone == {one.day: one for one in sheets()}[day]


def test_a_plain_day_says_nothing_of_nights() -> None:
    sheet = orders_of(scenario(), shift_plan([stop("J1", at("10:00"), at("11:00"))])).sheets[0]
    assert {"night", "woken_at"}.isdisjoint(sheet.model_dump())


def test_parts_for_all_days_are_loaded_on_the_first() -> None:
    asked = question(
        jobs=far_jobs(parts={"fan motor": 1}), branches=[branch(name="Furong", stock={"fan motor": 1})]
    )
    first, stay, last = shifts(asked)
    loaded = first.model_copy(update={"picked_up": {"fan motor": 1}})
    sheets = dispatch_orders(asked, document(asked, loaded, stay, last)).sheets
    lines = [[(one.from_van, one.to_load) for one in sheet.parts] for sheet in sheets]
    # J2 takes it on Friday, from the van.
    assert lines == [[(0, 1)], [], [(1, 0)]]
    assert [sheet.load_at for sheet in sheets] == ["Furong", "", ""]


def test_the_sheets_of_nights_on_board() -> None:
    asked = sleeper_days.question()
    out, work, back = dispatch_orders(asked, sleeper_days.trip()).sheets
    said = facts_of(out)
    assert said["Night"] == "rides through the night to J1 · 36.2939, 112.9800"
    assert (said["Bed"], said["Next day"]) == ("on board; ¥25.00 daily allowance", "09:00 from there")
    assert said["Day"] == "on the way · 0 min driving · 0.0 km"  # nobody drives asleep
    ride = "leave 18:00 · 9 h 00 min · 0.0 km · train Z1 Here–There · ¥200.00"
    assert rows_of(out) == [("18:00", f"rides through the night to J1 · {ride}")]
    assert facts_of(work)["Night"] == "rides through the night back · B1"
    assert facts_of(work)["Next day"] == "09:00 back"
    assert facts_of(work, "zh")["过夜"] == "夜间乘车船返回 · B1"
    assert (rows_of(back), facts_of(back)["Back at"]) == ([("09:00", "back in the morning")], "09:00 to B1")
    assert "Leave at" not in facts_of(back)
