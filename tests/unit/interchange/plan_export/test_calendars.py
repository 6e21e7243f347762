"""Calendars: an event for each stop with all a technician has to know, and nothing that breaks the file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from optimizer.domain.plan import ShiftPlan
from optimizer.domain.policy import Desk, Policy
from optimizer.interchange.plan_export.calendars import plan_calendars
from optimizer.interchange.plan_export.event_text import LABELS
from optimizer.interchange.plan_export.facts import PlanFacts
from tests.unit.interchange.plan_export.day import FORMULA, facts
from tests.unit.interchange.plan_export.rfc5545 import Part, read
from tests.unit.rules.build import at


def events(file: str, **changes: Any) -> list[Part]:
    """Return a calendar's events, read strictly."""
    return read(plan_calendars(facts(**changes))[file]).all_parts("VEVENT")


def test_each_technician_has_a_calendar() -> None:
    calendars = plan_calendars(facts())
    assert set(calendars) == {"T1.ics", "T2.ics"}
    assert read(calendars["T1.ics"]).one("X-WR-CALNAME").value == "test · 王强"


def test_an_event_says_all_that_the_technician_has_to_know() -> None:
    stop = events("T1.ics")[0]
    assert stop.one("SUMMARY").value == "J1 repair aircon ×2 · 刘女士"
    assert events("T1.ics", language="zh")[0].one("SUMMARY").value == "J1 维修 空调 ×2 · 刘女士"
    assert stop.one("LOCATION").value == "五一大道 389 号"
    zone = ";TZID=Asia/Shanghai"
    assert stop.one("DTSTART")[1:] == (zone, "20260715T110000")
    assert stop.one("DTEND")[1:] == (zone, "20260715T120000")
    assert stop.one("DTSTAMP").value == "20260715T000000Z"  # 08:00 in Shanghai, the scenario's own clock
    assert stop.one("GEO").value.startswith("28.25")
    # Arrival 10:50, the customer is called 30 min before.
    assert stop.one("DESCRIPTION").value.split("\n") == [
        "Load before leaving: 1 × fan motor",
        "Call by 10:20: 刘女士 +86 138 0000 0001",
        "Leave 10:40 · arrive 10:50 · 10 min, 6.0 km · wait 10 min",
        "Agreed: 11:00–12:00",
        "Priority: key customer",
        "Reported: 不制冷, 滴水; E6",
        "Wishes: 来前打电话",
        "Tools: multimeter, refrigerant gauge",
        "Parts: 1 × fan motor",
        "Hotline: 0731-8888 0000",
    ]


def test_the_reminder_rings_at_the_call_before_time() -> None:
    (alarm,) = events("T1.ics")[0].all_parts("VALARM")
    assert alarm.one("TRIGGER").value == "-PT40M"  # 10:20, before service at 11:00


def test_nobody_is_reminded_before_coming_on_duty() -> None:
    # T2's shift begins at 09:00, J2 is reached at 09:30; with an hour before arriving the call would be at 08:30.
    policy = Policy(desk=Desk(call_before_min=60))
    stop = events("T2.ics", policy=policy)[0]
    assert stop.one("DESCRIPTION").value.split("\n")[0] == "Call first thing, 09:00: @SUM(1) -1"
    assert stop.all_parts("VALARM")[0].one("TRIGGER").value == "-PT30M"  # service starts at 09:30


def test_tools_and_parts_are_in_chinese_for_chinese_readers() -> None:
    said = events("T1.ics", language="zh")[0].one("DESCRIPTION").value.split("\n")
    assert "工具：万用表, 冷媒压力表" in said
    assert "配件：1 × 风扇电机" in said
    assert said[0] == "出发前领料：1 × 风扇电机"


def test_rests_and_the_way_back_keep_nobody_busy() -> None:
    stop, rest, back = events("T1.ics")
    assert [one.one("TRANSP").value for one in (stop, rest, back)] == ["OPAQUE", "TRANSPARENT", "TRANSPARENT"]
    assert [one.one("SUMMARY").value for one in (rest, back)] == ["midday rest", "Way back · 芙蓉门店"]


