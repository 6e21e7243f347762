from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from optimizer.checker import check_plan
from optimizer.checker.drives import travel_seconds
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, TravelLeg
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, Travel
from tests.unit.checker.sound import SCENARIO, data, day, leg, moved, plan, snapshot
from tests.unit.rules import build

ALL_DAY = (100,) * 24
SHANGHAI = ZoneInfo("Asia/Shanghai")


def found(made: Plan, scenario: Scenario = SCENARIO) -> list[Finding]:
    return [finding for finding in check_plan(scenario, made) if finding.code == "TRAVEL"]


def travelled(*legs: TravelLeg) -> Plan:
    return plan(day()).model_copy(update={"travel": snapshot(*legs)})


def percent(**hours: int) -> tuple[int, ...]:
    return tuple(hours.get(f"h{hour}", 100) for hour in range(24))


LEGS = plan(day()).travel.legs


def test_a_wrong_hash_is_found() -> None:
    made = plan(day())
    (finding,) = found(
        made.model_copy(update={"travel": made.travel.model_copy(update={"source": "hearsay"})})
    )
    assert "hash" in finding.sentence


def test_a_drive_without_data_is_found() -> None:
    (finding,) = found(travelled(*LEGS[1:]))
    assert (finding.job_id, finding.unit, finding.over) == ("J1", "legs", 1)


def test_a_leg_said_twice_is_found() -> None:
    (finding,) = found(travelled(*LEGS, LEGS[0]))
    assert (finding.measured, finding.limit) == (2, 1)


def test_a_drive_shorter_in_time_or_way_is_found() -> None:
    one, two = day().stops
    fast = moved(
        one, leg=leg("branch:B1", "job:J1", "09:01", "09:10")
    )  # 540 s and 5400 m instead of 600 s, 6 km
    made = plan(day(stops=(fast, two), departure=build.at("09:01")))
    assert [(finding.unit, finding.over) for finding in found(made)] == [("m", 600), ("s", 60)]


def test_seconds_that_do_not_add_up_are_found() -> None:
    one, two = day().stops
    odd = moved(one, leg=one.leg.model_copy(update={"departure": build.at("09:02")}))
    (finding,) = found(plan(day(stops=(odd, two), departure=build.at("09:02"))))
    assert (finding.measured, finding.limit, finding.over) == (480, 600, 120)


def test_no_road_is_shorter_than_the_straight_line() -> None:
    # J1 is 6 km away: 0.98 × 6000 m - 1 m = 5879 m at least
    short = data("branch:B1", "job:J1", 600, distance_m=5000)
    findings = [finding for finding in found(travelled(short, *LEGS[1:])) if "straight" in finding.sentence]
    assert [finding.over for finding in findings] == [pytest.approx(879, abs=1)]


def test_no_drive_is_faster_than_its_profile() -> None:
    # 6 km at 36 km/h are 600 s; a metre (0.1 s) and a second are tolerated
    fast = data("branch:B1", "job:J1", 598, distance_m=6000)
    findings = [
        finding for finding in found(travelled(fast, *LEGS[1:])) if "highest speed" in finding.sentence
    ]
    assert [finding.over for finding in findings] == [pytest.approx(0.9)]


def test_given_matrices_are_kept() -> None:
    given = Matrix(
        places=("branch:B1", "job:J1", "job:J2", "job:J3"),
        seconds=((0, 600, 0, 0), (0, 0, 200, 0), (800, 0, 0, 0), (0, 0, 0, 0)),
        metres=((0, 6000, 0, 0), (0, 0, 2000, 0), (8000, 0, 0, 0), (0, 0, 0, 0)),
    )
    scenario = SCENARIO.model_copy(update={"travel": Travel(matrices={"car": given})})
    assert found(plan(day(), scenario=scenario), scenario) == []
    other = given.model_copy(update={"metres": ((0, 6001, 0, 0), *given.metres[1:])})
    scenario = SCENARIO.model_copy(update={"travel": Travel(matrices={"car": other})})
    (finding,) = found(plan(day(), scenario=scenario), scenario)
    assert (finding.measured, finding.limit, finding.unit) == (6000, 6001, "m")


