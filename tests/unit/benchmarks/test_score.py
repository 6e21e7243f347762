"""The scorer on one tiny day: each kind of violation is caught, and only that one."""

from typing import Any

import numpy as np

from benchmarks.days import HOUR_S, Day
from benchmarks.peers.base import Route
from benchmarks.score import score

NINE, NOON = 9 * HOUR_S, 12 * HOUR_S


def job(number: int, place: int, **changed: Any) -> dict[str, Any]:
    given = {"id": number, "location_index": place, "service": HOUR_S, "skills": [], "priority": 5}
    return {**given, "time_windows": [[8 * HOUR_S, 17 * HOUR_S]], **changed}


def vehicle(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "start_index": 0,
        "end_index": 0,
        "skills": [1],
        "time_window": [8 * HOUR_S, 18 * HOUR_S],
        "breaks": [{"id": number, "time_windows": [[int(11.5 * HOUR_S), 13 * HOUR_S]], "service": HOUR_S}],
    }


def day() -> Day:
    """Home is place 0; every way takes half an hour."""
    jobs = [job(1, 1), job(2, 2, priority=10), job(3, 3, skills=[2]), job(4, 4, time_windows=[[NINE, NINE]])]
    durations = np.full((5, 5), HOUR_S // 2, dtype=np.int32)
    np.fill_diagonal(durations, 0)
    return Day({"jobs": jobs, "vehicles": [vehicle(1), vehicle(2)]}, durations)


def codes(*routes: Route) -> list[tuple[str, int | None, int]]:
    return [(found.code, found.job, found.over) for found in score(day(), routes).violations]


def route(*jobs: tuple[int, int], pause: int | None = NOON, vehicle: int = 1) -> Route:
    return Route(vehicle, jobs, pause)


def test_a_kept_route_is_counted() -> None:
    found = score(day(), [route((1, NINE), (2, 14 * HOUR_S))])
    assert found.violations == ()
    assert found.unserved_weight == 10  # jobs 3 and 4, weight 5 each
    assert found.unserved_jobs == 2
    assert found.travel_s == 3 * HOUR_S // 2  # home, 1, 2, home


def test_nothing_served_is_valid_and_costs_every_weight() -> None:
    assert score(day(), [])[:3] == (25, 0, 4)
    assert codes(route(pause=None)) == []


def test_unknown_vehicle_and_its_jobs_count_as_unserved() -> None:
    found = score(day(), [route((1, NINE), vehicle=9)])
    assert [violation.code for violation in found.violations] == ["UNKNOWN_VEHICLE"]
    assert found.unserved_weight == 25


def test_vehicle_twice() -> None:
    assert codes(route((1, NINE)), route((2, 14 * HOUR_S))) == [("VEHICLE_TWICE", None, 1)]


def test_unknown_job() -> None:
    assert codes(route((9, NINE))) == [("UNKNOWN_JOB", 9, 1)]


def test_job_twice() -> None:
    assert codes(route((1, NINE)), route((1, NINE), vehicle=2)) == [("JOB_TWICE", 1, 1)]


def test_missing_skill() -> None:
    assert codes(route((3, NINE))) == [("SKILL", 3, 1)]


def test_start_before_and_after_the_window() -> None:
    assert codes(route((4, NINE - 60))) == [("WINDOW", 4, 60)]
    assert codes(route((4, NINE + 60))) == [("WINDOW", 4, 60)]
    assert codes(route((4, NINE))) == []


def test_too_little_time_for_the_way() -> None:
    # job 1 ends at 10:00, the way takes half an hour, so 10:20 is ten minutes early
    assert codes(route((1, NINE), (2, 10 * HOUR_S + 1200))) == [("TRAVEL", 2, 600)]


def test_too_little_time_for_the_way_and_the_break() -> None:
    # job 1 ends at 11:30; an hour of rest and half an hour of way end at 13:00
    early, pause = int(10.5 * HOUR_S), int(11.5 * HOUR_S)
    assert codes(route((1, early), (2, 13 * HOUR_S - 60), pause=pause)) == [("TRAVEL", 2, 60)]
    assert codes(route((1, early), (2, 13 * HOUR_S), pause=pause)) == []


def test_a_break_on_the_way_is_allowed() -> None:
    # job 1 ends at 11:30, a quarter of an hour's drive, break 11:45 to 12:45, the rest of the way
    assert codes(route((1, int(10.5 * HOUR_S)), (2, 13 * HOUR_S), pause=int(11.75 * HOUR_S))) == []


def test_leaving_before_and_returning_after_the_shift() -> None:
    assert codes(route((1, 8 * HOUR_S + 1200))) == [("SHIFT", 1, 600)]
    assert codes(route((1, 17 * HOUR_S))) == [("SHIFT", None, 1800)]


def test_missing_break() -> None:
    assert codes(route((1, NINE), pause=None)) == [("BREAK_MISSING", None, 1)]


def test_break_outside_its_window() -> None:
    assert codes(route((1, NINE), pause=11 * HOUR_S)) == [("BREAK_WINDOW", None, 1800)]
    assert codes(route((1, NINE), pause=13 * HOUR_S + 60)) == [("BREAK_WINDOW", None, 60)]


def test_break_outside_the_shift() -> None:
    short = day()
    short.request["vehicles"][0]["time_window"] = [8 * HOUR_S, 12 * HOUR_S + 1800]
    found = score(short, [route((1, NINE))]).violations
    assert [(violation.code, violation.over) for violation in found] == [("BREAK_SHIFT", 1800)]


def test_break_during_a_service() -> None:
    assert codes(route((1, NOON - 1800))) == [("BREAK_OVERLAP", 1, 1800)]
