"""Labels: near their points, never on each other while there is room, never out of the drawing."""

from itertools import combinations

from optimizer.day_page.placing import Label, Sheet
from optimizer.day_page.projection import Flat


def test_the_first_label_stands_on_its_point() -> None:
    assert Sheet(100, 100).place(Flat(50, 50), 20, 12) == Label(50, 50, 20, 12)


def test_labels_of_one_place_stand_around_it() -> None:
    sheet = Sheet(200, 200)
    placed = [sheet.place(Flat(100, 100), 20, 12) for _ in range(9)]
    assert not any(one.covers(other) for one, other in combinations(placed, 2))


def test_a_wide_label_keeps_others_off_all_its_length() -> None:
    sheet = Sheet(400, 200)
    wide = sheet.place(Flat(200, 100), 150, 12)
    assert not sheet.place(Flat(265, 100), 20, 12).covers(wide)  # 65 from the middle: still on the wide one


def test_a_label_does_not_leave_the_drawing() -> None:
    assert Sheet(100, 100).place(Flat(2, 99), 20, 12) == Label(10, 94, 20, 12)


def test_without_room_a_label_stands_on_its_point_all_the_same() -> None:
    sheet = Sheet(30, 14)
    sheet.block(Label(15, 7, 30, 14))
    assert sheet.place(Flat(15, 7), 20, 12) == Label(15, 7, 20, 12)
