"""The checker knows from the scenario which ways are slow, and times every drive by itself."""

from typing import Any

import pytest

from optimizer.checker import check_plan
from optimizer.checker.drives import travel_seconds
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, TravelLeg
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowHours
from tests.unit.checker.sound import SCENARIO, data, day, plan, snapshot
from tests.unit.checker.test_drives import LEGS, SHANGHAI, percent, travelled
from tests.unit.far_day import far_day, far_document, line, traveller
from tests.unit.rules.build import at, job, north
from tests.unit.slow_day import NO_REST, jam, slow_day, slow_document, with_areas

AFTERNOON = jam(start=at("14:00"), end=at("15:00"))
"""Slow around J1 when nobody is on the way."""
SLOW = with_areas(SCENARIO, AFTERNOON)


def found(made: Plan, scenario: Scenario = SLOW) -> list[Finding]:
    return [finding for finding in check_plan(scenario, made) if finding.code == "TRAVEL"]


def legs(*slow: SlowHours) -> tuple[TravelLeg, ...]:
    """Return the sound day's travel data with these slow hours on the two ways that touch J1."""
    return (*(one.model_copy(update={"slow_hours": slow}) for one in LEGS[:2]), LEGS[2])


def test_a_plan_that_says_all_slow_hours_is_sound() -> None:
    assert found(travelled(*legs(AFTERNOON.hours))) == []
    assert check_plan(slow_day(), slow_document().plan) == ()


def test_a_plan_that_does_not_know_of_the_area_is_found() -> None:
    first, second = found(travelled(*LEGS))
    assert "from branch:B1 to job:J1 does not take 200 % of its time in the slow area jam" in first.sentence
    assert "from job:J1 to job:J2" in second.sentence
    assert (first.measured, first.limit, first.unit) == (1, 0, "slow areas")


@pytest.mark.parametrize(
    "other", [{"percent": 199}, {"start": at("13:00")}, {"end": at("16:00")}, {"area": "jam 2"}]
)
def test_other_hours_than_the_areas_are_found(other: dict[str, Any]) -> None:
    wrong = AFTERNOON.hours.model_copy(update=other)
    assert len(found(travelled(*legs(wrong)))) == 4  # on two ways: not the one, and something else


def test_slow_hours_where_there_is_no_area_are_found() -> None:
    (finding,) = found(
        travelled(*legs(AFTERNOON.hours)[:2], LEGS[2].model_copy(update={"slow_hours": (AFTERNOON.hours,)}))
    )
    assert "from job:J2 to branch:B1 is slow in jam, but the scenario does not say so" in finding.sentence


def test_an_area_named_twice_is_found() -> None:
    assert len(found(travelled(*legs(AFTERNOON.hours, AFTERNOON.hours)))) == 2


def test_drives_must_take_their_slow_time() -> None:
    # The sound day drives to J1 from 09:00 to 09:10 and on from 10:10, 200 s: both within the hours of the jam.
    morning = with_areas(SCENARIO, jam())
    findings = found(travelled(*legs(jam().hours)), morning)
    assert [(one.job_id, one.measured, one.limit) for one in findings] == [
        ("J1", 600, 1200),
        ("J2", 200, 400),
    ]


def test_trains_are_slow_nowhere() -> None:
    of = with_areas(far_day(), jam(centre=north(0)))
    made = far_document(of).plan
    assert check_plan(of, made) == ()
    way = made.travel.legs[0]
    assert way.rides
    assert way.slow_hours == ()
    slow = way.model_copy(update={"slow_hours": (jam().hours,)})
    signed = made.model_copy(
        update={"travel": snapshot(slow, *made.travel.legs[1:], source=made.travel.source)}
    )
    assert any("is slow in jam" in one.sentence for one in found(signed, of))


def test_local_ways_of_who_goes_by_train_are_slow() -> None:
    day = far_day([line()], [job(place=north(10))])
    day = day.model_copy(update={"technicians": (traveller(shifts=(NO_REST,)),)})
    of = with_areas(day, jam(centre=north(0)))
    made = far_document(of).plan
    assert check_plan(of, made) == ()
    (shift,) = made.shifts
    # 10 km at 10 m a second: 1,000 s, from 09:00 on twice as long; back from 10:33:20 on: 1,600 s of driving make
    # 800 s of the way until 11:00, the other 200 s are as usual
    assert (shift.stops[0].leg.travel_s, shift.last_leg.travel_s) == (2000, 1800)


def test_drives_into_and_out_of_slow_hours() -> None:
    slow = data("a", "b", 1800, slow_hours=(jam().hours,))
    # 07:50: 600 s as usual, the other 1,200 s of the way take 2,400 s
    assert travel_seconds(slow, at("07:50"), SHANGHAI) == 600 + 2400
    # 10:40: 1,200 s make 600 s of the way, the other 1,200 s are as usual
    assert travel_seconds(slow, at("10:40"), SHANGHAI) == 1200 + 1200
    assert travel_seconds(slow, at("11:00"), SHANGHAI) == 1800


def test_speeds_by_hour_and_several_areas() -> None:
    hours = (jam().hours, jam(name="storm", percent=300, start=at("10:00"), end=at("12:00")).hours)
    slow = data("a", "b", 1800, hour_percent=percent(h9=50), slow_hours=hours)
    # 09:00 to 10:00 at 25 % make 90,000 of 180,000 units; at 10:00 the storm counts: 33 % make the rest in 2,727.3 s
    assert travel_seconds(slow, at("09:00"), SHANGHAI) == 3600 + 2728


def test_nobody_stands_still_for_ever() -> None:
    # 3 % is slower than any profile's hour, and a tenth of it is rounded down to nothing: 1 % is the least.
    slow = data("a", "b", 10, hour_percent=(3,) * 24, slow_hours=(jam(percent=1000).hours,))
    assert travel_seconds(slow, at("08:00"), SHANGHAI) == 1000


def test_a_plan_without_areas_is_as_sound_as_ever() -> None:
    assert found(plan(day()), SCENARIO) == []
