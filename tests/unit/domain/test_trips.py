"""Trips in a plan: which days belong together, where nights are spent, whose beds are near."""

import pytest

from optimizer.domain.plan import Restock
from optimizer.domain.trips import evening_at, morning_at, night_at, outings, stays, trips
from tests.unit.rules.build import at, branch, leg, north, scenario
from tests.unit.trip_days import answer, on_the_way, question, shifts

OF = question(days=4)
FIRST, STAY, LAST = shifts(OF)


def test_where_days_begin_and_end() -> None:
    days = FIRST, STAY, LAST, on_the_way(OF)
    assert [morning_at(day) for day in days] == [None, "J2", "J2", None]
    assert [evening_at(day) for day in days] == ["J2", "J2", None, "J2"]


def test_only_a_day_between_two_nights_at_one_place_is_a_stay() -> None:
    elsewhere = STAY.last_leg.model_copy(update={"from_place": "job:J1"})
    assert [stays(day) for day in (FIRST, STAY, LAST, on_the_way(OF))] == [False, True, False, False]
    assert not stays(STAY.model_copy(update={"last_leg": elsewhere}))
    loads = Restock(
        branch_id="B1",
        before=0,
        leg=leg("job:J2", "branch:B1", at("09:15", STAY.day), travel_s=900),
        start=at("09:15", STAY.day),
        end=at("09:25", STAY.day),
        picked_up={},
    )
    assert not stays(STAY.model_copy(update={"restocks": (loads,)}))


def test_days_linked_by_nights_are_one_outing() -> None:
    other = LAST.model_copy(update={"technician_id": "T2"})
    assert outings(answer(OF, FIRST, STAY, LAST, other)) == ((FIRST, STAY, LAST), (other,))


def test_trips_are_outings_with_nights() -> None:
    other = LAST.model_copy(update={"technician_id": "T2"})
    (trip,) = trips(answer(OF, FIRST, STAY, LAST, other))
    assert (trip.technician_id, trip.nights) == ("T1", 2)
    # Whoever is not back yet is on a trip too.
    assert [one.days for one in trips(answer(OF, FIRST))] == [(FIRST,)]


def test_a_night_is_of_who_spends_it() -> None:
    other = LAST.model_copy(update={"technician_id": "T2"})
    assert outings(answer(OF, FIRST, other)) == ((FIRST,), (other,))


@pytest.mark.parametrize(("km", "night"), [(0, "housing"), (4.9, "housing"), (5.1, "lodging")])
def test_beds_are_used_where_they_are_near(km: float, night: str) -> None:
    of = scenario(branches=[branch(), branch(branch_id="B2", place=north(50), housing=True)])
    assert night_at(of, north(50 + km), 5) == night
    assert night_at(of, north(0), 5) == "lodging"  # the first branch has no beds
