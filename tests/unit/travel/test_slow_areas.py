"""Slow areas in travel data: which ways they hold, whatever the times come from."""

import numpy as np
import pytest

from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.errors import TravelUnavailable
from optimizer.travel import LegMatrix, Roads, travel_table
from tests.unit.far_day import LOCAL, far_day, line
from tests.unit.rules.build import at, branch, job, north, scenario, technician
from tests.unit.slow_day import J2, jam, slow_day, with_areas
from tests.unit.travel.roads.stub_roads import StubRoads

EVENING = (100,) * 17 + (50,) * 2 + (100,) * 5
GIVEN = Matrix(
    places=("branch:B1", "job:J1", "job:J2"),
    seconds=((0, 600, 1200), (600, 0, 600), (1200, 600, 0)),
    metres=((0, 6000, 12000), (6000, 0, 6000), (12000, 6000, 0)),
)


def by_car(of: Scenario, roads: Roads | None = None) -> LegMatrix:
    return travel_table(of, roads).legs["car"]


def names(legs: LegMatrix) -> list[list[tuple[str, ...]]]:
    """Return for every leg the names of the slow areas that hold it."""
    rows = range(len(legs.base_s))
    return [[tuple(one.area for one in legs.slow(a, b)) for b in rows] for a in rows]


def test_ways_that_start_or_end_there_are_slow_and_no_others() -> None:
    legs = by_car(slow_day())  # rows: branch, J1, J2; the area lies around J1
    assert names(legs) == [[(), ("jam",), ()], [("jam",)] * 3, [(), ("jam",), ()]]
    assert legs.slow(0, 1) == (jam().hours,)
    assert legs.speeds(0, 1) == legs.speeds(0, 2) == ()
    usual = by_car(with_areas(slow_day()))
    assert np.array_equal(legs.base_s, usual.base_s)
    assert np.array_equal(legs.metres, usual.metres)


def test_the_edge_is_in_the_area() -> None:
    assert names(by_car(slow_day(jam(centre=north(5)))))[0][1] == ("jam",)
    assert names(by_car(slow_day(jam(centre=north(5), radius_km=0.99))))[0][1] == ()


def test_a_way_between_two_areas_is_in_both() -> None:
    more = (jam(), jam(name="storm", centre=north(12)), jam(name="far", centre=north(90)))
    assert names(by_car(slow_day(*more))) == [
        [(), ("jam",), ("storm",)],
        [("jam",), ("jam",), ("jam", "storm")],
        [("storm",), ("jam", "storm"), ("storm",)],
    ]


def test_speeds_by_hour_stay_what_they_are() -> None:
    bands = (SpeedBand(up_to_km=7, kmh=36, hour_percent=EVENING), SpeedBand(up_to_km=99, kmh=36))
    travel = Travel(profiles={"car": SpeedProfile(detour=1, bands=bands)}, slow_areas=(jam(),))
    legs = by_car(slow_day().model_copy(update={"travel": travel}))
    assert names(legs) == names(by_car(slow_day()))
    assert [legs.speeds(0, 1)[17], legs.speeds(0, 2)[17], legs.speeds(1, 2)[17]] == [50, 100, 50]


def test_given_matrices_are_slow_too() -> None:
    travel = Travel(matrices={"car": GIVEN}, slow_areas=(jam(),))
    legs = by_car(slow_day().model_copy(update={"travel": travel}))
    assert names(legs) == names(by_car(slow_day()))
    assert legs.base_s.tolist() == [list(row) for row in GIVEN.seconds]


def test_roads_are_slow_too() -> None:
    assert names(by_car(slow_day(), Roads(StubRoads(seconds=1000)))) == names(by_car(slow_day()))


def test_every_means_is_slow() -> None:
    people = (technician(), technician(technician_id="T2", means="motorcycle"))
    day = with_areas(scenario(people, (job(), J2)).model_copy(update={"travel": Travel()}), jam())
    found = travel_table(day).legs
    assert names(found["car"]) == names(found["motorcycle"]) == names(by_car(slow_day()))


def test_trains_are_not_slow_but_local_ways_are() -> None:
    near = job(job_id="J2", place=north(10))
    of = far_day([line()], [job(place=north(300)), near], LOCAL)
    legs = travel_table(with_areas(of, jam(centre=north(0)))).legs["long_distance"]
    assert legs.rides(0, 1)
    assert not legs.rides(0, 2)
    assert legs.slow(0, 1) == ()
    assert legs.slow(0, 2) == (jam(centre=north(0)).hours,)


def test_map_coordinates_are_compared_as_they_stand() -> None:
    on_map = slow_day(jam(radius_km=0.01)).model_copy(update={"coordinate_system": "BD-09"})
    assert names(by_car(on_map))[0][1] == ("jam",)


def test_areas_without_a_place_change_nothing() -> None:
    legs, usual = by_car(slow_day(jam(centre=Place(lat=0, lon=0)))), by_car(with_areas(slow_day()))
    assert legs.slow_hours == ()
    assert legs.band.size == usual.band.size == 0


def rings(number: int) -> Scenario:
    """Return a scenario of so many jobs, each in a slow area of its own."""
    jobs = [job(job_id=f"J{i}", place=north(10 * i + 10)) for i in range(number)]
    areas = [SlowArea(**{**dict(jam()), "name": f"A{i}", "centre": one.place}) for i, one in enumerate(jobs)]
    return with_areas(scenario(branches=(branch(),), jobs=jobs), *areas)


def test_more_kinds_of_ways_than_can_be_told_apart_are_refused() -> None:
    # n areas apart: ways in none, in one, or between two of them are 1 + n + n (n - 1) / 2 kinds
    assert len(by_car(rings(22)).slow_hours) == 1 + 22 + 231
    with pytest.raises(TravelUnavailable, match="277 kinds of ways"):
        travel_table(rings(23))


def test_hours_of_areas_are_told_apart_from_one_another() -> None:
    later = jam(name="later", start=at("14:00"), end=at("15:00"), percent=150)
    assert by_car(slow_day(jam(), later)).slow(0, 1) == (jam().hours, later.hours)
