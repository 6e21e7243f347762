"""Crews, shared tools and long jobs in calendars, tables and on the map."""

import json
from typing import Any

from optimizer.domain.approval import Approval
from optimizer.interchange.plan_export.calendars import plan_calendars
from optimizer.interchange.plan_export.csv_files import plan_csv
from optimizer.interchange.plan_export.facts import PlanFacts, plan_facts
from optimizer.interchange.plan_export.geojson import plan_geojson
from optimizer.interchange.plan_export.tables.base import Cell, Clock, Table
from optimizer.interchange.plan_export.tables.overview import overview
from optimizer.interchange.plan_export.tables.timetable import timetable
from optimizer.interchange.plan_export.tables.tools import tools
from optimizer.words.language import Language
from tests.unit.crew_day import document, question
from tests.unit.interchange.plan_export.rfc5545 import Part, read
from tests.unit.rules.build import DAY, at


def facts(language: Language = "en") -> PlanFacts:
    return plan_facts(question(), document(), language)


def events(who: str) -> list[Part]:
    return read(plan_calendars(facts())[f"{who}.ics"]).all_parts("VEVENT")


def rows(table: Table) -> list[dict[str, Cell]]:
    titles = [column.title["en"] for column in table.columns]
    return [
        {title: cell for title, cell in zip(titles, row, strict=True) if cell not in (None, "")}
        for row in table.rows
    ]


def test_a_crew_stop_stands_in_each_calendar_under_an_id_of_its_own() -> None:
    lead, mate = events("T1")[0], events("T2")[0]
    assert lead.one("SUMMARY").value == mate.one("SUMMARY").value == "J2 installation aircon · 江畔酒店"
    assert lead.one("DTSTART") == mate.one("DTSTART")
    assert lead.one("UID") != mate.one("UID")
    assert "Crew: leads, with 李华" in lead.one("DESCRIPTION").value.split("\n")
    assert "Crew: with 王强, who leads" in mate.one("DESCRIPTION").value.split("\n")


def test_who_leads_has_the_id_that_the_job_had_alone() -> None:
    # So a plan in which a mate comes along moves the event that was there before.
    made = document()
    alone = made.model_copy(
        update={"plan": made.plan.model_copy(update={"shifts": (made.plan.shifts[0],), "tools": ()})}
    )
    before = read(plan_calendars(plan_facts(question(), alone))["T1.ics"]).all_parts("VEVENT")[0]
    assert before.one("UID") == events("T1")[0].one("UID")


def test_only_who_leads_is_reminded_of_the_call() -> None:
    assert len(events("T1")[0].all_parts("VALARM")) == 1
    assert events("T2")[0].all_parts("VALARM") == []
    assert "Call" not in events("T2")[0].one("DESCRIPTION").value


def test_every_day_of_a_long_job_is_an_event() -> None:
    days = [one for one in events("T4") if one.one("SUMMARY").value.startswith("J4")]
    assert [one.one("SUMMARY").value for one in days] == [
        f"J4 maintenance · 东站大楼 · day {day} of 3" for day in (1, 2, 3)
    ]
    assert len({one.one("UID") for one in days}) == 3


def test_the_event_says_where_the_shared_tool_comes_from() -> None:
    said = events("T3")[1].one("DESCRIPTION").value.split("\n")
    assert (
        "Shared tool: hoist: from J2 (王强), leaves 12:45, here 12:50; then back to 芙蓉门店, there 14:20"
        in said
    )


def test_the_timetable_says_with_whom_and_with_what() -> None:
    found = {
        (row["technician"], row["day"], row["job"]): row for row in rows(timetable(facts())) if "job" in row
    }
    crew = [row["crew"] for row in found.values() if "crew" in row]
    assert crew == ["leads, with 李华", "with 王强, who leads"]
    long = [row["day of job"] for row in found.values() if "day of job" in row]
    assert long == ["day 1 of 3", "day 2 of 3", "day 3 of 3"]
    assert sum("shared tools" in row for row in found.values()) == 4  # J2 twice, J3, J5


def test_the_days_of_shared_tools_are_a_table() -> None:
    found = rows(tools(facts()))
    assert [(row["tool"], row["what"], row.get("job"), row.get("with")) for row in found] == [
        ("hoist", "leaves", None, None),
        ("hoist", "job", "J2", "王强"),
        ("hoist", "job", "J3", "周敏"),
        ("hoist", "back", None, None),
        ("nitrogen bottle", "leaves", None, None),
        ("nitrogen bottle", "job", "J5", "李华"),
        ("nitrogen bottle", "back", None, None),
    ]

    def shown(cell: Cell) -> str:
        assert isinstance(cell, Clock)
        return f"{cell.at:%H:%M}"

    # 15 minutes of handing over after J2's end at 12:30, 3 km to J3.
    assert shown(found[1]["handed over"]) == "12:45"
    assert (shown(found[2]["arrival"]), found[2]["way min"], found[2]["km"]) == ("12:50", 5.0, 3.0)
    assert found[1]["brought by"] == "王强"
    assert "brought by" not in found[2]
    chinese = tools(facts("zh"))
    assert chinese.rows[1][2] == "吊机"


def test_the_table_of_tools_is_a_file() -> None:
    assert b"hoist" in plan_csv(facts())["tools.csv"]


def test_the_map_has_seats_days_and_ways_of_tools() -> None:
    found: list[dict[str, Any]] = [one["properties"] for one in json.loads(plan_geojson(facts()))["features"]]
    stops = [one for one in found if one["kind"] == "stop" and one["job"] == "J2"]
    assert [(one["technician"], one["seat"], one["crew"]) for one in stops] == [
        ("T1", 0, "leads, with 李华"),
        ("T2", 1, "with 王强, who leads"),
    ]
    assert [one["day_of_job"] for one in found if one.get("job") == "J4"] == [
        "day 1 of 3",
        "day 2 of 3",
        "day 3 of 3",
    ]
    ways = [(one["tool"], one["jobs"], one["km"]) for one in found if one["kind"] == "tool day"]
    assert ways == [("hoist", "J2, J3", 18.0), ("nitrogen bottle", "J5", 6.0)]


def test_the_overview_says_of_each_day_whether_it_is_approved() -> None:
    of = question().model_copy(update={"approvals": (Approval(day=DAY, by="Chen", at=at("08:00")),)})
    said = {row[0]: row[1] for row in overview(plan_facts(of, document(of))).rows}
    assert said["state of 2026-07-15"] == "approved by Chen at 2026-07-15 08:00"
    assert said["state of 2026-07-16"] == said["state of 2026-07-17"] == "draft"
    assert ("2026-07-15 状态", "Chen 于 7月15日 08:00 审批", "") in overview(
        plan_facts(of, document(of), "zh")
    ).rows
