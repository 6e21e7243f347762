"""What rules with a deadline share, and how they put amounts into words."""

from datetime import timedelta

import pytest

from optimizer.domain.time import Timeline
from optimizer.rules.draft import LateStep
from optimizer.rules.lateness import horizon_end_s, lateness_cents
from optimizer.rules.words import clock, money, span
from tests.unit.rules.build import DAY, ZONE, at, scenario

TIMELINE = Timeline(DAY, ZONE)


@pytest.mark.parametrize(
    ("over_s", "cents"),
    [(0, 0), (1, 100), (17, 100), (18, 101), (3600, 200), (7200, 300), (7201, 340), (10_800, 465)],
)
def test_steps_add_up_and_each_is_rounded_half_up(over_s: int, cents: int) -> None:
    # from 09:00: 100 + 100 an hour (18 s → 0.5 → 1); from 11:00 another 40 + 25 an hour
    steps = (LateStep(at("09:00"), 100, 100), LateStep(at("11:00"), 40, 25))
    assert lateness_cents(steps, TIMELINE.seconds(at("09:00")) + over_s, TIMELINE) == cents


def test_horizon_ends_at_midnight_after_its_last_day() -> None:
    assert horizon_end_s(scenario(days=3), TIMELINE) == 3 * 86_400


def test_horizon_with_a_change_of_clocks() -> None:
    # Berlin, 29 March 2026: the clocks go from 02:00 to 03:00
    day = DAY.replace(month=3, day=29)
    of = scenario().model_copy(
        update={
            "time_zone": "Europe/Berlin",
            "horizon": scenario().horizon.model_copy(update={"first_day": day}),
        }
    )
    assert horizon_end_s(of, Timeline(day, "Europe/Berlin")) == 23 * 3600


def test_words() -> None:
    assert [money(cents) for cents in (0, 5, 123_456, -150)] == [
        "0.00 yuan",
        "0.05 yuan",
        "1234.56 yuan",
        "-1.50 yuan",
    ]
    assert [span(seconds) for seconds in (0, 5, 60, 90, 3600, 7265)] == [
        "0 s",
        "5 s",
        "1 min",
        "1 min 30 s",
        "1 h 00 min",
        "2 h 01 min 5 s",
    ]
    assert clock(at("09:05")) == "2026-07-15 09:05"
    assert clock(at("09:05") + timedelta(seconds=7)) == "2026-07-15 09:05:07"
