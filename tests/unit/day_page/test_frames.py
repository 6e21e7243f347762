"""Frames: most of the work is drawn large, what lies far away does not shrink it, and distant branches stand apart."""

from optimizer.day_page.frames import Area, Frame, frames, neighbourhoods
from optimizer.day_page.projection import Box, Flat

CITY = tuple(Flat(x / 2, y / 2) for x in range(5) for y in range(5))
"""25 places within 2 km by 2 km."""


def test_a_day_in_one_town_has_one_frame() -> None:
    (only,) = frames([Area(("B1",), CITY)])
    assert not only.is_overview
    assert all(only.box.holds(place) for place in CITY)


def test_a_place_far_away_stands_on_an_overview() -> None:
    far = Flat(0, 130)
    main, overview = frames([Area(("B1",), (*CITY, far))])
    assert all(main.box.holds(place) for place in CITY)
    assert not main.box.holds(far)
    assert main.box.width < 5
    assert overview.is_overview
    assert overview.box.holds(far)


def test_branches_far_apart_have_frames_of_their_own() -> None:
    north = tuple(Flat(place.x, place.y - 800) for place in CITY)
    overview, first, second = frames([Area(("B1",), CITY), Area(("B2",), north)])
    assert overview.is_overview
    assert (first.branch_ids, second.branch_ids) == (("B1",), ("B2",))
    assert first.box.width < 5


def test_neighbours_of_neighbours_share_an_area() -> None:
    # 50 km from one to the next; the first and the third are 100 km apart.
    branches = {"B1": Flat(0, 0), "B3": Flat(100, 0), "B2": Flat(50, 0), "far": Flat(161, 0)}
    assert neighbourhoods(branches) == (("B1", "B3", "B2"), ("far",))


def test_points_are_drawn_to_scale() -> None:
    frame = Frame(Box(-10, -5, 10, 5), ("B1",), 400)  # 20 km on 400 units
    assert (frame.scale, frame.height) == (20, 200)
    assert frame.drawn(Flat(0, 0)) == (200, 100)
