"""The clock: times of any kind come near 0, and nothing is lost by it."""

import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.vroom.clock import LATEST, Clock, clock_of
from optimizer.interchange.vroom.read import read_request
from tests.unit.interchange.vroom.samples import Json, two_jobs

NOON = 1_767_268_800
"""2026-01-01 12:00 UTC."""


def clock(request: Json) -> Clock:
    asked = read_request(request)
    return clock_of(asked.request, asked.legs)


def test_the_origin_is_the_earliest_working_hour() -> None:
    assert clock(two_jobs(time_window=[NOON, NOON + 3600])).origin == NOON
    assert clock(two_jobs()).origin == 0


def test_unlimited_hours_begin_before_the_first_window_by_all_the_work() -> None:
    request = two_jobs(breaks=[{"id": 1, "service": 300}])
    request["jobs"][0]["time_windows"] = [[NOON, NOON + 60], [NOON + 90, NOON + 99]]
    # On site 10 + 5, the break 300, and three drives of at most 200 + 1: 918 s before the first window closes.
    assert clock(request).origin == NOON + 60 - 918


def test_windows_are_cut_at_the_origin_and_after_17_years() -> None:
    assert Clock(100).windows([(500, 2**32 - 1), (90, 110), (0, 99)]) == [(0, 10), (400, LATEST)]
    assert Clock(100).windows(()) == [(0, LATEST)]


def test_times_17_years_apart_are_refused() -> None:
    request = two_jobs()
    request["jobs"][0]["time_windows"] = [[0, 60]]
    request["jobs"][1]["time_windows"] = [[NOON, NOON + 60]]
    with pytest.raises(InvalidInput) as caught:
        clock(request)
    assert [issue.code for issue in caught.value.issues] == ["times-too-far-apart"]
