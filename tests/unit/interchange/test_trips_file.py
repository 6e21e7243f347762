"""Files of observed trips: what is read, and every mistake by its line."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.trips_file import Observations, load_observations
from optimizer.travel.calibration import ObservedSpeed

ZONE = "Asia/Shanghai"
HEAD = "from_lat,from_lon,to_lat,to_lon,departure,minutes,km,means\n"


def read(tmp_path: Path, text: str) -> Observations:
    path = tmp_path / "trips.csv"
    path.write_bytes(text.encode())
    return load_observations(path, ZONE)


def mistakes(tmp_path: Path, text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, text)
    assert all(issue.action for issue in refused.value.issues)
    return [(issue.line, issue.path, issue.code) for issue in refused.value.issues]


def test_trips_are_read_by_means(tmp_path: Path) -> None:
    rows = (
        "28.2,113,28.3,113,2026-07-15 08:30,25.5,14.2,\n28.2,113,28.3,113,2026-07-15T00:30Z,30,,motorcycle\n"
    )
    found = read(tmp_path, f"\ufeff{HEAD}{rows}")
    (car,), (motorcycle,) = found.trips["car"], found.trips["motorcycle"]
    assert car.great_circle_m == pytest.approx(11_119.5, abs=0.1)  # a tenth of a degree
    assert (car.seconds, car.road_m) == (1530, 14_200)
    assert car.departure == datetime(2026, 7, 15, 8, 30, tzinfo=ZoneInfo(ZONE))
    assert motorcycle.departure == car.departure
    assert motorcycle.departure.utcoffset() == timedelta(hours=8)
    assert motorcycle.road_m is None


def test_columns_stand_in_any_order_and_may_be_missing(tmp_path: Path) -> None:
    text = "Minutes, departure,to_lon,to_lat,from_lon,from_lat\n5,2026-07-15 08:30,113,28.2,113,28.21\n\n"
    assert read(tmp_path, text).trips["car"][0].seconds == 300


def test_speeds_are_told_by_their_headings(tmp_path: Path) -> None:
    found = read(tmp_path, "band,hour,kmh\n5,8,14.5\n5,9,20\n")
    assert found.speeds == {"car": (ObservedSpeed(5, 8, 14.5), ObservedSpeed(5, 9, 20))}
    assert not found.trips


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    good = ["28.2", "113", "28.3", "113", "2026-07-15 08:30", "25", "14", "car"]
    names = HEAD.strip().split(",")
    wrong = {
        "from_lat": "91",
        "from_lon": "nan",
        "to_lat": "abc",
        "to_lon": "1e999",
        "departure": "15/07/2026",
        "minutes": "0",
        "km": "-3",
        "means": "horse",
    }
    rows = [
        good,
        *(
            [wrong[name] if name == column else cell for column, cell in zip(names, good, strict=True)]
            for name in names
        ),
    ]
    text = HEAD + "".join(",".join(row) + "\n" for row in rows)
    found = mistakes(tmp_path, text)
    assert [(line, path) for line, path, _ in found] == [(row + 3, name) for row, name in enumerate(names)]


@pytest.mark.parametrize(
    "at", ["2026-07-15", "08:30", "", "1752539400", "2026-13-40 08:30", "9999-01-01 08:00"]
)
def test_a_departure_needs_day_and_time(tmp_path: Path, at: str) -> None:
    assert mistakes(tmp_path, f"{HEAD}28,113,28.1,113,{at},5,,\n") == [(2, "departure", "bad-moment")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, name, "missing-column") for name in HEAD.split(",")[:6]]),
        (HEAD, [(1, "", "no-rows")]),
        (f"{HEAD}28,113\n", [(2, "", "cells-do-not-fit")]),
        (HEAD.replace("km", "kms"), [(1, "kms", "unknown-column")]),
        (HEAD.replace("km", "minutes"), [(1, "minutes", "doubled-column")]),
        ("band,hour,kmh\n5,24,20\n5,8.5,20\n", [(2, "hour", "bad-number"), (3, "hour", "bad-number")]),
        (f'{HEAD}"28,113\n', [(2, "", "bad-csv")]),
        (f"{HEAD}28\x00,113,28.1,113,2026-07-15 08:30,5,,\n", [(2, "from_lat", "bad-number")]),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, found: list[tuple[int, str, str]]) -> None:
    assert mistakes(tmp_path, text) == found


def test_a_file_of_other_letters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trips.csv"
    path.write_bytes("出发".encode("gb18030"))
    with pytest.raises(InvalidInput, match="not UTF-8"):
        load_observations(path, ZONE)
