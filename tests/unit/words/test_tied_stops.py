"""Crews, shared tools, chains and long jobs in words, in both languages."""

import pytest

from optimizer.domain.plan import Stop
from optimizer.words.chain_words import after_words, before_words
from optimizer.words.crew_words import crew_words, day_of_job
from optimizer.words.language import Language
from optimizer.words.plan_book import PlanBook
from optimizer.words.spacing import spaced
from optimizer.words.tied_stops import chain_lines, company_words, stop_day_words, taken_by, tool_lines
from optimizer.words.tool_words import ToolWay, tool_name, way_words
from tests.unit.crew_day import book
from tests.unit.rules.build import at


def stop_of(made: PlanBook, who: str, number: int = 0) -> Stop:
    return next(one for one in made.document.plan.shifts if one.technician_id == who).stops[number]


@pytest.mark.parametrize(
    ("seat", "mates", "en", "zh"),
    [
        (0, [], "", ""),
        (0, ["Li"], "leads, with Li", "主责，同行：Li"),
        (0, ["Li", "Wu"], "leads, with Li and Wu", "主责，同行：Li、Wu"),
        (1, ["Wang"], "with Wang, who leads", "随行，主责：Wang"),
        (1, ["Wang", "Wu"], "with Wang, who leads, and Wu", "随行，主责：Wang，同行：Wu"),
    ],
)
def test_with_whom(seat: int, mates: list[str], en: str, zh: str) -> None:
    assert (crew_words(seat, mates, "en"), crew_words(seat, mates, "zh")) == (en, zh)


def test_which_day_of_a_job() -> None:
    assert (day_of_job(0, 1, "en"), day_of_job(1, 3, "en")) == ("", "day 2 of 3")
    assert day_of_job(1, 3, "zh") == "第 2 天，共 3 天"


@pytest.mark.parametrize(
    ("language", "lead", "mate"),
    [("en", "leads, with 李华", "with 王强, who leads"), ("zh", "主责，同行：李华", "随行，主责：王强")],
)
def test_company_of_a_plan(language: Language, lead: str, mate: str) -> None:
    made = book(language)
    assert company_words(made, stop_of(made, "T1")) == lead
    assert company_words(made, stop_of(made, "T2")) == mate
    assert company_words(made, stop_of(made, "T3")) == ""
    assert stop_day_words(made, stop_of(made, "T3")) == ""


def test_ways_of_tools_in_a_plan() -> None:
    made = book()
    assert tool_lines(made, stop_of(made, "T1")) == (
        "hoist: brought along from 芙蓉门店 by 王强; then to J3 (周敏), there 12:50",
    )
    assert tool_lines(made, stop_of(made, "T3", 1)) == (
        "hoist: from J2 (王强), leaves 12:45, here 12:50; then back to 芙蓉门店, there 14:20",
    )
    assert tool_lines(made, stop_of(made, "T3")) == ()


def test_who_takes_a_tool_along() -> None:
    made = book()
    (first,), (then,) = made.together.tools("J2"), made.together.tools("J3")
    assert (taken_by(made, first), taken_by(made, then)) == ("T1", "")


def test_chains_of_a_plan() -> None:
    made = book()
    assert chain_lines(made, stop_of(made, "T3")) == ("J2 (王强) waits for this and starts at 10:30.",)
    assert chain_lines(made, stop_of(made, "T1")) == (
        "Only after J1 (周敏), planned until 10:10, 20 min later at least.",
    )
    assert chain_lines(made, stop_of(made, "T3", 1)) == ()


def test_another_order_is_no_chain() -> None:
    # With the rule switched off a plan may begin J2, at 10:30, before J1 is over.
    made = book()
    shifts = made.document.plan.shifts
    late = shifts[2].stops[0].model_copy(update={"start": at("10:40"), "end": at("11:40")})
    other = shifts[2].model_copy(update={"stops": (late, *shifts[2].stops[1:])})
    plan = made.document.plan.model_copy(update={"shifts": (*shifts[:2], other, *shifts[3:])})
    changed = PlanBook(made.scenario, made.document.model_copy(update={"plan": plan}))
    assert chain_lines(changed, stop_of(changed, "T1")) == ()
    assert chain_lines(changed, late) == ()


def test_gaps_may_count_from_the_start() -> None:
    assert (
        before_words("J1", "09:10", 0, "en", gap_from="start") == "Only once J1 has begun, planned for 09:10."
    )
    assert before_words("J1", "09:10", 5, "zh", gap_from="start") == (
        "须在 J1 开始之后，计划 09:10 开始，至少间隔 5 分钟。"
    )
    assert after_words("J2", "10:30", "zh") == "J2 等本单，10:30 开始。"


def test_a_tool_of_several_has_its_number() -> None:
    assert (tool_name("hoist", 0, "zh"), tool_name("hoist", 2, "zh")) == ("吊机", "吊机 2 号")
    assert tool_name("hoist", 2, "en") == "hoist no. 2"


def test_a_way_in_chinese() -> None:
    way = ToolWay("吊机", "总店", "", "09:00", "09:20", "", "11:00")
    assert way_words(way, "zh") == "吊机：09:00 从总店出发，09:20 到；用后 11:00 前归还总店"
    west = ToolWay("吊机", "West", "J1", "09:00", "09:20", "J3（李）", "11:00")
    assert way_words(west, "zh") == "吊机：09:00 从 J1 出发，09:20 到；用后转交 J3（李），11:00 到"


def test_spaces_stand_between_chinese_and_latin_letters() -> None:
    assert (spaced("芙蓉"), spaced("J2"), spaced("J2（李）"), spaced("")) == ("芙蓉", " J2 ", " J2（李）", "")
