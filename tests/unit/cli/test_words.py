"""Numbers and other people's text on the terminal."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from optimizer.cli.words import clock, day_and_clock, kilometres, minutes, money, percent, plain


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "¥0.00"), (5, "¥0.05"), (123_456_789, "¥1,234,567.89"), (-150, "-¥1.50")]
)
def test_money(cents: int, text: str) -> None:
    assert money(cents) == text


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100.0 %"), (0.9996, "99.9 %"), (0.29, "29.0 %"), (0, "0.0 %")]
)
def test_percent_never_rounds_up(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 min"), (1, "1 min"), (3599, "59 min"), (3959, "1 h 05")]
)
def test_minutes_are_cut_off_but_never_none(seconds: int, text: str) -> None:
    assert minutes(seconds) == text


def test_local_time_whatever_the_offset() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    at = datetime(2026, 7, 14, 23, 59, 59, tzinfo=UTC)  # 07:59:59 on the 15th in Changsha
    assert clock(at, zone) == "07:59"
    assert day_and_clock(at, zone) == "15 Jul 07:59"


@pytest.mark.parametrize(
    ("metres", "text"), [(5149, "5.1 km"), (9949, "9.9 km"), (9950, "10 km"), (23_400, "23 km")]
)
def test_kilometres(metres: int, text: str) -> None:
    assert kilometres(metres) == text


def test_nothing_steers_the_terminal() -> None:
    assert plain("王强\x1b[31m\r\n\u202e") == "王强�[31m���"
