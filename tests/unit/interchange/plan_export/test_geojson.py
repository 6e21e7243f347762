"""The map: every stop, branch and job left out at its place, in the axes and the order that GeoJSON wants."""

import json
from typing import Any

import pytest

from optimizer.domain.branch import Branch
from optimizer.domain.place import Place
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.route_shape import ShapeKey, ShapePoint
from optimizer.interchange.plan_export.facts import plan_facts
from optimizer.interchange.plan_export.geojson import plan_geojson
from optimizer.interchange.plan_export.on_the_globe import circle, line
from optimizer.travel.coordinates import from_wgs84
from tests.unit.interchange.plan_export.day import document, facts, question
from tests.unit.interchange.plan_export.rfc7946 import geometry_is_sound, read
from tests.unit.rules.build import north


def features(kind: str, **changes: Any) -> list[dict[str, Any]]:
    """Return the features of one kind."""
    return [one for one in read(plan_geojson(facts(**changes))) if one["properties"]["kind"] == kind]


def test_everything_of_the_plan_is_on_the_map() -> None:
    kinds = [one["properties"]["kind"] for one in read(plan_geojson(facts()))]
    assert kinds == ["branch", "radius", "day", "stop", "day", "stop", "left out"]


def test_a_stop_says_who_does_what_when() -> None:
    first, _ = features("stop")
    assert first["geometry"] == {"type": "Point", "coordinates": [112.98, round(north(6).lat, 6)]}
    said = first["properties"]
    assert (said["technician"], said["job"], said["order"], said["km"]) == ("T1", "J1", 1, 6.0)
    assert (said["arrival"], said["start"]) == ("2026-07-15T10:50:00+08:00", "2026-07-15T11:00:00+08:00")
    assert "phone" not in said


def test_a_day_leads_from_the_branch_through_its_stops_and_back() -> None:
    one, other = features("day")
    branch, job = [112.98, 28.2], [112.98, round(north(6).lat, 6)]
    assert one["geometry"] == {"type": "LineString", "coordinates": [branch, job, branch]}
    assert (one["properties"]["km"], one["properties"]["drive_minutes"]) == (12.0, 20.0)
    assert one["properties"]["colour"] != other["properties"]["colour"]
    assert one["properties"]["on_roads"] is False


def test_a_drive_follows_its_road_where_that_is_known() -> None:
    road = (ShapePoint(28.21, 112.99), ShapePoint(28.22, 112.995))
    text = plan_geojson(facts(), {ShapeKey("car", "branch:B1", "job:J1"): road})
    one, other = (feature for feature in read(text) if feature["properties"]["kind"] == "day")
    assert one["geometry"]["coordinates"][1:3] == [[112.99, 28.21], [112.995, 28.22]]
    assert (one["properties"]["on_roads"], other["properties"]["on_roads"]) == (True, False)


def test_lines_from_roads_say_whose_roads_they_are() -> None:
    road = (ShapePoint(28.21, 112.99),)
    shapes = {ShapeKey("car", "branch:B1", "job:J1"): road}
    said = "Roads © OpenStreetMap contributors"
    assert json.loads(plan_geojson(facts(), shapes))["attribution"] == said
    with_road, without = (
        one["properties"] for one in read(plan_geojson(facts(), shapes)) if one["properties"]["kind"] == "day"
    )
    assert with_road["attribution"] == said
    assert "attribution" not in without
    assert "OpenStreetMap" not in plan_geojson(facts())
    assert "道路数据 © OpenStreetMap" in plan_geojson(facts("zh"), shapes)


def test_a_text_on_the_map_cannot_turn_the_direction_of_writing() -> None:
    people = [one.model_copy(update={"name": "a\u202eb"}) for one in question().technicians]
    text = plan_geojson(facts(technicians=tuple(people)))
    assert "\u202e" not in text
    assert '"name": "a\N{REPLACEMENT CHARACTER}b"' in text


def test_a_job_left_out_says_why() -> None:
    (left,) = features("left out")
    assert (left["properties"]["job"], left["properties"]["reason"]) == ("J3", "Nobody has the time.")


def test_the_radius_is_a_circle_of_64_corners() -> None:
    (radius,) = features("radius")
    (ring,) = radius["geometry"]["coordinates"]
    assert len(ring) == 65
    centre = Place(lat=28.2, lon=112.98)
    for lon, lat in ring:  # a micro-degree is 11 cm
        assert great_circle_m(centre, Place(lat=lat, lon=lon)) == pytest.approx(10_000, abs=0.2)
    assert radius["properties"]["radius_km"] == 10


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
def test_chinese_map_coordinates_become_gps_coordinates(system: Any) -> None:
    of = question()
    drawn = from_wgs84([28.2], [112.98], system)  # where such a map draws the branch
    place = Place(lat=float(drawn.lat[0]), lon=float(drawn.lon[0]))
    moved = of.model_copy(
        update={
            "coordinate_system": system,
            "branches": (of.branches[0].model_copy(update={"place": place}),),
        }
    )
    made = read(plan_geojson(plan_facts(moved, document(moved))))
    assert made[0]["geometry"]["coordinates"] == pytest.approx([112.98, 28.2], abs=2e-6)


def test_a_line_is_cut_at_the_180th_meridian() -> None:
    # From 179° east to 179° west, 2° apart: half-way, on the meridian, lies 10.5° north.
    there = line([ShapePoint(10, 179), ShapePoint(11, -179)])
    assert there == {
        "type": "MultiLineString",
        "coordinates": [[[179.0, 10.0], [180.0, 10.5]], [[-180.0, 10.5], [-179.0, 11.0]]],
    }
    back = line([ShapePoint(11, -179), ShapePoint(10, 179)])
    assert back["coordinates"] == [[[-179.0, 11.0], [-180.0, 10.5]], [[180.0, 10.5], [179.0, 10.0]]]


@pytest.mark.parametrize("lon", [-180.0, -179.9, 179.99, 180.0])
def test_a_circle_is_cut_at_the_180th_meridian(lon: float) -> None:
    made = circle(ShapePoint(20, lon), 50_000)
    assert made is not None
    assert made["type"] == "MultiPolygon"
    geometry_is_sound(made)
    inside = [position for polygon in made["coordinates"] for position in polygon[0]]
    assert min(abs(lon) for lon, _ in inside) > 179  # 50 km are 0.48° there


def test_a_circle_around_a_pole_is_not_drawn() -> None:
    assert circle(ShapePoint(89.9, 0), 50_000) is None
    polar = Branch(branch_id="B1", place=Place(lat=89.9, lon=0), service_radius_km=50)
    of = question(branches=(polar,))
    kinds = [one["properties"]["kind"] for one in read(plan_geojson(plan_facts(of, document(of))))]
    assert "radius" not in kinds


def test_the_reader_of_these_tests_is_strict() -> None:
    good = plan_geojson(facts())
    corner = '"coordinates": [\n     112.98,\n     28.2\n    ]'
    assert good.count(corner) >= 1
    for wrong in (
        "[28.2, 912.98]",
        "[112.98]",
        "[112.98, 28.2, 5.0]",
        "[112.98, 28.20000001]",
        "[112.98, NaN]",
    ):
        with pytest.raises((AssertionError, ValueError)):
            read(good.replace(corner, f'"coordinates": {wrong}', 1))


def test_the_same_plan_gives_the_same_text() -> None:
    assert plan_geojson(facts()) == plan_geojson(facts())
