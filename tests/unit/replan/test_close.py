"""The close of a day: what the next days begin with."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from optimizer.control import Iterations
from optimizer.domain.event import (
    CallOff,
    Event,
    Finished,
    LateStart,
    NewJob,
    NoAccess,
    OrderRefused,
    PartArrived,
    PartMissing,
    Postponed,
    Started,
    ToolMissing,
)
from optimizer.domain.job import Customer, Job
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.roster import roster
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Attendance, Ledger, Shift, Technician
from optimizer.domain.time import DateRange, Horizon, Window
from optimizer.domain.travel import Matrix, Travel
from optimizer.errors import InvalidInput
from optimizer.planning import plan_scenario
from optimizer.replan import Closed, close_day
from tests.unit import restock_day, trip_days
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, scenario, technician

MORNING = Window(start=at("09:00"), end=at("09:30"))
AFTERNOON = Window(start=at("14:00"), end=at("15:00"))
TOMORROW = Window(start=at("10:00", NEXT_DAY), end=at("11:00", NEXT_DAY))
LATER = DAY + timedelta(days=3)
IN_DAYS = Window(start=at("10:00", LATER), end=at("11:00", LATER))
JOBS = [job(windows=(MORNING,)), job(job_id="J2", place=north(7), windows=(AFTERNOON,))]
"""T1 does J1 at 09:10, drives 100 s to J2, begins at 14:00 and is back at 15:11:40."""


def closed(
    *events: Event,
    of: Scenario | None = None,
    day: date = DAY,
    now: datetime | None = None,
    plan: Plan | None = None,
    **how: Any,
) -> Closed:
    """Return a closed day; what is left can be planned."""
    asked = question() if of is None else of
    followed = plan_scenario(asked, stop=Iterations(60)).plan if plan is None else plan
    found = close_day(asked, followed, events, day, now or at("21:00", day), **how)
    plan_scenario(found.scenario, stop=Iterations(30))
    return found


def question(jobs: list[Job] | None = None, who: Technician | None = None, **facts: Any) -> Scenario:
    return scenario([who or technician()], JOBS if jobs is None else jobs, **facts)


def in_vain(**facts: Any) -> NoAccess:
    return NoAccess(kind="no_access", job_id="J1", at=at("09:20"), **facts)


def the_job(found: Closed, job_id: str = "J1") -> Job:
    return next(one for one in found.scenario.jobs if one.job_id == job_id)


def person(found: Closed) -> Technician:
    return found.scenario.technicians[0]


def test_a_day_that_went_as_planned_leaves_nothing() -> None:
    found = closed()
    assert found.scenario.jobs == ()
    assert found.scenario.horizon == Horizon(first_day=NEXT_DAY, days=1)
    assert found.scenario.now == at("21:00")
    assert person(found).shifts is None
    report = found.report
    assert (report.done, report.left_over, report.assumed) == (("J1", "J2"), (), ("J1", "J2"))
    assert report.real_bill == report.planned_bill


def test_work_goes_into_the_month_and_the_week() -> None:
    before = technician(
        month_to_date=Ledger(jobs=10, repairs=8, hours=50), week_to_date=Ledger(jobs=1, repairs=1, hours=4)
    )
    survey = job(
        job_id="J3", type="survey", place=north(6), windows=(Window(start=at("11:00"), end=at("11:30")),)
    )
    who = before.model_copy(update={"skills": {"repair": 3, "survey": 3}})
    found = person(closed(of=question([*JOBS, survey], who)))
    hours = 3 + (600 + 100 + 700) / 3600  # three hours of service; to J1, on to J2 and home
    assert (found.month_to_date.jobs, found.month_to_date.repairs) == (13, 10)
    assert found.month_to_date.hours == pytest.approx(50 + hours)
    assert (found.week_to_date.jobs, found.week_to_date.repairs) == (4, 3)
    assert found.week_to_date.hours == pytest.approx(4 + hours)


def test_a_visit_in_vain_is_work_but_no_order() -> None:
    found = person(closed(in_vain()))
    assert found.month_to_date.jobs == 1
    assert found.month_to_date.hours == pytest.approx((600 + 600 + 100 + 3600 + 700) / 3600)


@pytest.mark.parametrize(
    ("first", "month", "week"),
    [
        (date(2026, 7, 31), 0, 3),  # a Friday: Saturday is in the same week, in another month
        (date(2026, 7, 19), 12, 0),  # a Sunday
        (date(2026, 5, 31), 0, 0),  # a Sunday, the last of the month
    ],
)
def test_a_new_month_and_a_new_week_begin_with_nothing(first: date, month: int, week: int) -> None:
    before = technician(month_to_date=Ledger(jobs=10), week_to_date=Ledger(jobs=1))
    jobs = [job(), job(job_id="J2", place=north(7))]
    of = question(jobs, before).model_copy(update={"horizon": Horizon(first_day=first)})
    found = person(closed(of=of, day=first))
    assert (found.month_to_date.jobs, found.week_to_date.jobs) == (month, week)


def test_what_is_left_over_has_lost_the_appointments_that_are_over() -> None:
    both = job(windows=(MORNING, TOMORROW), intake_at=at("08:00"))
    told = Promise(job_id="J1", technician_id="T1", window=MORNING, start=at("09:10"), told_at=at("08:10"))
    of = question([both, JOBS[1]], promises=[told])
    off = CallOff(kind="call_off", technician_id="T1", at=at("08:30"), approved=True)
    found = closed(off, of=of)
    assert the_job(found).windows == (TOMORROW,)
    assert the_job(found).intake_at == at("08:00")  # its clocks run on
    assert the_job(found, "J2").windows == ()
    assert found.scenario.promises == ()
    assert found.report.left_over == ("J1", "J2")
    (change,) = found.report.promises
    assert (change.job_id, change.start, change.change) == ("J1", None, "not served")


def test_promises_and_pins_for_the_days_to_come_stay() -> None:
    later = job(job_id="J3", place=north(5), windows=(TOMORROW,))
    told = Promise(job_id="J3", technician_id="T1", window=TOMORROW, start=at("10:00", NEXT_DAY))
    pins = [
        Pin(job_id="J3", day=NEXT_DAY, technician_id="T1"),
        Pin(job_id="J1", day=DAY, technician_id="T1"),
        Pin(job_id="J2", day=DAY),
    ]
    off = CallOff(kind="call_off", technician_id="T1", at=at("08:30"), approved=True)
    found = closed(off, of=question([*JOBS, later], promises=[told], pins=pins, days=2))
    assert found.scenario.promises == (told,)
    # of a day that is over only who was to come is left
    assert found.scenario.pins == (pins[0], Pin(job_id="J1", technician_id="T1"))
    assert found.report.left_over == ("J1", "J2")


def test_second_visits_have_their_promised_time() -> None:
    found = closed(in_vain(windows=(TOMORROW,)))
    assert the_job(found).windows == (TOMORROW,)
    assert found.report.second_visits == ("J1",)
    lacks = PartMissing(kind="part_missing", job_id="J1", at=at("09:40"), parts={"fan": 1})
    again = the_job(closed(lacks))
    assert (again.second_visit, again.parts) == ("parts", {"fan": 1})
    broken = ToolMissing(kind="tool_missing", job_id="J1", at=at("09:40"), tools=("multimeter",))
    assert person(closed(broken)).missing_tools == ("multimeter",)


def test_a_customer_who_wants_another_day_waits_for_it() -> None:
    asks = Postponed(kind="postponed", job_id="J2", at=at("10:00"), windows=(TOMORROW,))
    assert the_job(closed(asks), "J2").windows == (TOMORROW,)
    asks = asks.model_copy(update={"windows": (IN_DAYS,)})
    found = closed(asks)
    assert found.scenario.jobs == ()
    assert [one.job_id for one in found.report.waiting] == ["J2"]
    assert [one.job_id for one in closed(asks, days=3).scenario.jobs] == ["J2"]
    # on the eve of its day it comes back
    eve = LATER - timedelta(days=1)
    of = question([]).model_copy(update={"horizon": Horizon(first_day=eve)})
    again = NewJob(kind="new_job", at=at("10:00"), job=found.report.waiting[0])
    assert [one.job_id for one in closed(again, of=of, day=eve).scenario.jobs] == ["J2"]


def test_what_came_in_is_to_be_done() -> None:
    new = NewJob(kind="new_job", at=at("16:00"), job=job(job_id="J9"))
    found = closed(new)
    assert the_job(found, "J9").intake_at == at("16:00")
    assert found.report.left_over == ("J9",)


def test_parts_are_where_they_are() -> None:
    shelf = branch(stock={"fan": 5, "belt": 1})
    jobs = [job(windows=(MORNING,), parts={"fan": 2}), JOBS[1].model_copy(update={"parts": {"fan": 1}})]
    came = PartArrived(kind="part_arrived", branch_id="B1", at=at("16:00"), parts={"belt": 2})
    found = closed(in_vain(), came, of=question(jobs, branches=[shelf]))
    assert found.scenario.branches[0].stock == {"fan": 2, "belt": 3}
    assert person(found).parts == {"fan": 2}  # still on the van: nobody opened
    of = restock_day.question()
    loaded = closed(of=of, plan=restock_day.answer(of, "J1", "B2", "J2"))
    assert [one.stock for one in loaded.scenario.branches] == [{}, {"fan motor": 0}]
    assert person(loaded).parts == {}


def test_what_is_over_is_gone_and_what_goes_on_stays() -> None:
    spans = (DateRange(first_day=DAY - timedelta(days=9), last_day=DAY - timedelta(days=8)),)
    who = technician(leave=spans, attendance=(Attendance(day=DAY, clocked_in_at=at("08:50")),))
    refused = OrderRefused(kind="order_refused", technician_id="T1", job_id="J2", at=at("08:55"))
    found = person(closed(refused, of=question(who=who)))
    assert (found.leave, found.attendance) == ((), ())
    assert [(span.first_day, span.last_day) for span in found.suspended] == [(DAY, DAY + timedelta(days=2))]
    ill = CallOff(kind="call_off", technician_id="T1", at=at("08:30"), last_day=NEXT_DAY)
    assert person(closed(ill)).leave == (DateRange(first_day=DAY, last_day=NEXT_DAY),)


def test_the_next_day_is_the_next_on_which_people_work() -> None:
    weekend = HolidayCalendar(free_weekdays=(6, 7))
    friday = date(2026, 7, 17)
    of = question([job()]).model_copy(update={"horizon": Horizon(first_day=friday), "calendar": weekend})
    assert closed(of=of, day=friday).scenario.horizon == Horizon(first_day=date(2026, 7, 20))
    duty = technician(shifts=(Shift(day=friday), Shift(day=date(2026, 7, 19))))
    of = of.model_copy(update={"technicians": (duty,)})
    found = closed(of=of, day=friday, days=2)
    assert found.scenario.horizon == Horizon(first_day=date(2026, 7, 19), days=2)
    assert [one.key.day.day for one in roster(found.scenario)] == [19]


def test_the_days_that_are_left_are_planned_again() -> None:
    of = question([JOBS[0], job(job_id="J3", windows=(TOMORROW,))], days=3)
    found = closed(of=of)
    assert found.scenario.horizon == Horizon(first_day=NEXT_DAY, days=2)
    assert ([one.job_id for one in found.scenario.jobs], found.report.left_over) == (["J3"], ())


def test_usual_shifts_go_on_and_written_ones_end() -> None:
    late = LateStart(kind="late_start", technician_id="T1", at=at("07:00"), start=at("08:30").time())
    assert (person(closed(late)).shifts, person(closed(late)).usual_otherwise) == (None, False)
    written = technician(shifts=(Shift(day=DAY, start=at("08:00").time()),))
    found = closed(of=question(who=written))
    assert (person(found).shifts, found.report.without_shift) == ((), ("T1",))
    found = closed(of=question(who=written), days=2, same_shifts=True)
    starts = [(one.key.day, one.shift.start) for one in roster(found.scenario)]
    assert starts == [(NEXT_DAY + timedelta(days=number), at("08:00").time()) for number in (0, 1)]
    assert found.report.without_shift == ()


def test_who_sleeps_far_away_starts_there() -> None:
    of = trip_days.question()
    (shift, *_) = person(closed(of=of, plan=trip_days.answer(of, *trip_days.shifts(of)))).shifts or ()
    assert (shift.day, shift.start_at) == (NEXT_DAY, north(9))


def test_given_travel_times_forget_where_people_were() -> None:
    places = ("branch:B1", "job:J1", "job:J2")
    table = tuple(tuple(0 if a == b else 600 for b in range(3)) for a in range(3))
    travel = Travel(matrices={"car": Matrix(places=places, seconds=table, metres=table)})
    found = closed(in_vain(), of=question().model_copy(update={"travel": travel}))
    matrix = found.scenario.travel.matrices["car"]
    assert matrix.places == (*places, f"start:T1:{NEXT_DAY}")


def test_the_customer_of_a_job_that_is_done_was_visited() -> None:
    one = Customer(customer_id="C1", last_visit_on=date(2025, 9, 1))
    of = question(
        [job(windows=(MORNING,), customer=one), job(job_id="J3", windows=(TOMORROW,), customer=one)], days=2
    )
    customer = the_job(closed(of=of), "J3").customer
    assert customer is not None
    assert customer.last_visit_on == DAY


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        ((), "14:30", [("still-at-work", "J2")]),
        ((), "10:05", [("still-at-work", "J1"), ("still-to-come", "J2")]),
        ((Started(kind="started", job_id="J2", at=at("14:10")),), "21:00", [("no-end-reported", "J2")]),
        (
            (CallOff(kind="call_off", technician_id="T1", at=at("12:00")),),
            "13:00",
            [],
        ),  # all that was to come is given back
        ((Finished(kind="finished", job_id="J2", at=at("15:20")),), "15:20", []),
    ],
)
def test_a_day_is_closed_when_it_is_over(
    events: tuple[Event, ...], now: str, expected: list[tuple[str, str]]
) -> None:
    if not expected:
        closed(*events, now=at(now))
        return
    with pytest.raises(InvalidInput) as refused:
        closed(*events, now=at(now))
    assert [(one.code, one.path.removeprefix("jobs.")) for one in refused.value.issues] == expected


def test_what_should_have_begun_and_has_not_is_left_over() -> None:
    # J1 takes until 16:00, J2 would begin behind it; T1 goes home instead
    told = (
        Finished(kind="finished", job_id="J1", at=at("16:00")),
        CallOff(kind="call_off", technician_id="T1", at=at("16:00")),
    )
    assert closed(*told).report.left_over == ("J2",)


def test_days_that_cannot_be_closed() -> None:
    for day, now, days, code in (
        (LATER, at("21:00", LATER), None, "outside-horizon"),
        (DAY, at("21:00", DAY - timedelta(days=1)), None, "day-to-come"),
        (DAY, at("21:00"), 15, "days"),
    ):
        with pytest.raises(InvalidInput) as refused:
            closed(day=day, now=now, days=days)
        assert [one.code for one in refused.value.issues] == [code]
