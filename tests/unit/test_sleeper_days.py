"""Nights on a sleeper, worked out by hand: searched, timed, priced, checked."""

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.plan import Plan
from optimizer.planning import plan_scenario
from optimizer.retime import orders_of, retime
from tests.unit.rules.build import DAY, NEXT_DAY, at
from tests.unit.sleeper_days import LAST_DAY, orders, question, trip

OTHERS = 150 + 300
"""Cents of the bill that are always the same: an empty visit in twenty, and level 3 for level 1."""


def nights(plan: Plan) -> list[str | None]:
    """Return how the nights after the days are spent."""
    return [day.night for day in plan.shifts]


def test_out_and_back_through_the_night() -> None:
    document = trip()
    out, work, home = document.plan.shifts
    assert [day.day for day in document.plan.shifts] == [DAY, NEXT_DAY, LAST_DAY]
    assert nights(document.plan) == ["transit", "transit", None]
    # Boards as the day ends, gets off as the next one begins; nine hours of these fifteen are the ride.
    ride = out.last_leg
    assert (ride.departure, ride.arrival, ride.travel_s) == (at("18:00"), at("09:00", NEXT_DAY), 9 * 3600)
    assert (out.departure, out.stops, out.work_ends, out.work_legs) == (at("18:00"), (), at("18:00"), ())
    (stop,) = work.stops
    assert (stop.leg.travel_s, stop.start, stop.end) == (0, at("09:00", NEXT_DAY), at("10:00", NEXT_DAY))
    assert work.work_ends == at("18:00", NEXT_DAY)
    assert (home.stops, home.departure, home.last_leg.to_place) == ((), at("09:00", LAST_DAY), "branch:B1")
    assert home.last_leg.travel_s == 0
    # Twice 270 for the hours and 200 for the ticket, and two nights of 25; no bed, no overtime.
    assert document.assessment.bill.total_cents == 2 * 47_000 + 2 * 2_500 + OTHERS
    assert document.assessment.findings == ()


def test_nobody_works_asleep() -> None:
    figures = trip(WORKLOAD_CAP={"hours_per_day": 1.0}).assessment
    # By day nine hours of train would be work; asleep only the hour at J1 is.
    assert figures.findings == ()
    assert (figures.kpis.travel_h, figures.kpis.largest_load_h, figures.kpis.overtime_h) == (0, 1, 0)
    assert figures.kpis.nights_away == 2


def test_without_beds_on_board_a_day_and_a_hotel() -> None:
    document = trip(sleeper=False)
    assert nights(document.plan) == ["lodging", "lodging", None]
    assert document.plan.shifts[0].last_leg.arrival == at("18:00")
    assert document.assessment.bill.total_cents == 2 * 47_000 + 2 * 10_500 + OTHERS


def test_a_ride_that_is_longer_than_the_night_ends_in_the_day() -> None:
    # From 18:00 to 09:00 there are 15 hours.
    assert nights(trip(hours=15).plan) == ["transit", "transit", None]
    assert "transit" not in nights(trip(hours=16).plan)


@pytest.mark.parametrize("board_cents", [2_500, 12_500])
def test_the_search_finds_the_cheapest_way(board_cents: int) -> None:
    of = question(rules={"LODGING": {"board_cents": board_cents}})
    document = plan_scenario(of, stop=Iterations(100))
    assert check_plan(of, document.plan) == ()
    assert document.plan.shifts[0].night == "transit"
    # Home on the same day takes an hour of overtime, 45 yuan: less than a night for more than that.
    assert (document.plan.shifts[1].night is None) == (board_cents > 4_500)
    assert document.assessment.bill == assess(of, document.plan).bill
    again = retime(of, orders_of(document.plan))
    assert again.plan.shifts == document.plan.shifts


def test_orders_for_one_night_ride_out_and_come_back_by_day() -> None:
    document = retime(question(), orders(True, False))
    assert nights(document.plan) == ["transit", None]
    assert document.plan.shifts[1].last_leg.arrival == at("19:00", NEXT_DAY)
    # One night of 25 and an hour of overtime for 45.
    assert document.assessment.bill.total_cents == 2 * 47_000 + 2_500 + 4_500 + OTHERS
