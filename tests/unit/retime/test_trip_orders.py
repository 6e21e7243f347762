"""Orders with nights away: timed as trips, kept on their days, refused where nobody approved them."""

from datetime import date

import pytest

from optimizer.compile import compile_scenario
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput
from optimizer.retime import order_issues, orders_of, retime, routes_of
from tests.unit.lodging_days import THURSDAY, WEDNESDAY, day, home, out, question, timed
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

ON_THE_WAY = Orders(routes=(day("zhou-wei", WEDNESDAY, "HH-1", "HH-2", away=True),))


def with_nights(nights: int, *, means: tuple[str, ...] = (), **rules: object) -> Scenario:
    """Return the question with so many nights approved for Zhou Wei, and other means."""
    asked = question()
    first = asked.technicians[0].model_copy(update={"nights_away": nights, "other_means": means})
    policy = asked.policy.model_copy(update={"rules": {**asked.policy.rules, **rules}})
    return asked.model_copy(update={"technicians": (first, *asked.technicians[1:]), "policy": policy})


def test_days_linked_by_a_night_are_one_route() -> None:
    compiled = compile_scenario(question())
    found = routes_of(compiled, out())
    rows = {name: row for row, name in enumerate(compiled.names.jobs)}
    trips = {one.technician_id: row for row, one in enumerate(compiled.trips, len(compiled.shifts))}
    # Two trips and two days at home; the two jobs of a trip stand in its row alone.
    assert found.stops[trips["zhou-wei"]] == (rows["HH-2"], rows["HH-1"])
    assert found.stops[trips["li-na"]] == (rows["YY-1"], rows["YY-2"])
    assert found.stops[trips["sun-hao"]] == ()
    assert sum(bool(stops) for stops in found.stops) == 4
    assert found.unserved == ()


def test_orders_of_a_plan_are_the_orders_it_was_made_from() -> None:
    document = timed(out())
    assert document.assessment.findings == ()
    # 1,193.00: the bill of the scenario's story, with nights of 105 yuan for two.
    assert document.assessment.bill.total_cents == 119_300
    assert orders_of(document.plan, question()).routes == tuple(
        sorted(out().routes, key=lambda one: ["zhou-wei", "li-na", "sun-hao"].index(one.technician_id))
    )
    assert retime(question(), orders_of(document.plan)) == document


def test_a_night_saved_costs_the_way_home_and_back() -> None:
    # Zhou Wei at home: one way of 3 h and 250 km more on each day (2 × (200 + 90) = 580), 45 min of overtime
    # each (2 × 33.75 = 67.50), no night (-105). Sun Hao out: a night (105), and no way of 30 min and 40 km home
    # and none back (-94). 1,193 + 580 + 67.50 - 105 + 105 - 94 = 1,746.50.
    assert timed(home()).assessment.bill.total_cents == 174_650


def test_a_day_without_jobs_and_the_way_home_need_not_be_named() -> None:
    document = timed(Orders(routes=(day("zhou-wei", WEDNESDAY, "HH-2", away=True),)))
    assert document.assessment.findings == ()
    (first, second) = document.plan.shifts
    assert (first.night, second.night, second.stops) == ("lodging", None, ())
    assert second.first_leg.from_place == "job:HH-2"


def test_the_night_comes_behind_the_days_last_stop_however_late() -> None:
    document = timed(ON_THE_WAY)
    first, second = document.plan.shifts
    # Rest until 12:40, 3 h 05 at the first job (15:45), as long at the second: 18:50 where the day ends at 18:00.
    assert [stop.job_id for stop in first.stops] == ["HH-1", "HH-2"]
    assert [(one.code, one.over) for one in document.assessment.findings] == [("TRIP", 50.0)]
    assert second.stops == ()
    assert f"{second.departure:%H:%M}" == "09:00"


def test_a_job_stays_on_the_day_of_its_trip() -> None:
    # YY-1 is expected on Wednesday at 14:00. On Thursday it is late, though Wednesday had room.
    orders = Orders(routes=(day("li-na", WEDNESDAY, away=True), day("li-na", THURSDAY, "YY-1")))
    document = timed(orders)
    (thursday,) = document.plan.shifts
    assert thursday.day == THURSDAY
    assert [one.code for one in document.assessment.findings] == ["APPOINTMENT"]


