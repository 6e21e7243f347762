"""Jobs over several days within one trip: planned so where a night away is cheaper than the way home and back."""

from datetime import date
from typing import Any

import pytest

from optimizer.checker import check_plan
from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.ties import After, Seat
from optimizer.domain.time import Window
from optimizer.domain.travel import SpeedBand, SpeedProfile, Travel
from optimizer.explain import Explainer
from optimizer.planning import plan_scenario
from optimizer.problem import Routes
from optimizer.retime import orders_of, retime
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

FAST = Travel(profiles={"car": SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=1000, kmh=100),))})
"""300 km take three hours."""
RULES: dict[str, dict[str, Any]] = {
    "TRAVEL": {"car_cents_per_km": 80, "car_cents_per_hour": 3000},
    "LODGING": {"bed_cents": 8000, "board_cents": 2500},
    "EMPTY_VISIT": {"active": False},
}
"""A way of 300 km costs 240 + 90 = 330 yuan, a night 105, an hour of overtime 45 (1.5 × 30)."""


def far_away(*, km: int = 300, nights: int = 1, people: int = 1, days: int = 2, **facts: Any) -> Scenario:
    """Return a job of 7 h 40 min so far away, for one or two people.

    No day holds it: after the midday rest (12:00 to 12:40) there are 7 h 20 min until 20:00, with overtime. So it is
    done on two days, 3 h 50 min each.
    """
    team = [
        technician(technician_id=f"T{number + 1}", skills={"repair": 1}, nights_away=nights)
        for number in range(people)
    ]
    crew: dict[str, Any] = {"seats": 2, "mates": (Seat(),)} if people == 2 else {}
    long = job(place=north(km), duration_min=460, **crew)
    of = scenario(team, [long], days=days, rules=RULES)
    return of.model_copy(update={"travel": FAST, **facts})


def starts(plan: Plan) -> dict[tuple[str, int, int], str]:
    """Return when each part of each job is begun by whom, by job, part and seat."""
    return {
        (stop.job_id, stop.part, stop.seat): f"{day.technician_id} {stop.start:%d %H:%M}"
        for day in plan.shifts
        for stop in day.stops
    }


def nights(plan: Plan) -> list[str]:
    """Return who is away after which day."""
    return [f"{day.technician_id} {day.day:%d}" for day in plan.shifts if day.night is not None]


def planned(of: Scenario) -> PlanDocument:
    """Return the plan of a scenario; the checker finds nothing."""
    document = plan_scenario(of, stop=Iterations(500))
    assert check_plan(of, document.plan) == ()
    return document


def test_one_trip_with_a_night_is_cheaper_than_two_returns() -> None:
    document = planned(far_away())
    # There by 12:00, rested by 12:40, work until 16:30, the night; work until 12:50, rested by 13:30, back by 16:30.
    assert starts(document.plan) == {("J1", 0, 0): "T1 15 12:40", ("J1", 1, 0): "T1 16 09:00"}
    assert nights(document.plan) == ["T1 15"]
    # 2 × 330 + 105 = 765
    assert document.assessment.bill.total_cents == 76_500


@pytest.mark.parametrize("day", [DAY, NEXT_DAY])
def test_a_promised_job_still_takes_a_trip(day: date) -> None:
    # A job that costs another sum on each day of a trip is kept off it: later days are priced by the clock, and earlier
    # ones have no price for who may be away overnight.
    promise = Promise(
        job_id="J1",
        technician_id="T1",
        window=Window(start=at("12:00", day), end=at("14:00", day)),
        start=at("12:30", day),
        told=False,
    )
    document = planned(far_away(promises=(promise,)))
    assert nights(document.plan) == ["T1 15"]
    assert document.assessment.bill.total_cents == 76_500


def test_without_a_night_there_are_two_returns() -> None:
    document = planned(far_away(nights=0))
    assert starts(document.plan) == {("J1", 0, 0): "T1 15 12:40", ("J1", 1, 0): "T1 16 12:40"}
    # 4 × 330; back by 19:30 both times: 2 × 90 min of overtime (2 × 67.50)
    assert document.assessment.bill.total_cents == 4 * 33_000 + 2 * 6_750


def test_two_people_fly_out_together_and_stay_for_both_days() -> None:
    document = planned(far_away(km=200, people=2))
    assert nights(document.plan) == ["T1 15", "T2 15"]
    assert {one.split(" ", 1)[1] for (_, part, _), one in starts(document.plan).items() if part == 0} == {
        "15 12:40"
    }
    assert {one.split(" ", 1)[1] for (_, part, _), one in starts(document.plan).items() if part == 1} == {
        "16 09:00"
    }
    # 2 × 220 for the ways and 105 for the night, each
    assert document.assessment.bill.total_cents == 2 * (44_000 + 10_500)


