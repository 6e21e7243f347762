"""The story of scenarios/coach-maker/README.md, 21 to 30: nights away and trains."""

from typing import TYPE_CHECKING

import pytest

from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from tests.golden.coach_maker.story import (
    FRIDAY,
    at,
    branch_alone,
    cents,
    days_of,
    done_on,
    drive,
    planned,
    yuan,
)

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument


def test_21_nights_are_spent_by_those_for_whom_they_are_approved(
    scenario: Scenario, document: "PlanDocument"
) -> None:
    approved = {one.technician_id: one.nights_away for one in scenario.technicians if one.nights_away}
    assert approved == {"zheng-gang": 2, "xiong-fei": 2, "hu-bo": 1, "dang-jianjun": 2, "sun-libo": 3}
    nights = [(day.technician_id, day.night) for day in document.plan.shifts if day.night is not None]
    assert {one for one, _ in nights} == set(approved)  # each has a job that no day from home can hold
    # a bed 80 and board 25; in the branch's own beds board alone
    billed = [line.cents for line in document.assessment.bill.lines if line.code == "LODGING"]
    assert sorted(billed) == sorted(10_500 if night == "lodging" else 2_500 for _, night in nights)


def test_22_the_flying_team_stays_in_yichang(document: "PlanDocument") -> None:
    # 350 km are four hours: from eight they are there by noon and rest, the user waits for them from one. Three
    # hours and ten minutes for two coaches end at ten past four, and home would be eight in the evening, an hour
    # beyond the overtime limit.
    for one in ("zheng-gang", "xiong-fei"):
        days = days_of(document, one)
        assert done_on(days[15]) == ["WH-12"]
        assert days[15].night == "lodging"
        assert days[15].stops[0].end == at(15, "16:10")
        assert done_on(days[16]) == []
        assert days[16].first_leg == days[16].last_leg  # there is only the way home
        assert days[16].last_leg.to_place == "branch:wuhan"
        assert days[15].last_leg.to_place == days[16].last_leg.from_place == "job:WH-12"


def test_23_but_sleeps_at_home_after_xinyang(scenario: Scenario, document: "PlanDocument") -> None:
    """Two nights are approved, and home is cheaper, so home they go.

    Xinyang is 219 km and Huangshi 111 km from Wuhan, 290 km from each other: the way by home is 40 km and about as
    many minutes longer. That is some 63 yuan; a night in Xinyang costs 105.
    """
    places = {job.job_id: job.place for job in scenario.jobs}
    direct = yuan(*drive(places["WH-10"], places["WH-05"]))
    for one in ("zheng-gang", "xiong-fei"):
        days = days_of(document, one)
        assert (done_on(days[13])[-1], done_on(days[14])[0]) == ("WH-10", "WH-05")
        assert days[13].night is None
        ways = (days[13].last_leg, days[14].stops[0].leg)
        by_home = sum(yuan(way.distance_m / 1000, way.travel_s / 3600) for way in ways)
        assert direct < by_home < direct + 105


def test_24_a_night_in_baoji_is_cheaper_than_driving_home(
    scenario: Scenario, document: "PlanDocument"
) -> None:
    """Dang Jianjun has a job in Baoji on Wednesday and is expected in Yulin on Friday morning.

    Home is 206 km and Yulin another 555 km from there, 762 km in 8.8 hours; from Baoji to Yulin 617 km in 6.9 hours.
    The night in Baoji costs 105 and saves 145 km at 1.10 and 1.8 hours at 30: about 215.
    """
    places = {job.job_id: job.place for job in scenario.jobs}
    (home,) = (branch.place for branch in scenario.branches if branch.branch_id == "xian")
    days = days_of(document, "dang-jianjun")
    assert done_on(days[14])[-1] == "XA-05"
    assert [days[day].night for day in (14, 15, 16)] == ["lodging", "lodging", None]
    assert (done_on(days[15]), done_on(days[16])) == ([], ["XA-09"])  # a day on the road to Yulin
    by_home = yuan(*drive(places["XA-05"], home)) + yuan(*drive(home, places["XA-09"]))
    spent = cents(document, "TRAVEL", "dang-jianjun", 15) / 100
    assert cents(document, "LODGING", "dang-jianjun", 14) == 10_500
    assert spent == pytest.approx(yuan(*drive(places["XA-05"], places["XA-09"])), abs=5)
    assert spent + 105 < by_home - 100


