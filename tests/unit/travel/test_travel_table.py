import pytest

from optimizer.domain.place import Place
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.errors import TravelUnavailable
from optimizer.travel import ROUTERS, travel_table
from tests.unit.rules.build import job, north, scenario, technician

GIVEN = Matrix(places=("job:J1", "branch:B1"), seconds=((0, 5), (6, 0)), metres=((0, 50), (60, 0)))


def with_travel(of: Scenario, travel: Travel) -> Scenario:
    return of.model_copy(update={"travel": travel})


def test_rows_stand_in_the_order_of_the_place_book() -> None:
    home = technician(technician_id="T2", home=north(3), starts_from="home")
    day = scenario(technicians=(technician(), home), jobs=(job(), job(job_id="J2", place=north(12))))
    table = travel_table(day)
    assert table.places == tuple(place_book(day)) == ("branch:B1", "home:T2", "job:J1", "job:J2")
    # 36 km/h without detour is 10 m a second: branch to home 3 km, J1 6 km, J2 12 km
    assert table.legs["car"].base_s[0].tolist() == [0, 300, 600, 1200]
    assert table.legs["car"].metres[0].tolist() == [0, 3000, 6000, 12000]


def test_two_jobs_at_one_point_stay_two_rows() -> None:
    table = travel_table(scenario(jobs=(job(), job(job_id="J2"))))
    assert table.places == ("branch:B1", "job:J1", "job:J2")
    assert table.legs["car"].base_s[1:, 1:].tolist() == [[0, 0], [0, 0]]


def test_only_means_in_use_are_computed() -> None:
    rider = technician(technician_id="T2", means="motorcycle")
    day = with_travel(scenario(technicians=(technician(), rider)), Travel())
    assert set(travel_table(day).legs) == {"car", "motorcycle"}
    assert set(travel_table(with_travel(scenario(), Travel())).legs) == {"car"}


def test_nobody_at_work_needs_no_travel() -> None:
    table = travel_table(scenario(technicians=()))
    assert table.legs == {}
    assert table.warnings == ()


def test_a_given_matrix_goes_before_the_speeds() -> None:
    table = travel_table(with_travel(scenario(), Travel(matrices={"car": GIVEN})))
    assert table.places == ("branch:B1", "job:J1")
    assert table.legs["car"].base_s.tolist() == [[0, 6], [5, 0]]
    assert table.source == "given matrices"
    assert table.warnings == ()


def test_a_table_of_both_sources_says_so() -> None:
    rider = technician(technician_id="T2", means="motorcycle")
    day = scenario(technicians=(technician(), rider))
    table = travel_table(with_travel(day, Travel(matrices={"car": GIVEN})))
    assert table.source == "given matrices and great circle"
    assert len(table.warnings) == 1


def test_estimates_are_announced_as_estimates() -> None:
    table = travel_table(scenario())
    assert table.source == "great circle"
    assert "estimates" in table.warnings[0]


def test_a_means_nobody_knows_is_refused() -> None:
    rider = technician(means="motorcycle")
    with pytest.raises(TravelUnavailable, match=r"travel\.profiles\.motorcycle"):
        travel_table(scenario(technicians=(rider,)))  # the plain test travel knows cars only


def test_map_coordinates_are_turned_into_gps_coordinates_first() -> None:
    # The shift of Chinese maps differs between two places, so it changes their distance a little.
    far = job(place=Place(lat=29.4, lon=113.1))
    metres = travel_table(scenario(jobs=(far,))).legs["car"].metres[0, 1]
    on_map = scenario(jobs=(far,)).model_copy(update={"coordinate_system": "GCJ-02"})
    shifted = travel_table(on_map).legs["car"].metres[0, 1]
    assert shifted != metres
    assert abs(int(shifted) - int(metres)) < 1000


def test_the_arrays_cannot_be_changed() -> None:
    table = travel_table(scenario())
    with pytest.raises(ValueError, match="read-only"):
        table.legs["car"].base_s[0, 0] = 1


def test_the_tuple_of_routers_is_complete() -> None:
    assert [router.name for router in ROUTERS] == ["given matrices", "lines", "roads", "great circle"]


def test_congested_speeds_reach_the_table() -> None:
    evening = (100,) * 17 + (50,) * 2 + (100,) * 5
    bands = (SpeedBand(up_to_km=100, kmh=36, hour_percent=evening),)
    table = travel_table(
        with_travel(scenario(), Travel(profiles={"car": SpeedProfile(detour=1, bands=bands)}))
    )
    assert table.legs["car"].hour_percent[table.legs["car"].band[0, 1], 17] == 50
