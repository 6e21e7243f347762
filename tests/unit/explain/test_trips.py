"""The days of a trip in words: nights, stays, and overtime on the way home."""

from datetime import datetime, time

from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.explain.of_plan import explainer_of
from optimizer.explain.said import said_technician
from tests.unit import sleeper_days
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, solved, technician
from tests.unit.trip_days import LAST_DAY, question


def far_away(last_end: str) -> Scenario:
    """Return two repairs 3 h away, on the first day at 14:00 and on the last at 09:00, and when that day ends."""
    shifts = (Shift(day=DAY), Shift(day=NEXT_DAY), Shift(day=LAST_DAY, end=time.fromisoformat(last_end)))
    moments = at("14:00"), at("09:00", LAST_DAY)
    jobs = [_job(f"J{number}", moment) for number, moment in enumerate(moments, start=1)]
    return question(technicians=[technician(nights_away=2, shifts=shifts)], jobs=jobs)


def _job(job_id: str, moment: datetime) -> object:
    return job(job_id=job_id, place=north(108), windows=(Window(start=moment, end=moment),))


def said(of: Scenario) -> list[tuple[str, ...]]:
    """Return what is said of each day of the technician; 108 km at 36 km/h are 3 h."""
    return [
        answer.sentences for answer in said_technician(explainer_of(of, solved(of), None).explainer, "T1")
    ]


def test_nights_and_stays() -> None:
    first, stay, last = said(far_away("18:00"))
    assert first[0] in (
        "T1 on 2026-07-15 has no overtime: night away near J1, hotel.",
        "T1 on 2026-07-15 has no overtime: night away near J2, hotel.",
    )
    assert stay[0].startswith("T1 on 2026-07-16 has no overtime: stays near J")
    # The midday rest ends by 13:30, so not after the 3 h home from 10:00 on: it is taken at 12:00, before them.
    assert last[0] == "T1 on 2026-07-17 has no overtime: back at 15:40 after 6 h 40 min."
    assert "from the night near J" in last[1]


def test_overtime_at_the_end_of_a_trip_is_not_passed_over() -> None:
    # Three hours home from 10:00 on, and the day ends at 12:00, before a midday rest is due.
    _, _, last = said(far_away("12:00"))
    assert last[0].startswith(
        "T1 on 2026-07-17 is back at 13:00, 1 h 00 min after the regular end at 12:00: the way back from J"
    )
    assert "Only leaving out J" in last[0]


def test_a_night_on_board_and_the_morning_after_it() -> None:
    asked = sleeper_days.question()
    first, work, last = [
        answer.sentences
        for answer in said_technician(explainer_of(asked, sleeper_days.trip().plan, None).explainer, "T1")
    ]
    assert first == (
        "T1 on 2026-07-15 has no overtime: rides through the night to J1.",
        "  leaves 18:00 · 18:00 rides through the night to J1",
    )
    assert work == (
        "T1 on 2026-07-16 has no overtime: rides through the night back.",
        "  from the night near J1 09:00 · 09:00 J1 · 18:00 rides through the night back",
    )
    assert last == ("T1 on 2026-07-17 has no overtime: back in the morning, at 09:00.",)
