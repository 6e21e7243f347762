"""Nights away and days of trips in words."""

from optimizer.domain.plan import ShiftPlan
from optimizer.words.nights import evening_place, evening_words, morning_words, nights_away, work_of_day
from tests.unit.sleeper_days import trip
from tests.unit.trip_days import on_the_way, question, shifts

FIRST, STAY, LAST = shifts(question())


def said(of: ShiftPlan) -> tuple[str, str, str]:
    """Return the words of a day: where from, what, where to."""
    return morning_words(of), work_of_day(of), evening_words(of)


def test_each_day_of_a_trip() -> None:
    assert said(FIRST) == ("", "1 job", "near J2, hotel")
    assert said(STAY) == ("near J2", "stays near J2", "near J2, hotel")
    assert said(LAST) == ("near J2", "1 job", "")


def test_a_day_without_stops_that_drives_is_on_the_way() -> None:
    day = on_the_way(question())
    assert (work_of_day(day), work_of_day(day, "zh")) == ("on the way", "在途")


def test_in_chinese_and_in_the_beds_of_a_branch() -> None:
    stay = shifts(question(housing=True))[1]
    assert evening_words(stay, "zh") == "J2 附近，网点宿舍"
    assert work_of_day(stay, "zh") == "停留 J2 附近"


def test_nights_are_counted() -> None:
    assert nights_away((FIRST, STAY, LAST)) == "2 nights away"
    assert nights_away((FIRST, LAST)) == "1 night away"
    assert nights_away((FIRST, STAY), "zh") == "2 晚在外"
    assert nights_away((LAST,)) == ""


def test_nights_on_board() -> None:
    out, work, back = trip().plan.shifts
    assert said(out) == ("", "on the way", "rides through the night to J1")
    assert said(work) == ("near J1", "1 job", "rides through the night back")
    assert said(back) == ("", "back in the morning", "")
    assert [evening_place(day, "zh") for day in (out, work, back)] == [
        "夜间乘车船前往 J1",
        "夜间乘车船返回",
        "",
    ]
    assert evening_place(FIRST) == "near J2"
    assert work_of_day(back, "zh") == "早晨返回"
