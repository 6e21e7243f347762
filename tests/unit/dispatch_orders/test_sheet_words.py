"""A whole dispatch order in words, in both languages."""

import pytest

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.sheet_words import Fact, Row, Taking, order_words, sheet_words
from optimizer.domain.plan import Rest
from optimizer.domain.technician import Shift
from optimizer.words.language import Language
from tests.unit.dispatch_orders.day import orders_of
from tests.unit.rules.build import DAY, at, branch, job, scenario, shift_plan, stop, technician


@pytest.mark.parametrize(
    ("language", "load", "tools"),
    [
        ("zh", "芙蓉门店 领料", ("安全绳（J1）",)),
        ("en", "Load at 芙蓉门店", ("rope (J1)",)),
    ],
)
def test_the_head_of_a_sheet(language: Language, load: str, tools: tuple[str, ...]) -> None:
    of = scenario(
        [technician(name="吴斌", shifts=(Shift(day=DAY, end=at("11:00").time()),))],
        [job(tools=("rope",), parts={"fan motor": 2})],
        branches=[branch(name="芙蓉门店")],
        now=at("07:30"),
    )
    day = shift_plan([stop("J1", at("10:00"), at("11:00"))]).model_copy(
        update={"picked_up": {"fan motor": 2}}
    )
    found = sheet_words(orders_of(of, day).sheets[0], language)
    assert found.who == "吴斌 T1"
    part = "风扇电机" if language == "zh" else "fan motor"
    assert found.taking[0] == Taking(load, (f"{part} × 2",))
    assert found.taking[1].things == tools
    # Without a hotline nobody is misled by an empty field; 20 minutes of driving, 10 of them overtime.
    assert found.facts[3] == Fact(label("hotline", language), "—")
    overtime = {
        "zh": "1 个工单 · 路上 20 分钟 · 12 公里 · 加班 10 分钟",
        "en": "1 job · 20 min driving · 12 km · overtime 10 min",
    }
    assert found.facts[5].text == overtime[language]
    assert [row.stop is None for row in found.rows] == [False, True]


def test_a_rest_stands_where_it_is_in_the_day() -> None:
    rest = Rest(kind="break", start=at("12:00"), end=at("12:40"))
    jobs = [job(), job(job_id="J2")]
    stops = [stop("J1", at("10:00"), at("11:00")), stop("J2", at("13:00"), at("14:00"))]
    sheet = orders_of(scenario(jobs=jobs), shift_plan(stops, rests=[rest])).sheets[0]
    rows = sheet_words(sheet, "zh").rows
    assert [row.span for row in rows] == ["10:00–11:00", "12:00–12:40", "13:00–14:00", "14:10"]
    assert rows[1] == Row("12:00–12:40", "午休", None)
    assert rows[3].text == "返回 · B1 · 14:00 出发 · 10 分钟 · 6.0 公里"


def test_a_rest_that_begins_on_coming_back_follows_the_way_back() -> None:
    rest = Rest(kind="break", start=at("11:10"), end=at("11:50"))
    day = shift_plan([stop("J1", at("10:00"), at("11:00"))], rests=[rest])  # back at 11:10
    rows = sheet_words(orders_of(scenario(), day).sheets[0], "en").rows
    assert [row.span for row in rows] == ["10:00–11:00", "11:10", "11:10–11:50"]


def test_a_plan_without_work_says_so() -> None:
    words = order_words(orders_of(scenario()), "zh")
    assert (words.sheets, words.lists, words.first_day) == ((), (), None)
    assert words.nothing == "这些天没有派工。"
