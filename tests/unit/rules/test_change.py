"""CHANGE.

T1 was announced for J1 at 14:00, window 14:00 to 16:00. At 08:00 that is six hours ahead: neither short notice nor
time enough, so the prices are those of the parameters: 10 yuan for the technician, 20 for the day, 8 and 8 for time.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.promise import Promise, asked_jobs, counting_promises
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician
from optimizer.domain.time import Window
from optimizer.rules.change import RULE, ChangeParams
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.rules.unserved import UnservedParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = ChangeParams()
BEFORE = DAY - timedelta(days=1)
PEOPLE = [technician(), technician(technician_id="T2")]
EIGHT = at("08:00")


def promised(start: str = "14:00", day: date = DAY, *, hours: int = 2, **facts: Any) -> Promise:
    """Return what was promised for J1; the window opens with the start."""
    opens = at(start, day)
    window = Window(start=opens, end=opens + timedelta(hours=hours))
    one = Promise(job_id="J1", technician_id="T1", start=opens, window=window)
    return one.model_copy(update=facts)


def question(*promises: Promise, now: datetime | None = EIGHT, days: int = 2, **facts: Any) -> Scenario:
    people: Sequence[Technician] = facts.pop("technicians", PEOPLE)
    return scenario(people, promises=promises, now=now, days=days, **facts)


def visit(start: str, who: str = "T1", day: date = DAY, shift_day: date | None = None) -> ShiftPlan:
    """Return a day on which J1 is served; over midnight it belongs to the shift of the day before."""
    begin = at(start, day)
    done = stop("J1", begin, begin + timedelta(hours=1))
    return shift_plan([done], technician_id=who, day=shift_day or day)


def owed(of: Scenario, *shifts: ShiftPlan, params: ChangeParams = PARAMS) -> list[int]:
    """Return the cents of the lines; the search is told as much."""
    made = plan(of, shifts)
    cents = [line.cents for line in RULE.bill(of, params, made)]
    assert sum(cents) == told_to_the_search(of, made, params)
    return cents


def told_to_the_search(of: Scenario, made: Plan, params: ChangeParams) -> int:
    """Return what the verbs cost for J1, served once or left out."""
    draft = Recording(of)
    RULE.compile(of, params, draft)
    cents = draft.charged + sum(draft.assignment.get(("J1", shift.key), 0) for shift in made.shifts)
    cents += sum(cents for one in made.unserved for _, cents in draft.unserved.get(one, []))
    end = at("00:00", of.horizon.dates()[-1] + timedelta(days=1))
    start = next((shift.stops[0].start for shift in made.shifts), end)
    for _, event, steps in draft.lateness:
        assert event == "start"
        cents += sum(step.cents for step in steps if start > step.after)
    return cents


def test_as_announced_owes_nothing() -> None:
    assert owed(question(promised()), visit("14:00")) == []
    assert owed(question(), visit("17:00", "T2")) == []  # nothing was promised


def test_another_technician() -> None:
    assert owed(question(promised()), visit("14:00", "T2")) == [1_000]


def test_another_day() -> None:
    # by the clock that is late, too: 20 yuan for the day, 8 and 8 for the time
    assert owed(question(promised()), visit("14:00", day=NEXT_DAY)) == [3_600]
    asked = question(promised(day=NEXT_DAY, asked=True))
    assert owed(asked, visit("14:00")) == [1_500, 1_000]  # 30 h ahead is half the price: asking, and the day
    assert owed(asked, visit("09:00", day=NEXT_DAY)) == [1_500]  # earlier on the same day costs nothing more


@pytest.mark.parametrize(
    ("start", "cents"),
    [
        ("14:30", []),
        ("14:30:01", [800]),
        ("16:00", [800]),
        ("16:00:01", [1_600]),
        ("23:00", [1_600]),
    ],
)
def test_later_starts_cost_by_steps(start: str, cents: list[int]) -> None:
    assert owed(question(promised(asked=True)), visit(start)) == [3_000, *cents]
    assert owed(question(promised()), visit(start)) == cents


def test_an_earlier_start_costs_nothing() -> None:
    internal = question(promised(told=False))
    assert owed(internal, visit("09:10")) == []
    assert owed(internal, visit("09:10", "T2")) == [400]  # 40 in 100 of 10 yuan


def test_the_promised_start_is_not_before_the_window() -> None:
    early = promised().model_copy(update={"start": at("13:00")})  # the window opens at 14:00
    assert owed(question(early), visit("14:30")) == []
    assert owed(question(early), visit("14:31")) == [800]
    late = promised().model_copy(update={"start": at("14:40")})
    assert owed(question(late), visit("15:10")) == []
    assert owed(question(late), visit("15:11")) == [800]


@pytest.mark.parametrize(
    ("now", "percent"),
    [
        (at("10:00"), 200),  # four hours, short notice to the second
        (at("09:59:59"), 100),
        (at("14:00", BEFORE), 100),  # a day
        (at("13:59:59", BEFORE), 50),
        (at("15:00"), 200),  # the start has passed, the window has not
        (at("16:00"), 200),
        (None, 100),  # 14 hours after the horizon's start
    ],
)
def test_the_nearer_the_dearer(now: datetime | None, percent: int) -> None:
    assert owed(question(promised(), now=now), visit("16:00", "T2")) == [18 * percent]


def test_a_promise_that_has_passed_is_not_moved() -> None:
    for one in (promised(), promised(asked=True)):
        of = question(one, now=at("16:00:01"))
        assert owed(of, visit("17:00", "T2")) == []
        assert owed(of) == []


def test_cents_are_rounded_half_up() -> None:
    odd = ChangeParams(technician_cents=3, day_cents=1, moved_cents=5, far_cents=0, internal_percent=50)
    of = question(promised(told=False), days=1)
    # 1.5 and 2.5 become 2 and 3
    assert owed(of, visit("15:00", "T2"), params=odd) == [5]
    assert owed(of, params=odd) == [2 + 1 + 3]


def test_asking_is_owed_whatever_the_plan() -> None:
    of = question(promised(asked=True))
    assert owed(of, visit("14:00")) == [3_000]
    assert owed(of) == [3_000, 4_600]
    free = ChangeParams(ask_cents=0)
    assert owed(of, visit("14:00"), params=free) == []


def test_left_out_owes_everything_that_moving_can() -> None:
    of = question(promised())
    assert owed(of) == [4_600]
    worst = max(sum(owed(of, visit("17:00", who, day))) for who in ("T1", "T2") for day in (DAY, NEXT_DAY))
    assert worst == 4_600


def test_what_a_later_plan_can_keep_is_not_moved_by_leaving_it_out() -> None:
    assert owed(question(promised(day=NEXT_DAY), days=1)) == []
    assert owed(question(promised(day=NEXT_DAY), days=2)) == [2_300]  # 30 h ahead is half the price
    # a window over the last midnight: lost for good are half an hour from 23:00 on, and the day
    assert owed(question(promised("23:00"), days=1)) == [800 + 2_000]


def test_of_several_promises_the_last_told_counts() -> None:
    first, second = promised("10:00"), promised("14:00", technician_id="T2")
    internal = promised("16:00", told=False)
    assert counting_promises([internal, first, second, internal]) == {"J1": second}
    assert counting_promises([internal, promised("17:00", told=False)])["J1"].start == at("17:00")
    of = question(first, second, internal)
    assert owed(of, visit("14:00", "T2")) == []
    assert owed(of, visit("14:00", "T1")) == [1_000]


def test_the_promise_that_counts_is_asked_for_or_not() -> None:
    asked, internal = promised(asked=True), promised("16:00", told=False, asked=True)
    assert asked_jobs([asked]) == asked_jobs([internal]) == asked_jobs([internal, asked]) == {"J1"}
    assert asked_jobs([asked, promised("17:00")]) == asked_jobs([internal, promised()]) == frozenset()


NIGHT = Shift(day=DAY, start=time(20), end=time(4))
"""Until 06:00 with overtime."""


@pytest.mark.parametrize(("start", "that_day"), [("03:00", True), ("06:00", True), ("06:00:01", False)])
def test_a_shift_over_midnight_is_the_promised_day(start: str, that_day: bool) -> None:
    by_night = technician(shifts=(NIGHT, Shift(day=NEXT_DAY, start=time(20), end=time(23))))
    of = question(promised(start, NEXT_DAY), technicians=(by_night, PEOPLE[1]), now=at("20:00"), days=3)
    # seven to ten hours ahead, so at the usual prices
    same = visit(start, day=NEXT_DAY, shift_day=DAY)
    assert owed(of, same) == ([] if that_day else [2_000])
    assert owed(of, visit(start, day=NEXT_DAY)) == []  # the calendar's day as well
    assert owed(of, visit(start, "T2", NEXT_DAY, DAY)) == [3_000]  # T2's shift of the day before ends at six


def test_who_may_be_away_overnight_comes_on_an_earlier_day_at_no_price() -> None:
    away = technician(nights_away=1)
    for who, cents in ((technician(), [400]), (away, [])):  # half of 40 in 100 of 20 yuan
        of = question(promised(day=NEXT_DAY, told=False), technicians=(who,))
        assert owed(of, visit("15:00")) == cents
    assert owed(question(promised(), technicians=(away,)), visit("14:00", day=NEXT_DAY)) == [3_600]


def test_a_shift_over_midnight_ends_the_promised_day() -> None:
    by_night = technician(shifts=(NIGHT,))
    of = question(promised("22:00", asked=True), technicians=(by_night,))
    # 14 hours ahead: 30 yuan for asking, 8 and 8 for the time, none for the day until six
    assert owed(of, visit("06:00", day=NEXT_DAY, shift_day=DAY)) == [3_000, 1_600]
    assert owed(of, visit("06:00:01", day=NEXT_DAY, shift_day=DAY)) == [3_000, 3_600]
    # nobody works at the promised time: midnight ends the day
    early = question(promised("14:00", asked=True), technicians=(by_night,))
    assert owed(early, visit("23:59:59")) == [3_000, 1_600]
    assert owed(early, visit("00:00", day=NEXT_DAY, shift_day=DAY)) == [3_000, 3_600]


def test_of_a_crew_who_leads_counts_and_of_parts_the_first() -> None:
    of = question(promised())
    mate = stop("J1", at("14:00"), at("15:00"), seat=1)
    later = stop("J1", at("09:00", NEXT_DAY), at("10:00", NEXT_DAY), part=1)
    days = [visit("14:00"), shift_plan([mate], technician_id="T2"), shift_plan([later], day=NEXT_DAY)]
    assert [line.cents for line in RULE.bill(of, PARAMS, plan(of, days))] == []


def test_sentences() -> None:
    of = question(promised(asked=True))
    lines = list(RULE.bill(of, PARAMS, plan(of, [visit("09:00", "T2", NEXT_DAY)])))
    assert [line.sentence for line in lines] == [
        "J1 was promised for 2026-07-15 14:00 with T1; the customer is asked for another time, whatever the plan: "
        "¥30.00.",
        "J1 was promised for 2026-07-15 14:00 with T1; T2 starts 2026-07-16 09:00 (another technician, another day "
        "and 19 h 00 min later): ¥46.00.",
    ]
    assert {(line.kind, line.job_id, line.unit) for line in lines} == {("service", "J1", "job")}
    assert [(line.technician_id, line.day) for line in lines] == [(None, None), ("T2", NEXT_DAY)]
    internal = question(promised(told=False))
    (line,) = RULE.bill(internal, PARAMS, plan(internal, ()))
    assert (
        line.sentence == "J1 was planned, but not told, for 2026-07-15 14:00 with T1 and is left out: ¥18.40."
    )


def test_jobs_alike_are_said_in_one_call() -> None:
    jobs = [job(job_id=f"J{number}") for number in range(4)]
    promises = [
        promised(start, NEXT_DAY, job_id=f"J{number}")
        for number, start in enumerate(("14:00", "15:00", "14:00", "16:00"))
    ]
    draft = Recording(question(*promises, jobs=jobs))
    RULE.compile(question(*promises, jobs=jobs), PARAMS, draft)
    assert draft.calls.count("price_assignment") == 2  # one for the other technician, one for the day before


@pytest.mark.parametrize(
    "values", [{"far_min": 30}, {"far_h": 3}, {"near_percent": -1}, {"tolerance_min": 120}]
)
def test_parameters_that_make_no_sense(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ChangeParams(**values)


def test_prices_that_would_make_dropping_cheaper_are_refused() -> None:
    # a promised job counts as VIP: leaving it out costs 250,000; being late costs 800 and the day's 2,000 as well
    for cents, refused in ((247_199, False), (247_200, True)):
        of = question(promised(), rules={"CHANGE": {"moved_cents": cents, "far_cents": 800}})
        issues = list(UNSERVED.validate(of, UnservedParams()))
        assert [(one.code, one.path) for one in issues] == [
            ("cheaper-to-drop", "policy.rules.UNSERVED.vip_cents")
        ] * refused


def test_solve_keeps_who_was_announced() -> None:
    jobs = [job(), job(job_id="J2")]
    for first, second in (("T1", "T2"), ("T2", "T1")):
        promises = [
            promised("10:00", technician_id=first),
            promised("10:00", job_id="J2", technician_id=second),
        ]
        assert who_does(solved(question(*promises, jobs=jobs, days=1))) == {"J1": first, "J2": second}


def test_solve_moves_a_promise_that_the_customer_is_asked_about() -> None:
    windows = (Window(start=at("14:00"), end=at("16:00")),)
    jobs, absent = [job(windows=windows)], technician(shifts=(Shift(day=NEXT_DAY),))
    of = question(promised(), jobs=jobs, technicians=[absent])
    assert solved(of).unserved == ("J1",)
    (shift,) = solved(question(promised(asked=True), jobs=jobs, technicians=[absent])).shifts
    assert (shift.day, shift.stops[0].start) == (NEXT_DAY, at("09:10", NEXT_DAY))
