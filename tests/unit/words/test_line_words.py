"""Trains and ships on every face of a plan: terminal, day page, dispatch order, tables, map, calendar."""

import json

import pytest

from optimizer.cli.show import show_plan
from optimizer.day_page.book import Book
from optimizer.day_page.days import day_views
from optimizer.day_page.provenance import warnings
from optimizer.dispatch_orders import dispatch_orders, orders_html, orders_text
from optimizer.domain.lines import Ride
from optimizer.interchange.plan_export.calendars import plan_calendars
from optimizer.interchange.plan_export.facts import plan_facts
from optimizer.interchange.plan_export.geojson import plan_geojson
from optimizer.interchange.plan_export.tables.timetable import FARE, RIDES, timetable
from optimizer.words.language import Language
from optimizer.words.line_words import leg_rides_words, ride_words, rides_words, timetable_note
from optimizer.words.plan_book import PlanBook
from tests.unit.crew_day import document, question
from tests.unit.far_day import far_day, far_document

THERE = {"en": "train G1 South–North · ¥120.00", "zh": "火车 G1 South–North · ¥120.00"}
BACK = {"en": "train G1 North–South · ¥120.00", "zh": "火车 G1 North–South · ¥120.00"}
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def test_rides_in_words() -> None:
    boat = Ride(line="night\nboat", from_station="quay", to_station="island")
    assert rides_words([("ship", boat)], 4_500) == "ship night boat quay–island · ¥45.00"
    assert rides_words([("ship", boat), (None, boat)], 0, "zh") == (
        "轮船 night boat quay–island, night boat quay–island · ¥0.00"
    )
    assert ride_words("train", boat, "zh") == "火车 night boat quay–island"
    assert rides_words([], 0) == ""


def test_a_drive_without_lines_says_nothing() -> None:
    book = PlanBook(question(), document())
    shift = document().plan.shifts[0]
    assert leg_rides_words(book, shift.means, shift.last_leg) == ""


def test_the_terminal_says_them(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(far_day(), far_document())
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "T1 · Wed 15 Jul · train and ship · 1 job" in lines
    assert f"J1: {THERE['en']}" in lines
    assert f"back: {BACK['en']}" in lines
    assert "TRAVEL travel 2 rides ¥240.00" in lines
    assert any(line.startswith("travel: Trains and ships have no timetable here") for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_page_says_them(language: Language) -> None:
    (table,) = day_views(Book(far_day(), far_document(), language))[0].timetables
    (stop,) = [line for line in table.lines if line.job_id == "J1"]
    assert stop.tied == (THERE[language],)
    assert table.lines[-1].where.endswith(BACK[language])
    said = warnings(Book(far_day(), far_document(), language))
    assert said[1] == timetable_note(far_document().plan, language) != ""
    assert timetable_note(document().plan, language) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_dispatch_orders_say_them(language: Language) -> None:
    orders = dispatch_orders(far_day(), far_document())
    text = " ".join(line.text for line in orders_text(orders, language))
    for said in (text, orders_html(orders, language)):
        flat = " ".join(said.split())
        assert THERE[language] in flat
        assert BACK[language] in flat
    (sheet,) = orders.sheets
    assert (sheet.stops[0].fare_cents, sheet.back_fare_cents) == (12_000, 12_000)
    plain = dispatch_orders(question(), document()).model_dump_json()
    assert "rides" not in plain
    assert "fare_cents" not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_columns_for_them_where_somebody_rides(language: Language) -> None:
    table = timetable(plan_facts(far_day(), far_document(), language))
    rides, fare = table.columns.index(RIDES), table.columns.index(FARE)
    said = [(row[rides], str(row[fare])) for row in table.rows if row[rides] is not None]
    assert said == [(words[language].split(" · ")[0], "120.00") for words in (THERE, BACK)]
    without = timetable(plan_facts(question(), document(), language)).columns
    assert not [column for column in without if column in (RIDES, FARE)]


def test_the_map_says_them() -> None:
    features = json.loads(plan_geojson(plan_facts(far_day(), far_document())))["features"]
    said = {one["properties"]["kind"]: one["properties"].get("rides") for one in features}
    assert said["stop"] == THERE["en"]
    assert said["day"] == f"{THERE['en']}; {BACK['en']}"
    plain = json.loads(plan_geojson(plan_facts(question(), document())))["features"]
    assert all("rides" not in one["properties"] for one in plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendars_say_them(language: Language) -> None:
    (content,) = plan_calendars(plan_facts(far_day(), far_document(), language)).values()
    unfolded = content.decode().replace("\r\n ", "")
    assert THERE[language] in unfolded
    assert f"DESCRIPTION:{BACK[language]}" in unfolded
