"""Halts to load parts on the page: a bar and a sign of their own, a line of the timetable, a key figure."""

import pytest

from optimizer.day_page.book import Book
from optimizer.day_page.days import DayView, day_views
from optimizer.day_page.figures import key_figures
from optimizer.day_page.page import day_page
from tests.unit import restock_days
from tests.unit.restock_days import document, question, shift
from tests.unit.rules.build import at, leg, north

SIGN = 'class="load"'


@pytest.fixture(scope="module")
def day() -> DayView:
    (view,) = day_views(Book(question(), document()))
    return view


def test_the_halt_has_a_bar_of_its_own(day: DayView) -> None:
    (row,) = day.chart.rows
    assert day.chart.has_loads
    assert row.summary == "2 jobs · 24 km"  # 6 to J1, 6 to the branch, 9 to J2, 3 home
    (bar,) = (bar for bar in row.bars if bar.kind == "load")
    # From 09:00 to 18:00 in 800 units: 11:10 is 130 of 540 minutes, loading takes 10.
    assert (bar.x, bar.width) == pytest.approx((800 * 130 / 540, 800 * 10 / 540))
    assert bar.title == "Furong · loads 1 × control board\n11:10–11:20"
    assert [bar.title for bar in row.bars if bar.kind == "drive"][1:3] == [
        "drive 11:00–11:10 · 10 min · 6.0 km",
        "drive 11:20–11:35 · 15 min · 9.0 km",
    ]


def test_who_is_there_already_loads_in_no_time_and_is_seen_all_the_same() -> None:
    at_once = restock_days.restock(end=at("11:10"))
    row = day_views(Book(question(), document(None, shift(restocks=(at_once,)))))[0].chart.rows[0]
    assert [bar.width for bar in row.bars if bar.kind == "load"] == [4]


def test_the_timetable_says_what_is_loaded_where(day: DayView) -> None:
    line = day.timetables[0].lines[2]
    assert (line.time, line.what, line.where) == ("11:10–11:20", "loads 1 × control board", "Furong")
    assert line.way == ("10 min", "6.0 km")
    assert [one.number for one in day.timetables[0].lines] == ["", "A1", "", "A2", "", ""]


def test_the_map_has_a_sign_at_the_branch(day: DayView) -> None:
    (view,) = day.frames
    (route,) = view.routes
    (mark,) = route.loads
    assert mark.title == "A 王强\n11:10–11:20 loads 1 × control board · Furong"
    assert mark.point == view.branches[0].point
    assert route.path.count("M") == 4  # the ways to J1, the branch, J2 and home


def test_two_halts_at_one_branch_are_one_sign() -> None:
    again = restock_days.restock(before=2, leg=leg("job:J2", "branch:B1", at("12:50")), start=at("12:50"))
    again = again.model_copy(update={"end": at("13:00"), "picked_up": {"fan motor": 2}})
    view = day_views(Book(question(), document(None, shift(restocks=(restock_days.restock(), again)))))[0]
    (mark,) = view.frames[0].routes[0].loads
    assert mark.title.splitlines() == [
        "A 王强",
        "11:10–11:20 loads 1 × control board · Furong",
        "12:50–13:00 loads 2 × fan motor · Furong",
    ]


def test_a_map_without_other_business_at_the_branch_shows_the_halt() -> None:
    # The technician belongs to a branch 40 km away, and loads at B1 all the same.
    far = question().branches[0].model_copy(update={"branch_id": "B2", "name": "Far", "place": north(40)})
    asked = question(branches=[question().branches[0], far])
    person = asked.technicians[0].model_copy(update={"branch_id": "B2"})
    asked = asked.model_copy(update={"technicians": (person,)})
    view = day_views(Book(asked, document(asked)))[0]
    assert sum(len(route.loads) for frame in view.frames for route in frame.routes) == 1


def test_halts_are_a_key_figure_where_there_are_any() -> None:
    figure = key_figures(Book(question(), document(), "zh"))[-1]
    assert (figure.name, figure.value) == ("途中补料（次）", "1")
    without = key_figures(Book(question(), document(None, shift(restocks=()))))
    assert "halts to load parts" not in [one.name for one in without]


def test_the_page_in_both_languages() -> None:
    english, chinese = (day_page(question(), document(), language=one) for one in ("en", "zh"))
    assert english.count(SIGN) == 2  # on the Gantt chart and on the map
    assert "<td>loads 1 × control board · <bdi>Furong</bdi></td>" in english
    assert english.count("halt at a branch to load parts</span>") == 2
    assert "<td>补料 1 × 控制板 · <bdi>Furong</bdi></td>" in chinese
    assert chinese.count("到网点途中补料</span>") == 2


def test_a_page_without_halts_says_nothing_of_them() -> None:
    page = day_page(question(), document(None, shift(restocks=())))
    assert SIGN not in page
    assert "halt at a branch" not in page
