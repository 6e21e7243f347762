"""People as they are, with other skills, certificates and hours."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from optimizer.domain.event import Back
from optimizer.domain.roster import roster
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Certificate, Onboarding, Shift
from optimizer.domain.time import DateRange
from optimizer.replan.effects import with_effect
from optimizer.whatif.variants.on_call import ON_CALL, on_call_from, waits_on_call
from tests.unit.rules.build import DAY, NEXT_DAY, at, scenario, technician
from tests.unit.whatif.variants.say import after, refused


def base(days: int = 1, **facts: Any) -> Scenario:
    return scenario([technician(**facts), technician(technician_id="T2", skills={"survey": 2})], days=days)


def hours(made: Scenario) -> list[tuple[str, date, int, int]]:
    return [
        (one.key.technician_id, one.key.day, one.shift.start.hour, one.shift.end.hour) for one in roster(made)
    ]


def test_who_learns_keeps_what_was_better() -> None:
    made = after(base(), "train", skills={"repair": 2, "survey": 3}, kits=["installer", "repairer"])
    first, second = made.technicians
    assert (first.skills, second.skills) == ({"repair": 3, "survey": 3}, {"survey": 3, "repair": 2})
    assert first.kits == ("repairer", "installer")


def test_who_is_trained_on_some_products_is_trained_on_the_new_one() -> None:
    known = base(onboarding=Onboarding(trained_products=("aircon",)), skills={"repair/heater": 1})
    made = after(known, "train", who={"technician_ids": ["T1"]}, skills={"repair/heater": 3})
    assert made.technicians[0].onboarding.trained_products == ("aircon", "heater")


def test_so_many_learn_the_first_of_those_who_fit() -> None:
    made = after(base(), "train", who={"count": 1}, skills={"survey": 1})
    assert made.technicians == (made.technicians[0], base().technicians[1])
    assert made.technicians[0].skills == {"repair": 3, "survey": 1}


def test_nobody_learns_what_nobody_asks_for() -> None:
    assert refused(base(), "train", skills={"repairs": 1}, kits=["x"]) == [
        ("unknown-skill", "skills.repairs"),
        ("unknown-kit", "kits[0]"),
    ]


def test_a_lapsed_certificate_is_renewed() -> None:
    lapsed = Certificate(name="welding", valid_until=date(2026, 6, 30))
    made = after(
        base(certificates=(lapsed,)), "certify", who={"technician_ids": ["T1"]}, certificates=["welding"]
    )
    assert made.technicians[0].certificates == (Certificate(name="welding"),)
    assert made.technicians[1] == base().technicians[1]
    assert refused(base(), "certify", certificates=["weldin"]) == [("unknown-certificate", "certificates[0]")]


def test_shifts_begin_earlier_and_usual_ones_are_written_out() -> None:
    made = after(base(2), "shift_times", start="07:00", end="16:00")
    assert hours(made) == [(who, day, 7, 16) for who in ("T1", "T2") for day in (DAY, NEXT_DAY)]


def test_shifts_begin_earlier_on_some_weekdays_of_some_people() -> None:
    made = after(base(2), "shift_times", who={"technician_ids": ["T2"]}, start="07:00", weekdays=[4])
    assert hours(made) == [
        ("T1", DAY, 9, 18),
        ("T1", NEXT_DAY, 9, 18),
        ("T2", DAY, 9, 18),
        ("T2", NEXT_DAY, 7, 18),
    ]


def test_days_off_stay_off() -> None:
    known = base(2).model_copy(update={"calendar": HolidayCalendar(extra_free_days=(DAY,))})
    assert hours(after(known, "shift_times", start="08:00")) == [
        ("T1", NEXT_DAY, 8, 18),
        ("T2", NEXT_DAY, 8, 18),
    ]


def test_days_written_beyond_the_horizon_change_too() -> None:
    later = DAY + timedelta(days=9)
    made = after(base(shifts=(Shift(day=DAY), Shift(day=later))), "shift_times", end="17:00")
    assert [(one.day, one.end) for one in made.technicians[0].shifts or ()] == [
        (DAY, time(17)),
        (later, time(17)),
    ]


def test_half_a_shift_makes_no_night_of_a_day() -> None:
    late = base(shifts=(Shift(day=DAY, start=time(13), end=time(22)),))
    assert refused(late, "shift_times", end="12:00") == [("turned-shift", "end")]
    night = after(late, "shift_times", start="22:00", end="06:00")
    assert hours(night) == [("T1", DAY, 22, 6), ("T2", DAY, 22, 6)]


def test_another_limit_of_overtime() -> None:
    made = after(base(), "overtime_limit", who={"technician_ids": ["T1"]}, minutes=30)
    assert [one.shift.overtime_limit_min for one in roster(made)] == [30, None]


def test_part_timers_work_on_their_weekdays_only() -> None:
    made = after(
        base(2),
        "part_time",
        who={"technician_ids": ["T1"]},
        weekdays=[3],
        hours={"start": "09:00", "end": "13:00"},
    )
    assert hours(made) == [("T1", DAY, 9, 13), ("T2", DAY, 9, 18), ("T2", NEXT_DAY, 9, 18)]


def test_who_is_on_call_waits_until_called_in() -> None:
    made = after(base(), "on_call", who={"technician_ids": ["T2"]})
    first, second = made.technicians
    assert [waits_on_call(one, day) for one in (first, second) for day in (DAY, NEXT_DAY)] == [
        False,
        False,
        True,
        True,
    ]
    back = Back(kind="back", technician_id="T2", at=at("11:00"))
    called = with_effect(made, back, leads=None).technicians[1]
    assert not waits_on_call(called, DAY)
    again = on_call_from(called, NEXT_DAY)
    assert (waits_on_call(again, DAY), waits_on_call(again, NEXT_DAY)) == (False, True)
    assert [one.reason for one in on_call_from(again, NEXT_DAY).leave].count(ON_CALL) == 1


def test_who_is_ill_is_not_on_call() -> None:
    ill = base(leave=(DateRange(first_day=DAY, last_day=DAY, reason="ill"),))
    made = after(ill, "on_call", who={"technician_ids": ["T1"]})
    assert [waits_on_call(made.technicians[0], day) for day in (DAY, NEXT_DAY)] == [False, True]


def test_who_comes_like_somebody_on_call_is_on_call() -> None:
    made = after(after(base(), "on_call", who={"technician_ids": ["T1"]}), "add_staff", like="T1")
    assert waits_on_call(made.technicians[2], DAY)


@pytest.mark.parametrize("kind", ["shift_times", "overtime_limit", "part_time", "on_call", "certify"])
def test_names_that_lead_nowhere(kind: str) -> None:
    kinds: dict[str, dict[str, Any]] = {
        "shift_times": {"start": "08:00"},
        "overtime_limit": {"minutes": 0},
        "part_time": {"weekdays": [1]},
        "on_call": {},
        "certify": {"certificates": ["welding"]},
    }
    assert refused(base(), kind, who={"technician_ids": ["T3"]}, **kinds[kind]) == [
        ("unknown-technician", "who.technician_ids[0]")
    ]
