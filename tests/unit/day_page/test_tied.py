"""Crews, shared tools, chains, long jobs and approved days on the day page."""

import re

import pytest

from optimizer.day_page import day_page
from optimizer.day_page.book import Book
from optimizer.day_page.clocks import clock_view
from optimizer.day_page.days import DayView, day_views
from optimizer.day_page.gantt_parts import WIDTH, Bar
from optimizer.domain.approval import Approval
from optimizer.words.language import Language
from tests.unit.crew_day import document, question
from tests.unit.rules.build import DAY, at


def book(language: Language = "en") -> Book:
    return Book(question(), document(), language)


def first_day(language: Language = "en") -> DayView:
    return day_views(book(language))[0]


def visit(row: int, number: int = 0) -> Bar:
    return [bar for bar in first_day().chart.rows[row].bars if bar.kind == "visit"][number]


def test_a_crew_job_is_marked_in_each_row() -> None:
    assert (visit(0).crew, visit(1).crew, visit(2).crew) == ("leads", "along", "")
    assert visit(0).job == visit(1).job == 1  # J2
    assert "leads, with B 李华" in visit(0).title
    assert "with A 王强, who leads" in visit(1).title


def test_a_day_counts_a_crew_job_once() -> None:
    # J1, J2, J3, J4, J5 in six stops.
    assert first_day().summary == "4 technicians · 5 jobs"


def test_chained_jobs_know_each_other() -> None:
    before, after = visit(2), visit(0)
    assert (before.waits, before.linked) == (False, (1,))
    assert (after.waits, after.linked) == (True, (0,))


def test_a_long_job_says_which_day_it_is() -> None:
    days = [day.chart.rows[-1].bars for day in day_views(book())]
    assert [bar.text for bars in days for bar in bars if bar.kind == "visit"] == [
        "J4 1/3",
        "J4 2/3",
        "J4 3/3",
    ]


def test_windows_of_a_crew_stand_with_who_leads() -> None:
    rows = first_day().chart.rows
    assert [len(row.brackets) for row in rows] == [1, 0, 0, 0]


def test_shared_tools_have_rows_below_the_people() -> None:
    chart = first_day().chart
    assert [(row.key, row.name, row.summary) for row in chart.tools] == [
        ("tool-0", "hoist", "芙蓉门店 · 2 jobs"),
        ("tool-1", "nitrogen bottle", "芙蓉门店 · 1 job"),
    ]
    hoist = chart.tools[0].bars
    assert [bar.kind for bar in hoist] == ["drive", "visit", "drive", "visit", "drive"]
    # 10:30 to 12:45 on an axis from 09:00 to 18:00.
    assert [hoist[1].x, hoist[1].width] == pytest.approx([WIDTH / 6, WIDTH / 4])
    assert (hoist[1].job, hoist[1].text) == (1, "J2")
    assert "A 王强 and B 李华" in hoist[1].title
    assert day_views(book())[1].chart.tools == ()


def test_the_timetable_says_what_ties_a_visit() -> None:
    lines = {
        (one.name, line.job_id): line.tied
        for one in first_day().timetables
        for line in one.lines
        if line.job_id
    }
    assert lines["王强", "J2"] == (
        "leads, with B 李华",
        "hoist: brought along from 芙蓉门店 by 王强; then to J3 (周敏), there 12:50",
        "Only after J1 (周敏), planned until 10:10, 20 min later at least.",
    )
    assert lines["李华", "J2"] == ("with A 王强, who leads",)
    assert lines["赵磊", "J4"] == ("day 1 of 3",)


def test_a_tool_has_a_timetable() -> None:
    sheet = first_day("zh").tool_sheets[0]
    assert [(line.time, line.job_id, line.what, line.way) for line in sheet.lines] == [
        ("10:20", "", "出发 · 芙蓉门店", ()),
        ("10:30–12:45", "J2", "A 王强、B 李华 · 12:45 前交接", ("10 分钟", "6.0 公里")),
        ("12:50–14:05", "J3", "C 周敏 · 14:05 前交接", ("5 分钟", "3.0 公里")),
        ("14:20", "", "返回 · 芙蓉门店", ("15 分钟", "9.0 公里")),
    ]


def test_the_map_draws_the_ways_of_tools() -> None:
    (frame,) = first_day().frames
    assert [one.key for one in frame.tools] == ["tool-0", "tool-1"]
    assert all(one.path.startswith("M") for one in frame.tools)
    labels = [stop.label for route in frame.routes for stop in route.stops]
    assert {"A1", "B1"} <= set(labels)


def test_clocks_are_with_who_leads() -> None:
    made = document()
    # The mate's day stands last: it must not take the clock over.
    shifts = (made.plan.shifts[0], *made.plan.shifts[2:], made.plan.shifts[1])
    clock = {
        "code": "COMPLETE",
        "job_id": "J2",
        "label": "limit",
        "event": "finishing",
        "due": "2026-07-15T12:00:00+08:00",
        "at": "2026-07-15T12:30:00+08:00",
        "state": "missed",
        "slack_s": -1800,
    }
    content = made.model_dump(mode="json")
    content["assessment"]["clocks"] = [clock]
    changed = type(made).model_validate(content)
    changed = changed.model_copy(update={"plan": changed.plan.model_copy(update={"shifts": shifts})})
    assert [row.letters for row in clock_view(Book(question(), changed)).rows] == ["A"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Shared tools", "crew job: leads", "comes after another job", "way of a shared tool")),
        ("zh", ("共用工具", "多人工单：主责", "须在另一工单之后", "共用工具的路线")),
    ],
)
def test_the_page_explains_its_signs(language: Language, said: tuple[str, ...]) -> None:
    page = day_page(question(), document(), language=language)
    assert [one for one in said if one not in page] == []


def test_a_day_without_ties_has_no_signs_of_them() -> None:
    made = document()
    plain = made.plan.model_copy(update={"shifts": made.plan.shifts[3:4], "tools": ()})
    page = day_page(question(), made.model_copy(update={"plan": plain}))
    assert "crew job: leads" not in page
    assert "way of a shared tool" not in page
    assert 'class="group"' not in page


def test_each_day_says_whether_it_is_approved() -> None:
    approval = Approval(day=DAY, by="Chen <b>", at=at("08:00"))
    of = question().model_copy(update={"approvals": (approval,)})
    page = day_page(of, document(of))
    headings = re.findall(r"<h2>(\w+ \d+ \w+) <small>.*? · ([^·]*)</small></h2>", page)
    assert headings == [
        ("Wed 15 Jul", "approved by Chen &lt;b&gt; at 2026-07-15 08:00"),
        ("Thu 16 Jul", "draft"),
        ("Fri 17 Jul", "draft"),
    ]
