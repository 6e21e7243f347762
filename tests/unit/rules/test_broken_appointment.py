"""BROKEN_APPOINTMENT."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.domain.promise import Promise
from optimizer.domain.time import Window
from optimizer.rules.broken_appointment import RULE, BrokenAppointmentParams
from tests.unit.rules.build import NEXT_DAY, at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

PARAMS = BrokenAppointmentParams()
MORNING = Window(start=at("09:00"), end=at("11:00"))
TOMORROW = Window(start=at("09:00", NEXT_DAY), end=at("11:00", NEXT_DAY))
MIDNIGHT = at("00:00", NEXT_DAY)


def said(of: Any, params: BrokenAppointmentParams = PARAMS) -> Recording:
    draft = Recording(of)
    RULE.compile(of, params, draft)
    return draft


def owed(of: Any, shifts: Any = (), params: BrokenAppointmentParams = PARAMS) -> list[tuple[str | None, int]]:
    return [(line.job_id, line.cents) for line in RULE.bill(of, params, plan(of, shifts))]


def test_kept_appointment_owes_nothing() -> None:
    of = scenario(jobs=[job(windows=(MORNING,))])
    assert owed(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])]) == []


def test_missed_appointments_are_owed_each() -> None:
    of = scenario(jobs=[job(windows=(MORNING,)), job(job_id="J2", windows=(MORNING,)), job(job_id="J3")])
    assert said(of).unserved == {"J1": [(0, 3_000)], "J2": [(0, 3_000)]}
    assert owed(of) == [("J1", 3_000), ("J2", 3_000)]
    lines = list(RULE.bill(of, PARAMS, plan(of, ())))
    assert lines[0].sentence == "J1 is left out and its last appointment ends 2026-07-15 11:00: ¥30.00."
    assert {line.kind for line in lines} == {"service"}


@pytest.mark.parametrize(
    ("windows", "missed"),
    [
        ((), False),
        ((MORNING,), True),
        ((MORNING, TOMORROW), False),  # can still be kept tomorrow
        ((Window(start=at("20:00"), end=MIDNIGHT),), False),  # ends with the horizon, not before it
        ((Window(start=at("20:00"), end=MIDNIGHT - timedelta(seconds=1)),), True),
        # over already when the horizon begins
        ((Window(start=at("09:00") - timedelta(days=2), end=at("11:00") - timedelta(days=2)),), True),
    ],
)
def test_missed_means_that_no_window_is_left(windows: tuple[Window, ...], missed: bool) -> None:
    of = scenario(jobs=[job(windows=windows)])
    assert bool(said(of).unserved) == missed
    assert bool(owed(of)) == missed


def test_the_window_the_customer_was_told_is_the_appointment() -> None:
    told = Promise(job_id="J1", technician_id="T1", window=MORNING, start=at("09:30"))
    internal = told.model_copy(update={"told": False})
    jobs = [job(windows=(MORNING, TOMORROW))]
    for promises, missed in (([told], True), ([internal], False), ([], False)):
        of = scenario(jobs=jobs, promises=promises)
        assert bool(said(of).unserved) == missed
        assert bool(owed(of)) == missed
    assert owed(scenario(promises=[told])) == [("J1", 3_000)]


def test_a_promise_that_has_passed_is_owed_whatever_the_plan() -> None:
    told = Promise(job_id="J1", technician_id="T1", window=MORNING, start=at("09:30"))
    served = [shift_plan([stop("J1", at("13:10"), at("14:10"))])]
    of = scenario(promises=[told], now=at("11:00:01"))  # a second after its window
    assert (said(of).unserved, said(of).charged) == ({}, 3_000)
    assert owed(of) == owed(of, served) == [("J1", 3_000)]
    (line,) = RULE.bill(of, PARAMS, plan(of, served))
    assert line.sentence == (
        "J1: the appointment told to the customer passed 2026-07-15 11:00, whatever the plan: ¥30.00."
    )
    # at its last second it can still be kept; what was not told binds nobody
    for kept in (
        scenario(promises=[told], now=at("11:00")),
        scenario(promises=[told.model_copy(update={"told": False})], now=at("11:00:01")),
    ):
        assert said(kept).charged == 0
        assert owed(kept, served) == []


def test_who_is_asked_for_another_time_misses_the_told_one_when_left_out() -> None:
    asked = Promise(job_id="J1", technician_id="T1", window=MORNING, start=at("09:30"), asked=True)
    of = scenario(promises=[asked])
    assert owed(of) == [("J1", 3_000)]
    assert owed(of, [shift_plan([stop("J1", at("13:10"), at("14:10"))])]) == []


def test_only_the_last_promise_told_can_be_broken() -> None:
    first = Promise(job_id="J1", technician_id="T1", window=MORNING, start=at("09:30"))
    later = Window(start=at("14:00"), end=at("15:00"))
    second = first.model_copy(update={"window": later, "start": at("14:00")})
    of = scenario(promises=[first, second], now=at("12:00"))
    assert (said(of).unserved, said(of).charged) == ({"J1": [(0, 3_000)]}, 0)
    assert owed(of) == [("J1", 3_000)]
    assert owed(of, [shift_plan([stop("J1", at("14:00"), at("15:00"))])]) == []


def test_a_longer_horizon_misses_more() -> None:
    of = scenario(jobs=[job(windows=(MORNING, TOMORROW))], days=2)
    assert said(of).unserved == {"J1": [(0, 3_000)]}
    assert owed(of) == [("J1", 3_000)]


@pytest.mark.parametrize(
    ("facts", "cents"),
    [
        ({"second_visit": "tools"}, 0),
        ({"second_visit": "tools", "complaint": "complaint"}, 3_000),
        ({"second_visit": "parts", "complaint": "strong"}, 3_000),
        ({"second_visit": "fault_back"}, 10_000),
        ({"second_visit": "fault_back", "complaint": "complaint"}, 10_000),
        ({"complaint": "complaint"}, 0),
    ],
)
def test_what_has_happened_is_owed_whatever_the_plan(facts: dict[str, Any], cents: int) -> None:
    of = scenario(jobs=[job(**facts)])
    assert said(of).charged == cents
    expected = [("J1", cents)] if cents else []
    assert owed(of) == expected
    assert owed(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])]) == expected


def test_sentences_say_what_happened() -> None:
    of = scenario(
        jobs=[
            job(second_visit="parts", complaint="complaint"),
            job(job_id="J2", second_visit="fault_back"),
        ]
    )
    assert [line.sentence for line in RULE.bill(of, PARAMS, plan(of, ()))] == [
        "J1: a second visit for want of parts, the customer complained, whatever the plan: ¥30.00.",
        "J2: the mended fault came back, whatever the plan: ¥100.00.",
    ]


def test_prices_of_nothing_are_not_said() -> None:
    params = BrokenAppointmentParams(missed_cents=0, second_visit_cents=0, fault_back_cents=0)
    of = scenario(
        jobs=[job(windows=(MORNING,), second_visit="fault_back"), job(job_id="J2", windows=(MORNING,))]
    )
    assert said(of, params).calls == []
    assert owed(of, (), params) == []


def test_solve_keeps_the_appointment_that_would_be_missed() -> None:
    # Room for one job, equal but for the appointment, whichever is named first.
    late = Window(start=at("09:00"), end=at("16:00"))
    jobs = [job(), job(job_id="J2", windows=(late,))]
    rules: dict[str, dict[str, Any]] = {"WORKLOAD_CAP": {"jobs_per_day": 1}}
    for order in (jobs, jobs[::-1]):
        assert solved(scenario(jobs=order, rules=rules)).unserved == ("J1",)