@pytest.mark.parametrize("speeds", [(100,) * 23, (100,) * 23 + (0,)])
def test_speeds_by_hour_are_24_above_zero(speeds: tuple[int, ...]) -> None:
    broken = data("branch:B1", "job:J1", 600, hour_percent=speeds)
    (finding,) = found(travelled(broken, *LEGS[1:]))
    assert (finding.measured, finding.limit) == (23, 24)


def test_a_drive_in_the_jam_takes_longer() -> None:
    jam = data("branch:B1", "job:J1", 600, hour_percent=percent(h9=50))
    made = travelled(jam, *LEGS[1:])
    (band,) = SCENARIO.travel.profiles["car"].bands
    profile = SCENARIO.travel.profiles["car"].model_copy(
        update={"bands": (band.model_copy(update={"hour_percent": percent(h9=50)}),)}
    )
    slow = SCENARIO.model_copy(update={"travel": Travel(profiles={"car": profile})})
    findings = [finding for finding in found(made, slow) if finding.job_id == "J1"]
    assert [(finding.measured, finding.limit) for finding in findings] == [(600, 1200)]


def test_speeds_by_hour_are_those_of_a_band() -> None:
    # all day as fast as anybody can tell, but the profile has no jam and no empty roads
    assert found(travelled(data("branch:B1", "job:J1", 600, hour_percent=ALL_DAY), *LEGS[1:])) == []
    made_up = data("branch:B1", "job:J1", 600, hour_percent=percent(h3=200))
    (finding,) = found(travelled(made_up, *LEGS[1:]))
    assert "no band of the profile" in finding.sentence


def test_without_congestion_a_drive_takes_its_base_time() -> None:
    assert travel_seconds(data("a", "b", 77), build.at("08:00"), SHANGHAI) == 77
    assert travel_seconds(data("a", "b", 77, hour_percent=ALL_DAY), build.at("08:00"), SHANGHAI) == 77
    assert travel_seconds(data("a", "b", 0, hour_percent=percent(h8=10)), build.at("08:00"), SHANGHAI) == 0


def test_a_drive_out_of_the_jam() -> None:
    # 180,000 units: 1,200 s at 50 until 09:00 make 60,000; the other 120,000 take 1,200 s at 100
    out = data("a", "b", 1800, hour_percent=percent(h8=50))
    assert travel_seconds(out, build.at("08:40"), SHANGHAI) == 2400


def test_a_drive_is_over_at_the_first_whole_second() -> None:
    # 10,000 units at 30 a second: 333.3 s
    slow = data("a", "b", 100, hour_percent=(30,) * 24)
    assert travel_seconds(slow, build.at("08:00"), SHANGHAI) == 334
    # exactly at the hour: 3,600 s at 50 are 180,000 units
    exact = data("a", "b", 1800, hour_percent=percent(h8=50, h9=1))
    assert travel_seconds(exact, build.at("08:00"), SHANGHAI) == 3600


def test_the_hours_are_local() -> None:
    # 03:45 UTC is 09:15 in Kolkata: 2,700 s at 50 make 135,000 of 180,000 units, 450 s at 100 the rest
    jam = data("a", "b", 1800, hour_percent=percent(h9=50))
    assert travel_seconds(jam, datetime(2026, 7, 15, 3, 45, tzinfo=UTC), ZoneInfo("Asia/Kolkata")) == 3150


def test_an_hour_that_comes_twice_counts_twice() -> None:
    # Berlin, 2026-10-25, 02:30 summer time: 1,800 s and then the second 02:00 to 03:00, 3,600 s, at 50 make
    # 270,000 of 360,000 units; the other 90,000 take 900 s at 100
    jam = data("a", "b", 3600, hour_percent=percent(h2=50))
    leaving = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert travel_seconds(jam, leaving, ZoneInfo("Europe/Berlin")) == 1800 + 3600 + 900
