"""Trips on the page: moons on Gantt and map, days that are stayed away, counts, and who rests afterwards."""

import pytest

from optimizer.day_page.book import Book
from optimizer.day_page.days import DayView, day_views
from optimizer.day_page.figures import key_figures
from optimizer.day_page.page import day_page
from tests.unit import sleeper_days
from tests.unit.day_page import one_day
from tests.unit.trip_days import document, question, shifts


@pytest.fixture(scope="module")
def days() -> tuple[DayView, ...]:
    asked = question(days=4, rules={"TRIP": {"rest_from_nights": 2}})
    return day_views(Book(asked, document(asked, *shifts(asked))))


def test_days_say_how_many_nights_are_away(days: tuple[DayView, ...]) -> None:
    assert [day.summary for day in days] == [
        "1 technician · 1 job · 1 night away",
        "1 technician · 0 jobs · 1 night away",
        "1 technician · 1 job",
        "0 technicians · 0 jobs",
    ]


def test_who_rests_after_a_trip_is_not_just_without_work(days: tuple[DayView, ...]) -> None:
    assert [day.without_work for day in days] == [(), (), (), ("王强 (rests after a trip)",)]


def test_the_timetable_ends_and_begins_with_the_night(days: tuple[DayView, ...]) -> None:
    lines = [
        [(one.time, one.what, one.where, one.way) for one in day.timetables[0].lines] for day in days[:3]
    ]
    assert lines[0][2] == ("11:05", "night away", "near J2, hotel", ("5 min", "3.0 km"))
    assert lines[1][0] == ("09:00", "stays", "near J2, hotel", ())
    assert lines[2][0] == ("09:00", "from the night", "near J2", ())
    assert lines[2][2][1:3] == ("back", "Furong")
    heads = [day.timetables[0].jobs for day in days[:3]]
    assert heads == ["1 job · night away", "stays near J2", "1 job"]


def test_the_chart_has_a_moon_where_a_day_ends_or_begins_away(days: tuple[DayView, ...]) -> None:
    charts = [day.chart for day in days[:3]]
    assert [chart.has_nights for chart in charts] == [True, False, True]
    evening, stay, morning = (chart.rows[0].bars for chart in charts)
    # From 09:00 to 18:00 in 800 units: 11:05 is 125 of 540 minutes, and the moon stands 6 to the right of it.
    (moon,) = (bar for bar in evening if bar.kind == "night")
    assert moon.x == pytest.approx(800 * 125 / 540 + 6)
    assert moon.title == "11:05 night away near J2, hotel"
    assert [(bar.kind, bar.x, bar.width, bar.text) for bar in stay if bar.kind == "stay"] == [
        ("stay", 0, 800, "stays near J2")
    ]
    # 09:00 is the edge: the moon stays inside.
    assert [(bar.x, bar.title) for bar in morning if bar.kind == "night"] == [
        (6, "09:00 from the night near J2")
    ]


def test_rows_say_what_the_day_brings(days: tuple[DayView, ...]) -> None:
    assert [day.chart.rows[0].summary for day in days[:3]] == [
        "1 job · 9.0 km",  # 6 km to J1 and 3 km on to J2 in the evening
        "stays near J2",
        "1 job · 9.0 km",
    ]


def test_the_map_has_a_moon_at_each_place_of_a_night(days: tuple[DayView, ...]) -> None:
    titles = [[night.title for view in day.frames for night in view.routes[0].nights] for day in days[:3]]
    assert titles == [
        ["A 王强 · night away near J2, hotel"],
        ["A 王强 · night away near J2, hotel"],
        ["A 王强 · from the night near J2"],
    ]
    assert days[0].frames[0].routes[0].path  # the way ends at J2, without a stop there
    assert days[1].frames[0].routes[0].path == ""


def test_nights_are_a_key_figure_where_there_are_any() -> None:
    names = [one.name for one in key_figures(Book(question(), document()))]
    assert names[-1] == "nights away"
    assert "nights away" not in [one.name for one in key_figures(one_day.book())]


def test_the_page_in_both_languages() -> None:
    english, chinese = (day_page(question(), document(), language=one) for one in ("en", "zh"))
    assert "<td>stays · <bdi>near J2, hotel</bdi></td>" in english
    assert "<td>停留 · <bdi>J2 附近，旅馆</bdi></td>" in chinese
    assert "<td>在外过夜 · <bdi>J2 附近，旅馆</bdi></td>" in chinese
    assert 'class="night"' not in day_page(
        one_day.question(), one_day.answer(one_day.question(), one_day.shift())
    )


def test_a_day_ends_where_a_night_on_board_begins() -> None:
    asked = sleeper_days.question()
    out, work, back = day_views(Book(asked, sleeper_days.trip()))
    assert [(one.time, one.what, one.where) for one in out.timetables[0].lines] == [
        ("18:00", "leaves", "B1"),
        ("18:00", "night away", "rides through the night to J1 · train Z1 Here–There · ¥200.00"),
    ]
    # From 09:00 to 18:00, not to the next morning.
    assert [hour.text for hour in out.chart.hours][::9] == ["09", "18"]
    (moon,) = (bar for bar in out.chart.rows[0].bars if bar.kind == "night")
    assert moon.title == "18:00 night away rides through the night to J1"
    assert not any(bar.kind in ("drive", "overtime") for bar in work.chart.rows[0].bars)
    assert [(one.time, one.what) for one in back.timetables[0].lines] == [("09:00", "back")]
    assert back.timetables[0].jobs == "back in the morning"
