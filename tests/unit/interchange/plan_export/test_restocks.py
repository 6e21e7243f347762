"""Halts to load parts in tables, on the map and in calendars."""

import json
from typing import Any

from optimizer.interchange.plan_export.calendars import plan_calendars
from optimizer.interchange.plan_export.csv_files import plan_csv
from optimizer.interchange.plan_export.facts import PlanFacts, plan_facts
from optimizer.interchange.plan_export.geojson import plan_geojson
from optimizer.interchange.plan_export.tables.base import Clock, Table
from optimizer.interchange.plan_export.tables.overview import overview
from optimizer.interchange.plan_export.tables.parts import ON_THE_WAY, parts
from optimizer.interchange.plan_export.tables.timetable import LOADED, timetable
from optimizer.words.language import Language
from tests.unit.interchange.plan_export.rfc5545 import Part, read
from tests.unit.restock_days import document, question, restock, shift
from tests.unit.rules.build import at, job, north, shift_plan, stop, technician


def facts(language: Language = "en", **day: Any) -> PlanFacts:
    """Return the day with its scenario."""
    return plan_facts(question(), document(None, shift(**day)), language)


def rows(table: Table) -> list[dict[str, Any]]:
    """Return the rows by the columns' English names, what is empty left out."""
    names = [column.title["en"] for column in table.columns]
    return [
        {
            name: f"{cell.at:%H:%M}" if isinstance(cell, Clock) else cell
            for name, cell in zip(names, row, strict=True)
            if cell is not None
        }
        for row in table.rows
    ]


def events(of: PlanFacts) -> list[Part]:
    """Return the events of the technician's calendar."""
    return read(plan_calendars(of)["T1.ics"]).all_parts("VEVENT")


def test_the_timetable_has_a_row_for_the_halt() -> None:
    found = rows(timetable(facts()))
    assert [row["what"] for row in found] == ["leaves", "job", "loads", "job", "back", "midday rest"]
    said = {name: cell for name, cell in found[2].items() if name not in ("technician", "name", "day")}
    assert said == {
        "what": "loads",
        "address": "Furong",
        "arrival": "11:10",
        "start": "11:10",
        "end": "11:20",
        "drive min": 10.0,
        "km": 6.0,
        "parts loaded": "1 × control board",
    }
    chinese = rows(timetable(facts("zh")))[2]
    assert (chinese["what"], chinese["parts loaded"]) == ("途中补料", "1 × 控制板")


def test_who_waits_to_load_is_said_to_wait() -> None:
    late = restock(start=at("11:15"), end=at("11:25"))
    assert rows(timetable(facts(restocks=(late,))))[2]["wait min"] == 5.0


def test_parts_to_load_say_when_somebody_comes() -> None:
    other = technician(technician_id="T2", name="吴斌")
    asked = question(
        technicians=[*question().technicians, other],
        jobs=[*question().jobs, job(job_id="J3", place=north(6))],
    )
    load = {"picked_up": {"fan motor": 2}}
    morning = shift_plan([stop("J3", at("10:00"), at("11:00"))], technician_id="T2").model_copy(update=load)
    found = rows(parts(plan_facts(asked, document(asked, shift(), morning))))
    # What goes out in the morning stands first, whoever comes first in the plan.
    assert [
        (row["branch"], row["technician"], row["part"], row["pieces"], row.get("on the way at"))
        for row in found
    ] == [("B1", "T2", "fan motor", 2, None), ("B1", "T1", "control board", 1, "11:10")]


def test_plans_without_halts_have_no_columns_for_them() -> None:
    plain = facts(restocks=(), picked_up={"control board": 1})
    assert LOADED in timetable(facts()).columns
    assert LOADED not in timetable(plain).columns
    assert ON_THE_WAY in parts(facts()).columns
    assert ON_THE_WAY not in parts(plain).columns


def test_the_overview_counts_halts_where_there_are_any() -> None:
    assert ("halts to load parts", 1, "") in overview(facts()).rows
    assert "halts to load parts" not in [row[0] for row in overview(facts(restocks=())).rows]


def test_the_map_has_a_point_for_the_halt_and_the_way_through_it() -> None:
    features = json.loads(plan_geojson(facts()))["features"]
    (halt,) = (one for one in features if one["properties"]["kind"] == "restock")
    (branch,) = (one for one in features if one["properties"]["kind"] == "branch")
    (day,) = (one for one in features if one["properties"]["kind"] == "day")
    assert halt["geometry"] == branch["geometry"]
    said = halt["properties"]
    assert (said["technician"], said["branch"], said["loads"]) == ("T1", "B1", "1 × control board")
    assert said["start"] == "2026-07-15T11:10:00+08:00"
    assert (said["drive_minutes"], said["km"]) == (10.0, 6.0)
    assert branch["geometry"]["coordinates"] in day["geometry"]["coordinates"]
    assert day["properties"]["km"] == 24.0


def test_the_halt_is_an_event() -> None:
    (event,) = (one for one in events(facts()) if one.one("SUMMARY").value == "Load parts · Furong")
    assert event.one("DTSTART").value == "20260715T111000"
    assert event.one("DTEND").value == "20260715T112000"
    assert event.one("LOCATION").value == "五一大道 389 号"
    assert event.one("GEO").value == "28.2;112.98"
    assert event.one("DESCRIPTION").value.split("\n") == [
        "Parts: 1 × control board",
        "Leave 11:00 · arrive 11:10 · 10 min, 6.0 km",
        "Hotline: 0731-1",
    ]
    titles = [one.one("SUMMARY").value for one in events(facts("zh"))]
    assert "途中补料 · Furong" in titles


def test_a_halt_that_takes_no_time_is_an_event_of_a_minute() -> None:
    at_once = facts(restocks=(restock(end=at("11:10")),))
    (event,) = (one for one in events(at_once) if one.one("SUMMARY").value == "Load parts · Furong")
    assert event.one("DTSTART").value == "20260715T111000"
    assert event.one("DTEND").value == "20260715T111100"


def test_other_events_keep_their_ids() -> None:
    def ids(of: PlanFacts) -> set[str]:
        return {one.one("UID").value for one in events(of)}

    assert ids(facts(restocks=())) < ids(facts())


def test_a_halt_reaches_the_files() -> None:
    files = plan_csv(facts())
    assert any("1 × control board" in content.decode("utf-8-sig") for content in files.values())
