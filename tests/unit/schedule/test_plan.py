"""Making a plan of routes: every moment, place and rest in business words."""

from datetime import time, timedelta

import pytest

from optimizer.compile import compile_scenario
from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.plan import Plan, Provenance
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import DaySpan, Window
from optimizer.errors import BrokenPlan
from optimizer.problem import Routes
from optimizer.schedule.plan import make_plan
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

HAND = Provenance(engine="hand", seed=3, iterations=4, ended_by="finished")
SHIFT = Shift(day=DAY, absences=(DaySpan(start=time(15), end=time(15, 30)),))
WHO = technician(shifts=(SHIFT, Shift(day=NEXT_DAY)))
J1 = job(job_id="J1", place=north(6), setup_min=5)
J2 = job(job_id="J2", place=north(6), setup_min=5)
J3 = job(job_id="J3", place=north(8), windows=(Window(start=at("14:00"), end=at("16:00")),))
J4 = job(job_id="J4", place=north(9))
ASKED = scenario([WHO, technician(technician_id="T2", shifts=())], [J1, J2, J3, J4], days=2)


def made(of: Scenario, *stops: tuple[int, ...]) -> Plan:
    compiled = compile_scenario(of)
    left = set(range(len(of.jobs))) - {job for route in stops for job in route}
    return make_plan(compiled, Routes(stops, tuple(sorted(left))), HAND)


def test_stops_with_their_times() -> None:
    (shift,) = made(ASKED, (0, 1, 2), ()).shifts
    assert (shift.technician_id, shift.day, shift.means) == ("T1", DAY, "car")
    assert [stop.job_id for stop in shift.stops] == ["J1", "J2", "J3"]
    first, second, third = shift.stops
    # 10 min there, 5 of set-up and an hour; next door no drive and no set-up
    assert shift.departure == first.leg.departure == at("09:00")
    assert (first.leg.arrival, first.start, first.end) == (at("09:10"), at("09:10"), at("10:15"))
    assert (first.setup_s, first.service_s) == (300, 3600)
    assert (second.leg.travel_s, second.leg.distance_m, second.setup_s) == (0, 0, 0)
    assert (second.start, second.end) == (at("10:15"), at("11:15"))
    # rest at midday, 200 s of driving, then waiting for two o'clock
    assert (third.start, third.end) == (at("14:00"), at("15:00"))
    assert third.leg.travel_s == 200


def test_rests_are_what_they_are_for() -> None:
    (shift,) = made(ASKED, (0, 1, 2), ()).shifts
    assert [(rest.kind, rest.start, rest.end) for rest in shift.rests] == [
        ("break", at("12:00"), at("12:40")),
        ("absence", at("15:00"), at("15:30")),
    ]
    # Away from 15:00 to 15:30, so the way back begins then: 800 s.
    assert shift.last_leg.departure == at("15:30")
    assert shift.last_leg.arrival == at("15:30") + timedelta(seconds=800)
    assert (shift.last_leg.from_place, shift.last_leg.to_place) == ("job:J3", "branch:B1")


def test_shifts_without_stops_are_no_part_of_a_plan() -> None:
    plan = made(ASKED, (), (3,))
    assert [shift.day for shift in plan.shifts] == [NEXT_DAY]
    assert plan.unserved == ("J1", "J2", "J3")
    assert made(ASKED, (), ()).shifts == ()


def test_every_leg_driven_stands_in_the_snapshot_once() -> None:
    travel = made(ASKED, (0, 1, 2), (3,)).travel
    legs = [(leg.from_place, leg.to_place, leg.base_s, leg.distance_m) for leg in travel.legs]
    assert legs == [
        ("branch:B1", "job:J1", 600, 6000),
        ("branch:B1", "job:J4", 900, 9000),
        ("job:J1", "job:J2", 0, 0),
        ("job:J2", "job:J3", 200, 2000),
        ("job:J3", "branch:B1", 800, 8000),
        ("job:J4", "branch:B1", 900, 9000),
    ]
    assert {leg.hour_percent for leg in travel.legs} == {()}
    assert travel.sha256 == travel_sha256(travel.source, travel.legs)


def test_a_plan_names_its_question_and_its_maker() -> None:
    plan = made(ASKED, (0,), ())
    assert plan.scenario_sha256 == scenario_sha256(ASKED)
    assert (plan.scenario, plan.preset, plan.time_zone) == ("test", "service-first", "Asia/Shanghai")
    assert plan.horizon == ASKED.horizon
    assert plan.provenance == HAND


def test_a_route_that_cannot_be_timed_is_withheld() -> None:
    early = J3.model_copy(update={"windows": (Window(start=at("09:00"), end=at("09:05")),)})
    asked = scenario([WHO], [early])
    with pytest.raises(BrokenPlan, match="The route of T1 on 2026-07-15 cannot be timed"):
        made(asked, (0,))
