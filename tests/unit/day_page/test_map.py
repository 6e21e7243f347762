"""The map: routes through the right points, numbered stops, what lies beyond the edge, what is left out."""

import re
from typing import Any

import pytest

from optimizer.day_page.map import day_map
from optimizer.day_page.projection import KM_PER_DEGREE
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.route_shape import ShapeKey, ShapePoint
from tests.unit.day_page.one_day import book, question, shift
from tests.unit.rules.build import at, branch, job, north, scenario, shift_plan, stop, technician


def _path(text: str) -> list[list[tuple[float, float]]]:
    legs = [part for part in text.split("M") if part]
    return [[(float(x), float(y)) for x, y in re.findall(r"([\d.-]+) ([\d.-]+)", leg)] for leg in legs]


def test_a_route_goes_from_the_branch_through_the_stops_and_back() -> None:
    (view,) = day_map(book(), [shift()], ["J3"])
    (route,) = view.routes
    drawn = _path(route.path)
    # All lies on one meridian; from the branch 6 km north, 3 km on, 9 km back: lengths as 2 to 1 to 3.
    lengths = [leg[0][1] - leg[1][1] for leg in drawn]
    assert lengths == pytest.approx(
        [6 * view.frame.scale, 3 * view.frame.scale, -9 * view.frame.scale], abs=0.3
    )
    assert [stop.label for stop in route.stops] == ["A1", "A2"]
    assert [stop.job for stop in route.stops] == [0, 1]


def test_a_line_of_a_road_server_is_followed() -> None:
    bend = ShapePoint(28.2 + 3 / KM_PER_DEGREE, 113.0)
    shapes = {ShapeKey("car", "branch:B1", "job:J1"): (bend,)}
    (view,) = day_map(book(shapes=shapes), [shift()], [])
    assert [len(leg) for leg in _path(view.routes[0].path)] == [3, 2, 2]


def test_a_job_left_out_stands_with_the_sign_of_its_priority() -> None:
    (view,) = day_map(book(), [shift()], ["J3"])
    (one,) = view.left_out
    assert (one.job, one.sign, one.priority) == (2, "★", "vip")


def test_chinese_map_coordinates_are_turned_back() -> None:
    chinese = question().model_copy(update={"coordinate_system": "GCJ-02"})
    # Chinese maps draw Changsha some 500 m away from where GPS finds it.
    shift_km = abs(book(chinese).points["job:J1"].lat - book().points["job:J1"].lat) * KM_PER_DEGREE
    assert 0.1 < shift_km < 1


def _far(**facts: Any) -> tuple[Any, ShiftPlan]:
    near = [job(job_id=f"J{i}", place=north(i / 10)) for i in range(1, 12)]
    asked = scenario(jobs=[*near, job(job_id="F", place=north(130))], **facts)
    stops = [stop("J1", at("09:30"), at("10:00")), stop("F", at("12:00"), at("13:00"), from_place="job:J1")]
    return asked, shift_plan(stops)


def test_a_stop_beyond_the_edge_is_noted_there_and_drawn_on_the_overview() -> None:
    asked, day = _far()
    main, overview = day_map(book(asked, day), [day], [f"J{i}" for i in range(2, 12)])
    (note,) = main.notes
    # The frame ends a little north of J11, at some 1.2 km, so F lies some 129 km beyond it.
    assert note.text == "A2 ↑ 129 km"
    assert [one.label for one in main.routes[0].stops] == ["A1"]
    assert [one.label for one in overview.routes[0].stops] == ["A2"]
    assert len(overview.details) == 1


def test_a_service_radius_is_a_circle_or_a_sentence() -> None:
    asked, day = _far(branches=[branch(service_radius_km=50)])
    main, overview = day_map(book(asked, day), [day], [f"J{i}" for i in range(2, 12)])
    assert (main.circles, main.within) == ((), ("B1 50 km",))
    (circle,) = overview.circles
    assert circle.radius == pytest.approx(50 * overview.frame.scale)


def test_branches_far_apart_are_drawn_apart() -> None:
    people = [technician(), technician(technician_id="T2", branch_id="B2")]
    jobs = [job(), job(job_id="J2", place=north(806))]
    branches = [branch(), branch(branch_id="B2", name="二店", place=north(800))]
    asked = scenario(people, jobs, branches=branches)
    days = [
        shift_plan([stop("J1", at("10:00"), at("11:00"))]),
        shift_plan([stop("J2", at("10:00"), at("11:00"), from_place="branch:B2")], technician_id="T2"),
    ]
    views = day_map(book(asked, *days), days, [])
    assert [view.title for view in views] == ["Everything at once", "B1", "二店"]
    assert [[route.mark.letters for route in view.routes] for view in views] == [["A", "B"], ["A"], ["B"]]


def test_an_empty_day_still_shows_the_branch() -> None:
    (view,) = day_map(book(), [], [])
    assert [one.name for one in view.branches] == ["B1"]


def test_a_crowded_frame_moves_no_label(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.day_page.map.CROWDED", 1)  # two stops are too many then
    jobs = [job(), job(job_id="J2"), job(job_id="J3")]  # all at one place
    (view,) = day_map(book(question(jobs=jobs)), [shift()], ["J3"])
    assert view.crowded
    assert not any(one.moved for one in view.routes[0].stops)
    assert not any(one.moved for one in view.left_out)