def codes(asked: Scenario, *routes: OrderedDay) -> dict[str, str]:
    """Return what is wrong with orders: path → code."""
    found = order_issues(asked, Orders(routes=routes))
    assert all(one.cause and one.action for one in found)
    return {one.path: one.code for one in found}


def test_nights_that_nobody_approved_are_refused_all_at_once() -> None:
    asked = with_nights(0)
    found = codes(
        asked,
        day("zhou-wei", WEDNESDAY, "HH-1", away=True),
        day("sun-hao", THURSDAY, "XT-1", away=True),
        day("li-na", WEDNESDAY, "YY-1").model_copy(update={"means": "motorcycle"}),
    )
    assert found == {
        "routes[0].away": "nights-not-approved",
        "routes[1].away": "no-next-day",
        "routes[2].means": "means-not-granted",
    }


def test_more_nights_than_the_policy_allows_are_refused() -> None:
    asked = with_nights(3, TRIP={"max_nights": 0})
    assert codes(asked, day("zhou-wei", WEDNESDAY, away=True)) == {"routes[0].away": "nights-not-approved"}
    (issue,) = order_issues(asked, Orders(routes=(day("zhou-wei", WEDNESDAY, away=True),)))
    assert issue.cause == (
        "zhou-wei from 2026-07-15 to 2026-07-16 would be 1 night away in a row; 0 nights are approved."
    )


def test_without_the_rule_there_are_no_trips() -> None:
    asked = with_nights(1, TRIP={"active": False})
    assert codes(asked, day("zhou-wei", WEDNESDAY, away=True)) == {"routes[0].away": "no-trips"}


def test_all_days_of_a_trip_go_by_the_same_means() -> None:
    asked = with_nights(1, means=("motorcycle",))
    second = day("zhou-wei", THURSDAY, "HH-1").model_copy(update={"means": "motorcycle"})
    found = codes(asked, day("zhou-wei", WEDNESDAY, "HH-2", away=True), second)
    assert found == {"routes[1].means": "other-means"}


def test_a_day_by_another_means_is_planned_by_it() -> None:
    asked = with_nights(0, means=("motorcycle",))
    going = day("zhou-wei", WEDNESDAY, "HH-1").model_copy(update={"means": "motorcycle"})
    document = retime(asked, Orders(routes=(going,)))
    assert [one.means for one in document.plan.shifts] == ["motorcycle"]
    assert orders_of(document.plan, asked).routes == (going,)


def test_trips_that_cannot_be_made_are_refused_with_their_place() -> None:
    # A cap of 0 jobs a day: a trip has no more than a day, so there is none.
    asked = with_nights(1, WORKLOAD_CAP={"jobs_per_day": 0})
    with pytest.raises(InvalidInput) as refused:
        retime(asked, Orders(routes=(day("zhou-wei", WEDNESDAY, "HH-1", away=True),)))
    (issue,) = refused.value.issues
    assert (issue.code, issue.path) == ("no-trip", "routes[0].away")


def test_plain_orders_keep_their_bytes() -> None:
    written = Orders(routes=(day("zhou-wei", date(2026, 7, 15), "HH-1"),)).model_dump_json()
    assert "away" not in written
    assert "means" not in written


def test_a_trip_that_is_back_later_than_the_search_would_plan_it_is_no_mistake() -> None:
    # The cap of ten hours ends the last day of a trip after 10 h 40 min, at 19:40, though who waits does not work. J2
    # from 15:50 to 16:50, home by 19:50: the checker has nothing against it, and overtime is allowed until 20:00.
    late = at("15:50", NEXT_DAY)
    jobs = [
        job(place=north(108)),
        job(job_id="J2", place=north(108), windows=(Window(start=late, end=late),)),
        job(job_id="J3"),
    ]
    asked = scenario([technician(nights_away=1)], jobs, days=2)
    routes = (
        OrderedDay(technician_id="T1", day=DAY, jobs=("J1",), away=True),
        OrderedDay(technician_id="T1", day=NEXT_DAY, jobs=("J2",)),
    )
    document = retime(asked, Orders(routes=routes))
    assert document.assessment.findings == ()
    assert f"{document.plan.shifts[-1].last_leg.arrival:%H:%M}" == "19:50"
    assert document.plan.unserved == ("J3",)
