import pytest

from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.travel import Roads, travel_table
from tests.unit.rules.build import job, north, scenario, technician
from tests.unit.travel.roads.stub_roads import StubRoads

# By south to north the rows are branch:B1, job:J1 (6 km), job:J2 (12 km); so is the order of the points.
DAY = scenario(jobs=(job(), job(job_id="J2", place=north(12))))


def by_car(profile: SpeedProfile, of: Scenario = DAY) -> Scenario:
    return of.model_copy(update={"travel": Travel(profiles={"car": profile})})


def test_legs_are_what_the_roads_say() -> None:
    # 100 s, and one more for each row further on: there and back differ, and are kept apart.
    table = travel_table(DAY, Roads(StubRoads(seconds=1000)))
    assert table.legs["car"].base_s.tolist() == [[0, 1000, 1000], [1001, 0, 1001], [1002, 1002, 0]]
    assert table.legs["car"].metres[0].tolist() == [0, 20_000, 20_000]
    assert (table.source, table.warnings, table.road_warnings) == ("roads", (), ())


def test_without_roads_nothing_is_asked_and_nothing_changes() -> None:
    assert travel_table(DAY, None).source == "great circle"


def test_parking_is_added_on_roads_too() -> None:
    profile = SpeedProfile(bands=(SpeedBand(up_to_km=1000, kmh=36),), access_min=3)
    table = travel_table(by_car(profile), Roads(StubRoads(seconds=1000)))
    assert table.legs["car"].base_s[0].tolist() == [0, 1180, 1180]  # 1000 s and 3 minutes


def test_the_way_to_the_road_is_driven_at_the_slowest_band_and_counts_as_length() -> None:
    # 360 m at 36 km/h are 36 s; between two such places it counts at both ends.
    table = travel_table(DAY, Roads(StubRoads(seconds=1000, off_road_m={1: 360, 2: 360})))
    assert table.legs["car"].base_s[0].tolist() == [0, 1036, 1036]
    assert table.legs["car"].base_s[1, 2] == 1001 + 72
    assert table.legs["car"].metres[0, 1] == 20_360


def test_traffic_by_hour_slows_roads_by_the_band_of_their_length() -> None:
    evening = (100,) * 17 + (50,) + (100,) * 6
    bands = (SpeedBand(up_to_km=20, kmh=36), SpeedBand(up_to_km=1000, kmh=72, hour_percent=evening))
    table = travel_table(by_car(SpeedProfile(bands=bands)), Roads(StubRoads(seconds=1000)))
    legs = table.legs["car"]
    # 20,000 m from row 0 are in the first band, 20,001 m from row 1 in the second, though 6 km apart in a straight line
    assert [legs.hour_percent[legs.band[row, 2], 17] for row in (0, 1)] == [100, 50]


def test_a_pair_without_a_road_is_estimated_and_said() -> None:
    table = travel_table(DAY, Roads(StubRoads(seconds=1000, no_road=[(0, 2), (2, 0)])))
    assert table.legs["car"].base_s[0].tolist() == [0, 1000, 1200]  # 12 km at 10 m a second
    assert table.legs["car"].metres[0, 2] == 12_000
    assert table.source == "roads and great circle"
    (warning,) = table.road_warnings
    assert "2 of 6 drives by car have no road, such as from branch:B1 to job:J2" in warning


def test_when_the_source_fails_everything_is_estimated_and_said() -> None:
    table = travel_table(DAY, Roads(StubRoads(fails="it did not answer in time")))
    straight = travel_table(DAY)
    assert table.legs["car"].base_s.tolist() == straight.legs["car"].base_s.tolist()
    assert table.source == "great circle"
    (warning,) = table.road_warnings
    assert "(it did not answer in time): all drives by car are estimated from straight lines" in warning


def test_a_place_far_from_any_road_is_named() -> None:
    roads = StubRoads(seconds=1000, off_road_m={1: 999, 2: 2345})
    (warning,) = travel_table(DAY, Roads(roads)).road_warnings
    assert warning == "job:J2 (2.3 km) is far from any road for a car; check the coordinates."
    assert travel_table(DAY, Roads(roads, far_m=2345)).road_warnings == ()
    (warning,) = travel_table(DAY, Roads(roads, far_m=998)).road_warnings
    assert warning.startswith("job:J2 (2.3 km), job:J1 (1.0 km) are far")


def test_drives_that_no_vehicle_can_keep_to_are_not_used() -> None:
    # 20 km in 100 s are 720 km/h: somebody gives other units.
    table = travel_table(DAY, Roads(StubRoads(seconds=100)))
    assert table.source == "great circle"
    assert "faster than 200 km/h" in table.road_warnings[0]


def test_no_leg_is_shorter_than_the_straight_line_nor_faster_than_any_vehicle() -> None:
    # 0 m on the road between places 6 and 12 km apart: 6 km at 200 km/h are 108 s.
    table = travel_table(DAY, Roads(StubRoads(seconds=0, metres=0)))
    assert table.legs["car"].metres[0].tolist() == [0, 6000, 12_000]
    assert table.legs["car"].base_s[0].tolist() == [0, 108, 216]


def test_places_at_one_point_are_asked_for_once() -> None:
    roads = StubRoads(seconds=1000)
    many = scenario(jobs=(job(), job(job_id="J2"), job(job_id="J3", place=north(9))))
    table = travel_table(many, Roads(roads))
    assert roads.points == [3]
    assert table.legs["car"].base_s[1, 2] == 0
    assert table.legs["car"].base_s[1].tolist() == [1001, 0, 0, 1001]


def test_one_point_needs_no_roads() -> None:
    roads = StubRoads(fails="asked")
    table = travel_table(scenario(jobs=(job(place=north(0)),)), Roads(roads))
    assert (roads.asked, table.road_warnings) == (0, ())


def test_a_given_matrix_goes_before_the_roads() -> None:
    given = Matrix(places=("branch:B1", "job:J1"), seconds=((0, 5), (6, 0)), metres=((0, 6000), (6000, 0)))
    roads = StubRoads()
    day = scenario().model_copy(update={"travel": Travel(matrices={"car": given})})
    assert travel_table(day, Roads(roads)).source == "given matrices"
    assert roads.asked == 0


def test_who_does_not_go_by_roads_is_estimated() -> None:
    rider = technician(technician_id="T2", means="motorcycle")
    day = scenario((technician(), rider)).model_copy(update={"travel": Travel()})
    table = travel_table(day, Roads(StubRoads(seconds=1000)))
    assert table.source == "roads and great circle"
    assert table.road_warnings == ()
    assert len(table.warnings) == 1


def test_map_coordinates_are_asked_for_as_gps_coordinates(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    class Watching(StubRoads):
        def table(self, means, points):  # type: ignore[no-untyped-def]
            seen.extend(points.lon.tolist())
            return super().table(means, points)

    on_map = DAY.model_copy(update={"coordinate_system": "GCJ-02"})
    travel_table(on_map, Roads(Watching(seconds=1000)))
    assert all(
        0.001 < 112.98 - lon < 0.02 for lon in seen
    )  # Chinese maps draw Changsha some 500 m further east
