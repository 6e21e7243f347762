from typing import Any

import pytest

from optimizer.checker import check_plan
from optimizer.checker.line_legs import LineLegs
from optimizer.domain.assessment import Finding
from optimizer.domain.fingerprint import travel_sha256
from optimizer.domain.lines import Ride
from optimizer.domain.plan import TravelLeg
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, Travel
from tests.unit.far_day import FAR_LEG_M, FAR_LEG_S, FARE_CENTS, LOCAL, far_day, line, station
from tests.unit.rules.build import job, north, solved

THERE = Ride(line="G1", from_station="South", to_station="North")


def way(**facts: Any) -> TravelLeg:
    """Return the way to the far job as it is, with facts changed."""
    sound = TravelLeg(
        from_place="branch:B1",
        to_place="job:J1",
        means="long_distance",
        base_s=FAR_LEG_S,
        distance_m=FAR_LEG_M,
        fare_cents=FARE_CENTS,
        rides=(THERE,),
    )
    return sound.model_copy(update=facts)


def found(leg: TravelLeg, of: Scenario | None = None) -> list[tuple[float, float, str]]:
    day = far_day() if of is None else of
    findings: list[Finding] = list(LineLegs(day, place_book(day)).check(leg))
    assert {one.code for one in findings} <= {"TRAVEL"}
    return [(one.measured, round(one.limit), one.unit) for one in findings]


def test_a_sound_way_has_no_finding() -> None:
    assert found(way()) == []


def test_a_wrong_fare_is_found() -> None:
    assert found(way(fare_cents=FARE_CENTS - 1)) == [(11_999, 12_000, "cents")]


@pytest.mark.parametrize(("base_s", "limit"), [(FAR_LEG_S - 10, 8_298), (FAR_LEG_S + 10, 8_302)])
def test_a_wrong_time_is_found(base_s: int, limit: int) -> None:
    # each of the two local ways may be a metre and a second off: at 10 m a second 1.1 s, together 2.2 s
    assert found(way(base_s=base_s))[0] == (base_s, limit, "s")


def test_wrong_local_ways_are_found() -> None:
    # 4 km to the station and 4 km from it, a metre each for rounding
    assert found(way(distance_m=300_000)) == [(300_000, 8_002, "m")]


@pytest.mark.parametrize(
    "ride",
    [
        Ride(line="G2", from_station="South", to_station="North"),
        Ride(line="G1", from_station="South", to_station="Nowhere"),
        Ride(line="G1", from_station="South", to_station="South"),
    ],
)
def test_a_ride_that_does_not_go_is_found(ride: Ride) -> None:
    assert found(way(rides=(ride,))) == [(1, 0, "rides")]


def test_nobody_rides_a_one_way_line_back() -> None:
    back = way(
        from_place="job:J1",
        to_place="branch:B1",
        rides=(Ride(line="G1", from_station="North", to_station="South"),),
    )
    assert found(back) == []
    assert found(back, far_day([line(both_ways=False)])) == [(1, 0, "rides")]


def test_a_way_that_is_not_the_quickest_is_found() -> None:
    slow = line(
        "K9", stations=(station("South", 4), station("North", 296, minutes=200, fare_cents=FARE_CENTS))
    )
    by_slow = way(rides=(THERE.model_copy(update={"line": "K9"}),), base_s=FAR_LEG_S + 6_000)
    assert found(by_slow, far_day([slow, line()])) == [(14_300, 8_302, "s")]
    assert found(by_slow, far_day([slow])) == []


def test_a_local_way_pays_no_fare_and_is_left_for_a_quicker_line() -> None:
    near = far_day(jobs=[job(place=north(40))])
    local = way(rides=(), base_s=4_000, distance_m=40_000, fare_cents=0)
    assert found(local, near) == []
    assert found(local.model_copy(update={"fare_cents": 5}), near) == [(5, 0, "cents")]
    # a train of one minute from the branch to the job takes 25 min of waiting and 1 min
    beside = line(stations=(station("South", 0), station("North", 40, minutes=1)))
    assert found(local, far_day([beside], [job(place=north(40))])) == [(4_000, 1_560, "s")]


def test_lines_have_no_speeds_by_hour() -> None:
    assert found(way(hour_percent=(100,) * 24)) == []
    assert found(way(hour_percent=(50,) * 24)) == [(24, 0, "speeds")]


def test_only_long_distance_goes_by_lines() -> None:
    assert found(way(means="car")) == [(1, 0, "rides")]
    given = Matrix(places=("branch:B1", "job:J1"), seconds=((0, 7), (7, 0)), metres=((0, 70), (70, 0)))
    travel = Travel(profiles={"public_transport": LOCAL}, matrices={"long_distance": given})
    of = far_day([]).model_copy(update={"travel": travel})
    assert found(way(), of) == [(1, 0, "rides")]


def test_chinese_maps_stretch_local_ways_a_little() -> None:
    # 1 % of 8 km, and a metre for each of the two local ways
    of = far_day().model_copy(update={"coordinate_system": "GCJ-02"})
    assert found(way(distance_m=8_080, base_s=8_308), of) == []
    assert found(way(distance_m=8_090, base_s=8_308), of) == [(8_090, 8_082, "m")]


def test_a_plan_by_train_is_sound_and_a_cheaper_ticket_is_not() -> None:
    of = far_day()
    made = solved(of)
    assert [stop.job_id for shift in made.shifts for stop in shift.stops] == ["J1"]
    assert check_plan(of, made) == ()
    legs = tuple(leg.model_copy(update={"fare_cents": 1}) for leg in made.travel.legs)
    travel = made.travel.model_copy(update={"legs": legs, "sha256": travel_sha256(made.travel.source, legs)})
    findings = check_plan(of, made.model_copy(update={"travel": travel}))
    assert [(one.code, one.measured, one.limit) for one in findings] == [("TRAVEL", 1, FARE_CENTS)] * 2
