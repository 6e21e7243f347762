"""Which windows are offered where nobody names any."""

from datetime import time, timedelta
from itertools import pairwise

from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.offers import slots_of
from tests.unit.offers.days import window
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, scenario, technician


def test_two_hours_from_the_full_hour_until_the_last_shift_ends() -> None:
    # 09:00 to 18:00; the last window is what is left.
    found = slots_of(scenario(), job())
    begins = ("09:00", "11:00", "13:00", "15:00", "17:00", "18:00")
    assert found == tuple(window(start, end) for start, end in pairwise(begins))


def test_halves_meet_at_the_midday_rest() -> None:
    assert slots_of(scenario(), job(), "half day") == (window("09:00", "12:00"), window("12:00", "18:00"))


def test_all_days_on_which_anybody_works() -> None:
    early = technician(shifts=(Shift(day=DAY, start=time(7, 30), end=time(12)),))
    late = technician(technician_id="T2", shifts=(Shift(day=NEXT_DAY, start=time(13), end=time(16)),))
    found = slots_of(scenario([early, late], days=3), job())
    assert found[0] == window("07:30", "09:00")
    assert [one.start - timedelta(days=1) for one in found if one.start > at("23:00")] == [
        at("13:00"),
        at("15:00"),
    ]


def test_what_is_past_or_does_not_suit_the_customer_is_cut_off() -> None:
    question = scenario(now=at("10:10"))
    assert slots_of(question, job())[0] == window("10:10", "11:00")
    wished = job(windows=(window("10:00", "12:00"), window("16:45", "17:30")))
    # Of 15:00 to 17:00 a quarter of an hour is left: too little to be offered.
    assert slots_of(question, wished) == (
        window("10:10", "11:00"),
        window("11:00", "12:00"),
        window("17:00", "17:30"),
    )
    assert all(isinstance(one, Window) for one in slots_of(question, wished))
