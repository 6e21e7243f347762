"""Money, shares, distances, lengths of time and counts in both languages."""

import pytest

from optimizer.words.names import amount
from optimizer.words.numbers import count, exact_time, hours, kilometres, listed, minutes, money, percent


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "¥0.00"), (5, "¥0.05"), (123_456_789, "¥1,234,567.89"), (-150, "-¥1.50")]
)
def test_money(cents: int, text: str) -> None:
    assert money(cents) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1.0, "100.0 %"),
        (0.9996, "99.9 %"),
        (2 / 3, "66.7 %"),
        (0.29, "29.0 %"),
        (0.0625, "6.3 %"),
        (0, "0.0 %"),
    ],
)
def test_percent_is_rounded_but_never_up_to_all(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 min", "0 分钟"),
        (1, "1 min", "1 分钟"),
        (3599, "59 min", "59 分钟"),
        (3959, "1 h 05 min", "1 小时 05 分"),
        (-120, "2 min", "2 分钟"),
    ],
)
def test_minutes_are_cut_off_but_never_none(seconds: int, english: str, chinese: str) -> None:
    assert (minutes(seconds), minutes(seconds, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 s", "0 秒"),
        (59, "59 s", "59 秒"),
        (300, "5 min", "5 分钟"),
        (7200, "2 h 00 min", "2 小时 00 分"),
        (7531, "2 h 05 min 31 s", "2 小时 05 分 31 秒"),
        (-60, "1 min", "1 分钟"),
    ],
)
def test_exact_times_have_seconds_where_they_matter(seconds: int, english: str, chinese: str) -> None:
    assert (exact_time(seconds), exact_time(seconds, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("metres", "text"),
    [(5149, "5.1 km"), (9949, "9.9 km"), (9950, "10 km"), (23_400, "23 km"), (1_427_300, "1,427 km")],
)
def test_kilometres(metres: int, text: str) -> None:
    assert kilometres(metres) == text
    assert kilometres(metres, "zh") == text.replace("km", "公里")


def test_hours_have_one_decimal() -> None:
    assert (hours(1045.94), hours(3, "zh")) == ("1,045.9 h", "3.0 小时")


def test_things_are_counted() -> None:
    assert [count(1, "job"), count(2, "job"), count(0, "branch")] == ["1 job", "2 jobs", "0 branches"]
    assert count(2, "job is", plural="jobs are") == "2 jobs are"
    assert count(2_000, "job", "zh") == "2,000 个工单"


def test_lists() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed([])] == [
        "a",
        "a and b",
        "a, b and c",
        "",
    ]
    assert listed(["a", "b", "c"], "zh") == "a、b、c"


def test_amounts_of_the_bill() -> None:
    assert [amount(1, "job"), amount(11, "job"), amount(45.94, "h")] == ["1 job", "11 jobs", "45.9 h"]
    assert [amount(1, "job", "zh"), amount(2.9, "empty visits", "zh")] == ["1 个工单", "2.9 次空跑"]
    assert amount(2.5, "levels") == "2.5 levels"  # a part of a whole thing is not rounded away
    assert amount(3, "unheard of") == "3.0 unheard of"
