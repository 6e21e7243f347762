import pytest

from optimizer.domain.place import Place
from optimizer.domain.travel import Matrix, Travel
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix
from optimizer.travel.matrices import GivenMatrices

GIVEN = Matrix(
    places=("branch:B1", "job:J1", "job:J2"),
    seconds=((0, 11, 12), (21, 0, 23), (31, 32, 0)),
    metres=((0, 110, 120), (210, 0, 230), (310, 320, 0)),
)


def legs(matrix: Matrix, *names: str) -> LegMatrix:
    places = tuple(Place(lat=0, lon=0) for _ in names)
    return GivenMatrices(Travel(matrices={"car": matrix})).legs("car", names, places)


def test_rows_are_put_in_the_order_of_the_places() -> None:
    found = legs(GIVEN, "job:J2", "branch:B1", "job:J1")
    assert found.base_s.tolist() == [[0, 31, 32], [12, 0, 11], [23, 21, 0]]
    assert found.metres.tolist() == [[0, 310, 320], [120, 0, 110], [230, 210, 0]]


def test_there_and_back_may_differ() -> None:
    found = legs(GIVEN, "branch:B1", "job:J1")
    assert (found.base_s[0, 1], found.base_s[1, 0]) == (11, 21)


def test_given_times_have_no_congestion() -> None:
    found = legs(GIVEN, "branch:B1", "job:J1")
    assert found.band.shape == (0, 0)
    assert found.hour_percent.shape == (0, 24)


def test_nobody_drives_from_a_place_to_itself() -> None:
    odd = Matrix(places=("job:J1",), seconds=((7,),), metres=((70,),))
    assert legs(odd, "job:J1").base_s.tolist() == [[0]]
    assert legs(odd, "job:J1").metres.tolist() == [[0]]


def test_missing_places_are_named_all_at_once() -> None:
    with pytest.raises(TravelUnavailable, match=r"travel\.matrices\.car\.places.*job:J8, job:J9"):
        legs(GIVEN, "job:J8", "job:J1", "job:J9")


def test_a_table_that_is_not_square_is_refused() -> None:
    short = GIVEN.model_copy(update={"metres": ((0, 1, 2), (1, 0))})
    with pytest.raises(TravelUnavailable, match=r"travel\.matrices\.car\.metres: give 3 rows of 3 values"):
        legs(short, "job:J1")


def test_a_means_without_matrix_is_refused() -> None:
    with pytest.raises(TravelUnavailable, match=r"travel\.matrices\.motorcycle"):
        GivenMatrices(Travel(matrices={"car": GIVEN})).legs("motorcycle", (), ())