def test_25_hu_bo_goes_to_xian_by_train_and_sleeps_at_the_branch(
    scenario: Scenario, document: "PlanDocument"
) -> None:
    days = days_of(document, "hu-bo")
    (home,) = (branch.place for branch in scenario.branches if branch.branch_id == "wuhan")
    (there,) = (job.place for job in scenario.jobs if job.job_id == "XA-07")
    assert done_on(days[15]) == ["XA-07"]
    assert {day.means for day in (days[15], days[16])} == {"long_distance"}
    assert days[15].night == "housing"  # 13 km from the branch
    assert cents(document, "LODGING", "hu-bo", 15) == 2_500
    fares = {
        line.day.day: line.cents
        for line in document.assessment.bill.lines
        if line.technician_id == "hu-bo" and line.unit == "rides" and line.day is not None
    }
    assert {day: fares[day] for day in (15, 16)} == {15: 45_500, 16: 45_500}
    # by car 800 km and nine hours each way, 1,149 yuan; by train the fare, seven hours, the metro: 673
    assert cents(document, "TRAVEL", "hu-bo", 15, 16) / 100 < yuan(*drive(home, there)) * 2 - 900


def test_26_day_trips_by_train_where_that_is_cheaper_than_the_car(
    scenario: Scenario, document: "PlanDocument"
) -> None:
    # Jingzhou by car: 237 km in 2.7 hours each way, 342 yuan. By train: fare 63, 3.1 hours, the metro: 158.
    # Xiangyang by car: 321 km in 3.6 hours each way, 462 yuan. By train: fare 125, 3.5 hours, the metro: 235.
    (home,) = (branch.place for branch in scenario.branches if branch.branch_id == "wuhan")
    places = {job.job_id: job.place for job in scenario.jobs}
    for one, number, job_id in (("hu-bo", 14, "WH-09"), ("wan-li", 15, "WH-13")):
        day = days_of(document, one)[number]
        assert done_on(day) == [job_id]
        assert (day.means, day.night) == ("long_distance", None)
        assert cents(document, "TRAVEL", one, number) / 100 < yuan(*drive(home, places[job_id])) * 2


def test_27_sun_libo_travels_three_days_and_rests(document: "PlanDocument") -> None:
    from optimizer.domain.trips import trips

    # Jiamusi is 385 km away, Jixi has a window on Wednesday afternoon only: after neither is anybody home by seven.
    days = days_of(document, "sun-libo")
    assert [done_on(days[day]) for day in (13, 14, 15)] == [["HB-05"], ["HB-07"], ["HB-08"]]
    assert [days[day].night for day in (13, 14, 15)] == ["lodging", "lodging", None]
    (trip,) = (trip for trip in trips(document.plan) if trip.technician_id == "sun-libo")
    assert trip.nights == 2
    assert set(days) == {13, 14, 15}


def test_28_who_asks_for_him_on_his_day_of_rest_gets_somebody_else(
    document: "PlanDocument", stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    day, _ = stops["HB-09"]
    assert day.day == FRIDAY
    assert day.technician_id != "sun-libo"
    strangers = {line.job_id for line in document.assessment.bill.lines if line.code == "DEDICATED"}
    assert "HB-09" in strangers


def test_29_were_two_nights_not_long_he_would_go_himself(scenario: Scenario) -> None:
    harbin = branch_alone(scenario, "harbin")
    rules = {**harbin.policy.rules, "TRIP": {"rest_from_nights": 3}}
    longer = harbin.model_copy(update={"policy": harbin.policy.model_copy(update={"rules": rules})})
    for case, him in ((harbin, False), (longer, True)):
        friday = {
            day.technician_id
            for day in planned(case, 2_000).plan.shifts
            if day.day == FRIDAY and done_on(day) == ["HB-09"]
        }
        assert (friday == {"sun-libo"}) is him


def test_30_hami_waits_for_an_approval(scenario: Scenario) -> None:
    # 619 km are seven hours: there and back with two hours of work is more than the day's ten hours of work
    urumqi = branch_alone(scenario, "urumqi")
    assert not any(one.nights_away for one in urumqi.technicians)
    assert planned(urumqi, 2_000).plan.unserved == ("WL-06",)
    staff = tuple(
        one.model_copy(update={"nights_away": int(one.technician_id == "ma-xiaojun")})
        for one in urumqi.technicians
    )
    approved = planned(urumqi.model_copy(update={"technicians": staff}), 2_000)
    assert approved.plan.unserved == ()
    days = days_of(approved, "ma-xiaojun")
    assert (days[15].night, done_on(days[16])) == ("lodging", ["WL-06"])
