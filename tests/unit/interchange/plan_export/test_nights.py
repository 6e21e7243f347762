"""Trips in tables, on the map and in calendars."""

import json
from typing import Any

from optimizer.interchange.plan_export.calendars import plan_calendars
from optimizer.interchange.plan_export.facts import PlanFacts, plan_facts
from optimizer.interchange.plan_export.geojson import plan_geojson
from optimizer.interchange.plan_export.tables.base import Clock
from optimizer.interchange.plan_export.tables.overview import overview
from optimizer.interchange.plan_export.tables.timetable import NIGHT, timetable
from optimizer.words.language import Language
from tests.unit import sleeper_days
from tests.unit.interchange.plan_export import day
from tests.unit.interchange.plan_export.rfc5545 import read
from tests.unit.rules.build import branch
from tests.unit.trip_days import document, on_the_way, question, shifts


def facts(language: Language = "en", *, housing: bool = False) -> PlanFacts:
    """Return the trip with its scenario."""
    asked = question(housing=housing)
    return plan_facts(asked, document(asked), language)


def rows(of: PlanFacts) -> list[dict[str, Any]]:
    """Return the rows of the timetable by the columns' English names, what is empty left out."""
    table = timetable(of)
    names = [column.title["en"] for column in table.columns]
    return [
        {
            name: f"{cell.at:%H:%M}" if isinstance(cell, Clock) else cell
            for name, cell in zip(names, row, strict=True)
            if cell is not None
        }
        for row in table.rows
    ]


def test_the_timetable_has_rows_for_nights_and_mornings() -> None:
    said = [row for row in rows(facts()) if row["what"] in ("night away", "stays", "from the night", "back")]
    plain = ("technician", "name", "day")
    assert [{name: cell for name, cell in row.items() if name not in plain} for row in said] == [
        {
            "what": "night away",
            "address": "near J2",
            "arrival": "11:05",
            "drive min": 5.0,
            "km": 3.0,
            "night": "hotel",
        },
        {"what": "stays", "address": "near J2", "start": "09:00", "night": "hotel"},
        {"what": "from the night", "address": "near J2", "start": "09:00"},
        {"what": "back", "address": "Furong", "arrival": "10:15", "drive min": 15.0, "km": 9.0},
    ]


def test_in_chinese_and_in_the_beds_of_a_branch() -> None:
    said = [row for row in rows(facts("zh", housing=True)) if "night" in row]
    assert [(row["what"], row["address"], row["night"]) for row in said] == [
        ("在外过夜", "J2 附近", "网点宿舍"),
        ("停留", "J2 附近", "网点宿舍"),
    ]


def test_a_plan_without_trips_has_no_column_for_nights() -> None:
    assert NIGHT in timetable(facts()).columns
    assert NIGHT not in timetable(day.facts()).columns


def test_the_overview_counts_nights_where_there_are_any() -> None:
    assert ("nights away", 2, "nights") in overview(facts()).rows
    assert "nights away" not in [row[0] for row in overview(day.facts()).rows]


def test_days_on_the_map_say_where_they_begin_and_end() -> None:
    features = [one["properties"] for one in json.loads(plan_geojson(facts()))["features"]]
    days = [one for one in features if one["kind"] == "day"]
    assert [(one.get("woken"), one.get("night"), one["stops"], one["km"]) for one in days] == [
        (None, "near J2, hotel", 1, 9.0),
        ("near J2", "near J2, hotel", 0, 0),
        ("near J2", None, 1, 9.0),
    ]


def test_nights_are_events() -> None:
    events = [
        [part.one(name).value for name in ("SUMMARY", "DTSTART", "DTEND")]
        for part in read(plan_calendars(facts())["T1.ics"]).all_parts("VEVENT")
    ]
    assert ["Way to the night · near J2", "20260715T110000", "20260715T110500"] in events
    assert ["night away · near J2, hotel", "20260715T110500", "20260716T090000"] in events
    assert ["stays · near J2, hotel", "20260716T090000", "20260717T090000"] in events
    assert ["Way back · Furong", "20260717T100000", "20260717T101500"] in events


def test_who_is_only_on_the_way_reads_there_what_to_load() -> None:
    asked = question(branches=[branch(stock={"fan motor": 1}, name="Furong")])
    first = on_the_way(asked).model_copy(update={"picked_up": {"fan motor": 1}})
    of = plan_facts(asked, document(asked, first, *shifts(asked)[1:]))
    way = read(plan_calendars(of)["T1.ics"]).all_parts("VEVENT")[1]
    assert way.one("SUMMARY").value == "Way to the night · near J2"
    assert way.one("DESCRIPTION").value == "Load before leaving: 1 × fan motor"


def test_nights_on_board_in_the_timetable_and_the_calendar() -> None:
    asked = sleeper_days.question()
    of = plan_facts(asked, sleeper_days.trip(), "en")
    said = [row for row in rows(of) if "night" in row]
    assert [(row["address"], row["night"], row["arrival"]) for row in said] == [
        ("rides through the night to J1", "on board", "09:00"),
        ("rides through the night back", "on board", "09:00"),
    ]
    (calendar,) = plan_calendars(of).values()
    text = calendar.decode().replace("\r\n ", "")
    assert "SUMMARY:night away · rides through the night to J1" in text
    assert "DESCRIPTION:train Z1 Here–There · ¥200.00" in text
    assert "DTSTART;TZID=Asia/Shanghai:20260715T180000\r\nDTEND;TZID=Asia/Shanghai:20260716T090000" in text
    assert "Way to the night" not in text
