"""Cells: read in the ways people write them, refused where they may mean two things."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from optimizer.interchange.workbook.cells.read_cell import FORMULA, read_cell
from optimizer.interchange.workbook.cells.unreadable import Unreadable
from optimizer.interchange.workbook.cells.write_cell import write_cell
from optimizer.interchange.workbook.columns.choices import MEANS, PRIORITIES
from optimizer.interchange.workbook.columns.column import Column, Kind

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def read(raw: Any, kind: Kind, zone: ZoneInfo = SHANGHAI, **more: Any) -> Any:
    return read_cell(raw, Column("column", "列", ("field",), kind, **more), zone)


def refused(raw: Any, kind: Kind, zone: ZoneInfo = SHANGHAI, **more: Any) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(raw, kind, zone, **more)
    return caught.value


@pytest.mark.parametrize(
    "raw",
    [
        date(2026, 7, 15),
        datetime(2026, 7, 15),
        "2026-07-15",
        " 2026/7/15 ",
        "2026.7.15",
        "15.07.2026",
        "15.7.2026",
        "2026年7月15日",
        "2026-07-15 00:00",
        "２０２６-07-15",
        "15/7/2026",  # there is no fifteenth month
        "7/15/2026",
    ],
)
def test_days(raw: Any) -> None:
    assert read(raw, "day") == "2026-07-15"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("03/04/2026", "ambiguous-day"),
        ("03-04-2026", "ambiguous-day"),
        ("2026-02-30", "no-such-day"),
        ("tomorrow", "day-expected"),
        (46218.0, "day-expected"),
        (datetime(2026, 7, 15, 9), "day-expected"),
        ("15.07.26", "day-expected"),
    ],
)
def test_days_that_are_none(raw: Any, code: str) -> None:
    assert refused(raw, "day").code == code


def test_an_ambiguous_day_says_how_to_write_it() -> None:
    error = refused("03/04/2026", "day")
    assert error.cause == "'03/04/2026' may be 2026-04-03 or 2026-03-04."
    assert error.action == "Write the year first, e.g. 2026-04-03."
    assert read("04/04/2026", "day") == "2026-04-04"  # the same either way


@pytest.mark.parametrize(
    "raw",
    [
        time(21),
        "21:00",
        "9:00 PM",
        "9:00pm",
        "9 pm",
        "下午9:00",
        "晚上9点",
        "21点",
        "21：00",
        timedelta(hours=21),
    ],
)
def test_times_of_day(raw: Any) -> None:
    assert read(raw, "clock") == "21:00:00"


@pytest.mark.parametrize("raw", ["nine", "25:00", "9:60", "9", 0.375, 900, "13:00 PM PM", date(2026, 7, 15)])
def test_times_that_are_none(raw: Any) -> None:
    assert refused(raw, "clock").code in ("time-expected", "no-such-time")


def test_half_past() -> None:
    assert read("下午2点半", "clock") == "14:30:00"


def test_noon_and_midnight_by_half_days() -> None:
    assert read("12:00 AM", "clock") == "00:00:00"
    assert read("12:00 PM", "clock") == "12:00:00"


@pytest.mark.parametrize(
    "raw",
    [
        datetime(2026, 7, 15, 9),
        "2026-07-15 09:00",
        "2026/7/15 9:00",
        "2026年7月15日 上午9:00",
        "2026-07-15T09:00+08:00",
        "2026-07-15T09:00:00",
        "2026-07-15 9:00 +0800",
    ],
)
def test_moments_without_an_offset_are_local(raw: Any) -> None:
    assert datetime.fromisoformat(read(raw, "moment")) == datetime(2026, 7, 15, 9, tzinfo=SHANGHAI)


def test_moments_keep_their_offset() -> None:
    assert read("2026-07-15T01:00Z", "moment") == "2026-07-15T01:00:00+00:00"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2026-07-15", "time-missing"),
        (date(2026, 7, 15), "time-missing"),
        ("9:00", "moment-expected"),
        ("03/04/2026 9:00", "ambiguous-day"),
        (46218.375, "moment-expected"),
    ],
)
def test_moments_that_are_none(raw: Any, code: str) -> None:
    assert refused(raw, "moment").code == code


def test_hours_that_come_twice_or_never_ask_for_the_offset() -> None:
    twice = refused(datetime(2026, 10, 25, 2, 30), "moment", BERLIN)
    assert (twice.code, "+02:00" in twice.action, "+01:00" in twice.action) == ("ambiguous-time", True, True)
    assert refused("2026-03-29 2:30", "moment", BERLIN).code == "no-such-time"
    assert read("2026-10-25T02:30+01:00", "moment", BERLIN) == "2026-10-25T02:30:00+01:00"


@pytest.mark.parametrize(("raw", "value"), [(3.0, 3), ("3", 3), (" 1,200 ", 1200), ("３", 3), ("-5", -5)])
def test_whole_numbers(raw: Any, value: int) -> None:
    assert read(raw, "whole") == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (3.5, "whole-number-expected"),
        ("3.5", "whole-number-expected"),
        ("1,5", "ambiguous-number"),
        ("three", "number-expected"),
        (True, "number-expected"),
        (float("nan"), "not-finite"),
        ("NaN", "number-expected"),
        ("1e999", "not-finite"),
        ("9" * 400, "not-finite"),
        (1e300, "number-too-long"),
        (date(2026, 7, 15), "number-expected"),
    ],
)
def test_numbers_that_are_none(raw: Any, code: str) -> None:
    assert refused(raw, "whole").code == code


@pytest.mark.parametrize("raw", [True, "yes", "Y", "TRUE", "x", "X", "是", "有", "√", 1.0])
def test_yes(raw: Any) -> None:
    assert read(raw, "yes/no") is True


@pytest.mark.parametrize("raw", [False, "no", "N", "false", "否", "无", 0.0])
def test_no(raw: Any) -> None:
    assert read(raw, "yes/no") is False


def test_maybe() -> None:
    assert refused("maybe", "yes/no").code == "yes-or-no"


@pytest.mark.parametrize("raw", ["a; b", "a,b", "a、b", "a；b ；", "a，b", "a\nb", '"a"; b'])
def test_lists(raw: str) -> None:
    assert read(raw, "words") == ["a", "b"]


def test_an_empty_list_can_be_said() -> None:
    assert read("none", "words") == read("无", "words") == []
    assert read('"none"', "words") == ["none"]


def test_names_with_numbers() -> None:
    assert read("repair/aircon: 3; survey：2", "levels") == {"repair/aircon": 3, "survey": 2}
    assert read('"a: b; c": 3', "levels") == {"a: b; c": 3}
    assert read("job:1: 4", "levels") == {"job:1": 4}
    assert refused("repair", "levels").code == "number-missing"
    assert refused("a: 1; a: 2", "levels").code == "duplicate-name"


def test_closed_choices_in_both_languages() -> None:
    assert read(" Public Transport ", "choice", choices=MEANS) == "public_transport"
    assert read("公共交通", "choice", choices=MEANS) == "public_transport"
    error = refused("emergancy", "choice", choices=PRIORITIES)
    assert error.action.startswith("Did you mean 'emergency'?")


def test_a_list_of_closed_choices() -> None:
    assert read("汽车; public transport", "words", choices=MEANS) == ["car", "public_transport"]
    error = refused("car; horse", "words", choices=MEANS)
    assert error.code == "unknown-word"


def test_ids_may_look_like_numbers() -> None:
    assert read(101.0, "word") == "101"
    assert read(13800138000.0, "text") == "13800138000"
    assert refused(1e15, "word").code == "number-too-long"  # the spreadsheet has lost its last digits
    assert refused(True, "word").code == "text-expected"
    assert refused(date(2026, 3, 4), "word").code == "text-expected"  # "3-4" was typed


def test_a_formula_is_no_value() -> None:
    assert refused(FORMULA, "whole").code == "formula"


@pytest.mark.parametrize(
    "value",
    [
        True, False, 3, 3.5, 2.0, -1, None, "text", "12:00", "true", "none", "无", "3", "1e5", " x ", "[1]", '"q"', "",
        ["repair", "complaint"], [], {"a": [1, 2.5, None]}, 10**16, 1e300, -0.0, "a\x07b", "_x0041_", "nullable",
    ],
)  # fmt: skip
def test_values_of_rules_come_back_as_they_were(value: Any) -> None:
    column = Column("value", "值", (), "value")
    cell = write_cell(value, column, SHANGHAI, "en")
    assert cell is not None
    for raw in (cell, repr(cell) if isinstance(cell, int | float) else cell):  # as in XLSX, as in CSV
        back = read_cell(float(raw) if isinstance(raw, int) else raw, column, SHANGHAI)
        assert (back, type(back)) == (value, type(value))
