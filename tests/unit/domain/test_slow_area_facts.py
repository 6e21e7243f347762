from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area_facts import slow_area_facts
from optimizer.domain.travel import SpeedBand, SpeedProfile
from optimizer.domain.validation import validate_scenario
from tests.unit.rules.build import at, scenario
from tests.unit.slow_day import jam, slow_day, with_areas
from tests.unit.travel.test_slow_areas import EVENING, rings


def issues(of: Scenario) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in slow_area_facts(of)]


def test_sound_areas_have_no_issue() -> None:
    assert validate_scenario(slow_day()) == ()
    assert validate_scenario(scenario()) == ()


def test_every_mistake_of_an_area_is_named_at_once() -> None:
    of = slow_day(
        jam(),
        jam(start=at("10:20"), end=at("12:00") + timedelta(seconds=0.5)),
        jam(name="storm", start=at("11:00"), end=at("08:00")),
        jam(name="rain", start=at("11:00"), end=at("11:00")),
    )
    assert issues(of) == [
        ("duplicate-slow-area", "travel.slow_areas[1].name"),
        ("not-on-the-hour", "travel.slow_areas[1].start"),
        ("not-on-the-hour", "travel.slow_areas[1].end"),
        ("unordered", "travel.slow_areas[2].end"),
        ("unordered", "travel.slow_areas[3].end"),
    ]
    assert set(issues(of)) <= {(one.code, one.path) for one in validate_scenario(of)}
    first = next(one for one in slow_area_facts(of) if one.path.endswith("start"))
    assert first.cause == "10:20:00 is between two hours of the clock; slow areas begin and end on the hour."
    assert first.action == "Give 10:00 or the next hour."


def test_hours_are_those_of_the_local_clock() -> None:
    in_india = slow_day().model_copy(update={"time_zone": "Asia/Kolkata"})  # 08:00 in Shanghai is 05:30 there
    assert [code for code, _ in issues(in_india)] == ["not-on-the-hour"] * 2
    local = jam(start=datetime(2026, 7, 15, 2, 30, tzinfo=UTC), end=datetime(2026, 7, 15, 5, 30, tzinfo=UTC))
    assert issues(with_areas(in_india, local)) == []


def test_more_kinds_of_ways_than_can_be_told_apart() -> None:
    assert issues(rings(22)) == []  # 254 kinds
    (issue,) = slow_area_facts(rings(23))
    assert (issue.code, issue.path) == ("too-many-slow-areas", "travel.slow_areas")
    assert "over 256 kinds of ways, those by speeds 1 times" in issue.cause
    (issue,) = slow_area_facts(in_traffic(rings(11)))
    assert (
        "67 kinds of ways, those by speeds 4 times" in issue.cause
    )  # 1 + 11 + 55 kinds; three bands, and ways by lines
    assert issues(in_traffic(rings(9))) == []  # 46 × 4


def in_traffic(of: Scenario) -> Scenario:
    """Return the scenario with three bands of speeds by hour."""
    bands = tuple(SpeedBand(up_to_km=km, kmh=36, hour_percent=EVENING) for km in (5, 20, 99))
    travel = of.travel.model_copy(update={"profiles": {"car": SpeedProfile(bands=bands)}})
    return of.model_copy(update={"travel": travel})


@pytest.mark.parametrize("facts", [{"percent": 100}, {"percent": 1001}, {"radius_km": 0}, {"name": ""}])
def test_what_is_no_slow_area(facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        jam(**facts)
