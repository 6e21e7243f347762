"""Rows with an address and no coordinates."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from optimizer.domain.place import CoordinateSystem, Place
from optimizer.errors import InvalidInput
from optimizer.interchange.workbook import read_sheets, write_workbook
from optimizer.interchange.workbook.template import example

KNOWN = {"1 Furong Road": Place(lat=28.5, lon=112.5, address="1 Furong Road")}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Write the template with the first job's coordinates left empty."""
    path = tmp_path / "day.xlsx"
    write_workbook(example("en"), path)
    book = load_workbook(path)
    sheet = book["jobs"]
    for head, below in zip(sheet[1], sheet[2], strict=True):
        if head.value in ("latitude", "longitude"):
            below.value = None
    book.save(path)
    return path


def locate(addresses: Iterable[str], system: CoordinateSystem) -> Mapping[str, Place | None]:
    assert system == "WGS-84"
    return {address: KNOWN.get(address) for address in addresses}


def nowhere(addresses: Iterable[str], system: CoordinateSystem) -> Mapping[str, Place | None]:
    return dict.fromkeys(addresses)


def test_the_place_is_that_of_the_address_and_all_others_stay(workbook: Path) -> None:
    read = read_sheets(workbook, locate)
    first, *others = read.scenario.jobs
    assert (first.place.lat, first.place.lon) == (28.5, 112.5)
    assert tuple(others) == example("en").jobs[1:]
    assert read.notes == ("1 place found by the address alone; look them over on a map.",)


def test_an_address_that_nobody_knows_is_named_with_its_cell(workbook: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_sheets(workbook, nowhere)
    (issue,) = caught.value.issues
    assert issue.cause == "The geocoder does not know the address '1 Furong Road'."
    assert load_workbook(workbook)["jobs"][issue.path.partition("!")[2]].value == "1 Furong Road"


def test_without_a_geocoder_coordinates_are_asked_for(workbook: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_sheets(workbook)
    assert {issue.code for issue in caught.value.issues} == {"missing"}
