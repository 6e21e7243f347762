import math

from optimizer.control import Iterations
from optimizer.domain.plan import Plan
from optimizer.domain.route_shape import ShapeKey, ShapePoint
from optimizer.planning import plan_scenario
from optimizer.travel import Roads
from optimizer.travel.roads.osrm_http import OsrmServer
from optimizer.travel.roads.route_shapes import route_shapes, simplified
from tests.unit.rules.build import job, north, scenario
from tests.unit.travel.roads.fake_osrm import fake_osrm
from tests.unit.travel.roads.stub_roads import StubRoads

DAY = scenario(jobs=(job(), job(job_id="J2", place=north(9))))
METRE = 1 / 111_195  # in degrees of latitude


def planned(roads: Roads | None) -> Plan:
    return plan_scenario(DAY, stop=Iterations(0), engine="greedy", roads=roads).plan


def test_every_drive_has_its_line_from_place_to_place() -> None:
    with fake_osrm() as fake:
        roads = Roads(OsrmServer(fake.url, {"car": "driving"}))
        plan = planned(roads)
        shapes = route_shapes(DAY, plan, roads)
    assert shapes.keys() == {ShapeKey(leg.means, leg.from_place, leg.to_place) for leg in plan.travel.legs}
    (line,) = (line for key, line in shapes.items() if key.from_place == "branch:B1")
    far = {stop.leg.to_place: stop for stop in plan.shifts[0].stops}
    assert line[0] == ShapePoint(lat=28.2, lon=112.98)
    assert line[-1].lat == round(north(6 if next(iter(far)) == "job:J1" else 9).lat, 6)


def test_a_plan_from_straight_lines_has_none() -> None:
    roads = StubRoads(seconds=1000)
    assert route_shapes(DAY, planned(None), Roads(roads)) == {}
    assert roads.asked == 0
    assert route_shapes(DAY, planned(Roads(roads)), None) == {}


def test_a_source_that_fails_leaves_straight_lines() -> None:
    roads = StubRoads(seconds=1000)
    plan = planned(Roads(roads))
    roads.fails = "away"
    assert route_shapes(DAY, plan, Roads(roads)) == {}


def test_a_line_keeps_its_corners_and_loses_what_nobody_sees() -> None:
    # 1 km to the north, 4 m beside the straight line in the middle; then a corner.
    a, beside = ShapePoint(28.0, 113.0), ShapePoint(28.0 + 500 * METRE, 113.0 + 4 * METRE)
    corner, end = ShapePoint(28.0 + 1000 * METRE, 113.0), ShapePoint(28.0 + 1000 * METRE, 113.01)
    assert simplified((a, beside, corner, end)) == (a, corner, end)
    assert simplified((a, beside, corner, end), close_enough_m=3) == (a, beside, corner, end)


def test_a_round_trip_keeps_its_far_end() -> None:
    a, far = ShapePoint(28.0, 113.0), ShapePoint(28.1, 113.0)
    assert simplified((a, far, a)) == (a, far, a)


def test_no_point_lost_is_farther_than_allowed() -> None:
    # A circle of 1 km radius in 360 points: with 5 m of sag, chords of 2·√(2·1000·5) = 200 m do, about 32 of them.
    circle = tuple(
        ShapePoint(1000 * METRE * math.sin(math.radians(i)), 1000 * METRE * math.cos(math.radians(i)))
        for i in range(360)
    )
    assert 24 <= len(simplified(circle)) <= 70


def test_a_long_line_is_no_trouble() -> None:
    zigzag = tuple(ShapePoint(28 + i / 1e4, 113 + (i % 2) / 1e3) for i in range(3000))
    assert simplified(zigzag) == zigzag
