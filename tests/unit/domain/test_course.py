"""The course of a day: every minute once, in order of time."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from optimizer.domain.course import Part, course, overtime_s, waited_s
from optimizer.domain.plan import Rest
from optimizer.domain.roster import roster
from optimizer.domain.time import seconds_between
from tests.unit import restock_days, sleeper_days, trip_days
from tests.unit.day_page.one_day import question, shift
from tests.unit.rules.build import at, leg, shift_plan, stop


def written(parts: tuple[Part, ...]) -> list[tuple[str, str, str]]:
    return [(part.kind, f"{part.start:%H:%M}", f"{part.end:%H:%M}") for part in parts]


def test_the_parts_of_a_day_in_order() -> None:
    assert written(course(shift())) == [
        ("leave", "09:50", "09:50"),
        ("drive", "09:50", "10:00"),
        ("visit", "10:00", "11:00"),
        ("drive", "11:00", "11:05"),
        ("wait", "11:05", "12:00"),
        ("break", "12:00", "12:40"),
        ("wait", "12:40", "13:00"),
        ("visit", "13:00", "14:00"),
        ("drive", "14:00", "14:15"),
        ("back", "14:15", "14:15"),
    ]


def test_there_is_no_gap_and_no_overlap() -> None:
    assert all(one.end == other.start for one, other in pairwise(course(shift())))


def test_stops_are_counted_from_one() -> None:
    assert [part.number for part in course(shift()) if part.kind == "visit"] == [1, 2]


def test_rests_may_lie_before_leaving_and_after_coming_back() -> None:
    early = Rest(kind="absence", start=at("09:00"), end=at("09:30"))
    late = Rest(kind="break", start=at("11:10"), end=at("11:50"))
    back = leg("job:J1", "branch:B1", at("11:10"))
    day = shift_plan([stop("J1", at("10:00"), at("11:00"))], rests=[early, late], last_leg=back)
    # Back at 11:10 and the rest at 11:10: first home, then the rest.
    assert [part.kind for part in course(day)] == [
        "absence",
        "leave",
        "drive",
        "visit",
        "drive",
        "back",
        "break",
    ]


def test_a_halt_to_load_is_a_part_of_its_own_and_no_stop() -> None:
    parts = course(restock_days.shift())
    assert written(parts) == [
        ("leave", "09:50", "09:50"),
        ("drive", "09:50", "10:00"),
        ("visit", "10:00", "11:00"),
        ("drive", "11:00", "11:10"),
        ("load", "11:10", "11:20"),
        ("drive", "11:20", "11:35"),
        ("visit", "11:35", "12:35"),
        ("drive", "12:35", "12:40"),
        ("back", "12:40", "12:40"),
        ("break", "12:40", "13:20"),
    ]
    assert [part.number for part in parts if part.stop is not None] == [1, 1, 2, 2]  # drive and visit
    assert [part.restock for part in parts if part.restock] == [restock_days.restock()]


def test_who_comes_early_to_load_waits() -> None:
    early = leg("job:J1", "branch:B1", at("11:10"))
    late = restock_days.restock(leg=early, start=at("11:15"), end=at("11:25"))
    parts = course(restock_days.shift(restocks=(late,)))
    assert ("wait", "11:10", "11:15") in written(parts)
    assert waited_s(late, ()) == 300


@pytest.mark.parametrize(("start", "waits"), [("10:00:59", []), ("10:01:00", ["wait"])])
def test_waits_of_less_than_a_minute_are_rounding(start: str, waits: list[str]) -> None:
    day = shift_plan([stop("J1", at(start), at("11:00"), arrival=at("10:00"))])
    assert [part.kind for part in course(day) if part.kind == "wait"] == waits


def test_rests_are_no_waiting() -> None:
    rest = Rest(kind="break", start=at("10:10"), end=at("10:50"))
    one = stop("J1", at("11:00"), at("12:00"), arrival=at("10:00"))
    # 60 min from arriving to beginning, 40 of them rest.
    assert (waited_s(one, [rest]), waited_s(one, [])) == (1200, 3600)


def test_overtime_is_what_lies_after_the_regular_end() -> None:
    (rostered,) = roster(question())
    # Regular end 13:30, back at 14:15.
    assert overtime_s(shift(), rostered) == 45 * 60
    early = shift_plan([stop("J1", at("10:00"), at("11:00"))])
    assert (overtime_s(early, rostered), overtime_s(shift(), None)) == (0, 0)


def test_seconds_are_real_ones_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    # On 25 October 2026 the hour from two to three comes twice: from 01:30 to 03:30 are three hours.
    before, after = (datetime(2026, 10, 25, hour, 30, tzinfo=berlin) for hour in (1, 3))
    assert (seconds_between(before, after), seconds_between(after, before)) == (10_800, -10_800)


def test_a_trip_ends_its_days_with_nights_and_begins_them_with_mornings() -> None:
    kinds = [[part.kind for part in course(day)] for day in trip_days.shifts(trip_days.question())]
    assert kinds == [
        ["leave", "drive", "visit", "drive", "night", "break"],
        ["stay", "break"],
        ["morning", "visit", "drive", "back", "break"],
    ]


def test_a_day_of_a_trip_without_stops_has_its_drive() -> None:
    parts = course(trip_days.on_the_way(trip_days.question()))
    assert [part.kind for part in parts] == ["leave", "drive", "night", "break"]
    assert parts[1].leg is not None
    assert parts[1].leg.distance_m == 9000


def test_a_ride_through_the_night_belongs_to_no_day() -> None:
    days = [written(course(day)) for day in sleeper_days.trip().plan.shifts]
    assert days[0] == [("leave", "18:00", "18:00"), ("night", "18:00", "18:00")]
    assert days[1] == [
        ("morning", "09:00", "09:00"),
        ("visit", "09:00", "10:00"),
        ("wait", "10:00", "18:00"),
        ("night", "18:00", "18:00"),
    ]
    assert days[2] == [("back", "09:00", "09:00")]