def test_hostile_text_stays_text() -> None:
    stop, _ = events("T2.ics")
    assert stop.one("LOCATION").value == FORMULA
    mark = "\N{REPLACEMENT CHARACTER}"
    said = f'a,b;c\\d "e" BEGIN:VALARM ATTACH:x{mark}{mark} 🙂 派工'
    assert f"Reported: {said}" in stop.one("DESCRIPTION").value.split("\n")
    assert len(stop.all_parts("VALARM")) == 1


def test_the_library_reads_the_same() -> None:
    calendar = icalendar.Calendar.from_ical(plan_calendars(facts())["T2.ics"])
    assert not calendar.errors
    stop = calendar.walk("VEVENT")[0]
    assert stop["LOCATION"] == FORMULA
    start = stop.decoded("DTSTART")
    assert isinstance(start, datetime)
    assert (start, start.utcoffset()) == (at("09:30"), timedelta(hours=8))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai"


def planned_anew(made: PlanFacts) -> PlanFacts:
    """Return the same with J1 an hour later, planned at 10:05."""
    one, other = made.document.plan.shifts
    stop = one.stops[0]
    hour = timedelta(hours=1)
    later = stop.model_copy(update={"start": stop.start + hour, "end": stop.end + hour})
    moved: ShiftPlan = one.model_copy(update={"stops": (later,), "rests": ()})
    plan = made.document.plan.model_copy(update={"shifts": (moved, other)})
    return replace(
        made,
        scenario=made.scenario.model_copy(update={"now": at("10:05")}),
        document=made.document.model_copy(update={"plan": plan}),
    )


def test_a_plan_made_again_moves_its_events() -> None:
    before, after = (read(plan_calendars(one)["T1.ics"]) for one in (facts(), planned_anew(facts())))
    old, new = before.all_parts("VEVENT")[0], after.all_parts("VEVENT")[0]
    assert old.one("UID") == new.one("UID")
    assert new.one("DTSTART").value == "20260715T120000"
    # 08:00 and 10:05 lie 125 minutes apart.
    assert int(new.one("SEQUENCE").value) - int(old.one("SEQUENCE").value) == 125
    assert new.one("DTSTAMP").value == "20260715T020500Z"


def test_jobs_of_different_scenarios_are_different_events() -> None:
    assert events("T1.ics")[0].one("UID") != events("T1.ics", name="other")[0].one("UID")


def test_the_hour_that_comes_twice_is_written_in_utc() -> None:
    made = facts(time_zone="Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    one, other = made.document.plan.shifts
    start = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=berlin)  # the second half past two of that night
    end = datetime(2026, 10, 25, 3, 30, tzinfo=berlin)
    moved = one.model_copy(update={"stops": (one.stops[0].model_copy(update={"start": start, "end": end}),)})
    plan = made.document.plan.model_copy(update={"shifts": (moved, other)})
    made = replace(made, document=made.document.model_copy(update={"plan": plan}))
    stop = read(plan_calendars(made)["T1.ics"]).all_parts("VEVENT")[0]
    assert stop.one("DTSTART")[1:] == ("", start.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
    assert stop.one("DTSTART").value == "20261025T013000Z"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_plan_gives_the_same_bytes(language: Any) -> None:
    assert plan_calendars(facts(language)) == plan_calendars(facts(language))


def test_labels_stand_in_both_languages() -> None:
    assert all(words["en"].isascii() and not words["zh"].isascii() for words in LABELS.values())
    text = read(plan_calendars(facts("zh"))["T1.ics"]).all_parts("VEVENT")[0].one("DESCRIPTION").value
    assert not any(words["en"] in text for words in LABELS.values())


@pytest.mark.parametrize(
    "zone", ["UTC", "Etc/UTC", "GMT", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"]
)
def test_every_time_zone_is_told_to_the_reader(zone: str) -> None:
    # The strict reader looks whether each moment is in UTC or its zone is in the file.
    start = events("T1.ics", time_zone=zone)[0].one("DTSTART")
    local = at("11:00").astimezone(ZoneInfo(zone))
    assert start.value.removesuffix("Z") == local.strftime("%Y%m%dT%H%M%S")
