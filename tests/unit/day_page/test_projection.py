"""The flat map: lengths are right, south is down, and the date line is no edge."""

import pytest

from optimizer.day_page.projection import Box, Flat, Projection, box_of, centred
from optimizer.domain.route_shape import ShapePoint


def test_lengths_in_kilometres() -> None:
    # A degree north is 111.195 km; a degree east at 60° half of it.
    here = Projection(60.0, 10.0)
    assert here.flat(ShapePoint(61.0, 10.0)) == pytest.approx((0, -111.195))
    assert here.flat(ShapePoint(60.0, 11.0)) == pytest.approx((55.5975, 0))


def test_a_map_across_the_date_line_holds_together() -> None:
    # From 179.5° east to 179.5° west is one degree, not 359.
    assert Projection(0.0, 179.5).flat(ShapePoint(0.0, -179.5)).x == pytest.approx(111.195)


def test_the_centre_is_the_middle_place_not_the_mean() -> None:
    points = [ShapePoint(28.0, 113.0), ShapePoint(28.1, 113.1), ShapePoint(50.0, 90.0)]
    assert centred(points) == (28.1, 113.0)


def test_a_box_around_points_is_never_too_flat_or_too_small() -> None:
    # 100 km wide and 10 high: with a tenth left free on each side 120 wide, so at least 60 high.
    wide = box_of([Flat(0, 0), Flat(100, 10)], margin=0.1, least_km=1, flattest=0.5, steepest=2)
    assert wide == pytest.approx(Box(-10, -25, 110, 35))
    one = box_of([Flat(5, 5)], margin=0.1, least_km=2, flattest=0.5, steepest=2)
    assert one == pytest.approx(Box(4, 4, 6, 6))


def test_no_point_at_all_still_has_a_box() -> None:
    assert box_of([], margin=0, least_km=2, flattest=1, steepest=1) == Box(-1, -1, 1, 1)
