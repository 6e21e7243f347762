from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.congestion import arrival, latest_departure

HOUR = 3600
FREE = (100,) * 24
EVENING = (100,) * 17 + (50, 50) + (100,) * 5  # half speed from 17:00 to 19:00

percents = st.lists(st.integers(10, 200), min_size=24, max_size=24)
moments = st.integers(0, 26 * HOUR)
lengths = st.integers(0, 3 * HOUR)


def test_without_congestion_the_leg_takes_its_base_time() -> None:
    assert arrival(9 * HOUR, 1234, FREE) == 9 * HOUR + 1234


def test_a_leg_within_a_slow_hour_takes_twice_as_long() -> None:
    assert arrival(17 * HOUR, 600, EVENING) == 17 * HOUR + 1200


def test_a_leg_into_a_slow_hour_is_slow_only_from_then_on() -> None:
    # 16:55 + 600 s of driving: 300 s until 17:00 at full speed, the other 300 s take 600 s.
    assert arrival(17 * HOUR - 300, 600, EVENING) == 17 * HOUR + 600


def test_arrival_is_the_first_whole_second() -> None:
    # 60 % makes 60 units a second; 100 s need 10,000 units, 166 s make 9,960, so it is the 167th second.
    assert arrival(0, 100, (60,) * 24) == 167


def test_after_midnight_the_hours_start_again() -> None:
    early = (200,) + (100,) * 23
    # 23:50 + 1,800 s: 600 s until midnight, the other 1,200 s take 600 s at double speed.
    assert arrival(24 * HOUR - 600, 1800, early) == 24 * HOUR + 600


def test_nowhere_takes_no_time() -> None:
    assert arrival(500, 0, EVENING) == 500
    assert latest_departure(500, 0, EVENING) == 500


@settings(max_examples=60, deadline=None)
@given(early=moments, wait=st.integers(0, HOUR), base_s=lengths, hour_percent=percents)
def test_who_leaves_later_never_arrives_earlier(
    early: int, wait: int, base_s: int, hour_percent: list[int]
) -> None:
    assert arrival(early, base_s, hour_percent) <= arrival(early + wait, base_s, hour_percent)


@settings(max_examples=60, deadline=None)
@given(due=st.integers(12 * HOUR, 26 * HOUR), base_s=st.integers(0, HOUR), hour_percent=percents)
def test_the_latest_departure_is_in_time_and_a_second_later_is_not(
    due: int, base_s: int, hour_percent: list[int]
) -> None:
    leaving = latest_departure(due, base_s, hour_percent)
    assert arrival(leaving, base_s, hour_percent) <= due
    assert arrival(leaving + 1, base_s, hour_percent) > due