def test_what_comes_on_the_next_working_day_follows_on_the_same_trip() -> None:
    of = far_away()
    first = job(place=north(300), duration_min=60)
    after = After(job_id="J1", next_working_day=True)
    of = of.model_copy(update={"jobs": (first, first.model_copy(update={"job_id": "J2", "after": (after,)}))})
    document = planned(of)
    assert starts(document.plan) == {("J1", 0, 0): "T1 15 12:40", ("J2", 0, 0): "T1 16 09:00"}
    assert document.assessment.bill.total_cents == 76_500


@pytest.mark.parametrize(("free", "expected"), [((), "T1 16 09:00"), ((NEXT_DAY,), "T1 17 09:00")])
def test_a_day_of_a_trip_that_is_no_working_day_is_no_next_day(free: tuple[date, ...], expected: str) -> None:
    of = far_away(days=3, calendar=HolidayCalendar(extra_free_days=free))
    days = tuple(Shift(day=day) for day in of.horizon.dates())  # also works on the holiday
    people = (technician(skills={"repair": 1}, nights_away=2, shifts=days),)
    today = Window(start=at("09:00"), end=at("18:00"))  # when the first day begins; the second is free
    jobs = tuple(one.model_copy(update={"windows": (today,)}) for one in of.jobs)
    document = planned(of.model_copy(update={"technicians": people, "jobs": jobs}))
    assert starts(document.plan) == {("J1", 0, 0): "T1 15 12:40", ("J1", 1, 0): expected}


def test_a_second_part_on_the_evening_before_is_found() -> None:
    of = far_away()
    plan = planned(of).plan
    first, second = plan.shifts
    (one,), (other,) = first.stops, second.stops
    evening = other.model_copy(update={"start": at("16:30"), "end": at("20:20")})
    both = first.model_copy(update={"stops": (one, evening)})
    moved = plan.model_copy(update={"shifts": (both, second.model_copy(update={"stops": ()}))})
    found = [finding for finding in check_plan(of, moved) if finding.code == "PRECEDENCE"]
    # From midnight on, so 7 h 30 min too early.
    assert [(one.job_id, one.over, one.day) for one in found] == [("J1", 450, DAY)]


def test_orders_for_both_days_of_a_trip_are_timed_as_planned() -> None:
    of = far_away()
    document = planned(of)
    again = retime(of, orders_of(document.plan))
    assert again.plan.shifts == document.plan.shifts
    assert again.assessment == document.assessment


def test_a_first_day_that_runs_late_does_not_put_off_the_second() -> None:
    of = far_away()
    before = job(job_id="J2", place=north(300), duration_min=120)
    of = of.model_copy(update={"jobs": (*of.jobs, before)})
    orders = Orders(
        routes=(
            OrderedDay(technician_id="T1", day=DAY, jobs=("J2", "J1"), away=True),
            OrderedDay(technician_id="T1", day=NEXT_DAY, jobs=("J1",)),
        )
    )
    document = retime(of, orders)
    # J2 from 12:40 to 14:40, then 3 h 50 min until 18:30, half an hour beyond the regular end. Where tied starts are
    # agreed on, a late night is as long as ever: until 9:30, when 3 h 50 min do not fit in before the midday rest.
    assert starts(document.plan) == {
        ("J2", 0, 0): "T1 15 12:40",
        ("J1", 0, 0): "T1 15 14:40",
        ("J1", 1, 0): "T1 16 12:40",
    }
    assert [(one.code, one.over) for one in document.assessment.findings] == [("TRIP", 30)]


def test_reasons_find_room_for_both_days_on_a_trip_that_is_made() -> None:
    # J2 keeps T1 out until Thursday; before it both days of J1 fit: 12:40 to 16:30 and, after the night, 9:00 to 12:50.
    noon = at("13:30", NEXT_DAY)
    other = job(job_id="J2", place=north(300), duration_min=60, windows=(Window(start=noon, end=noon),))
    of = far_away()
    of = of.model_copy(update={"jobs": (*of.jobs, other)})
    compiled = compile_scenario(of)
    assert [compiled.days_of(row)[0] for row in range(3)] == [(0,), (1,), (0, 1)]
    (reason,) = Explainer(compiled, Routes(((), (), (1,)), (0,))).reasons
    assert (reason.slots, reason.free, reason.blocks[0].code) == (3, 1, "TRIP")
