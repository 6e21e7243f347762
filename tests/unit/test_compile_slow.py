"""Slow areas in the problem and the plan: exactly their ways, in exactly their hours."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from optimizer.compile import compile_scenario
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.time import Horizon
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.problem import Problem
from optimizer.schedule.timing import arrive, leave_by
from tests.unit.retime.test_room import timed
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, scenario, technician
from tests.unit.slow_day import NO_REST, jam, slow_day, slow_document, with_areas


def problem_of(*areas: SlowArea, days: int = 1, of: Scenario | None = None) -> Problem:
    day = slow_day() if of is None else of
    horizon = day.horizon.model_copy(update={"days": days})
    return compile_scenario(with_areas(day.model_copy(update={"horizon": horizon}), *areas)).problem


def speeds(problem: Problem, job_row: int = 0) -> dict[int, int]:
    """Return the hours from the horizon's start in which the way from the branch to a job is not at 100 %."""
    band = problem.band[0, problem.start_place[0], problem.place[job_row]]
    found = problem.pace[0, band].tolist()
    return {slot: percent for slot, percent in enumerate(found) if percent != 100}


def takes_s(problem: Problem, leaving: datetime, job_row: int = 0) -> int:
    """Return how long the way from the branch to a job takes, that is left on the first day."""
    leave = leaving.hour * 3600 + leaving.minute * 60
    return arrive(problem, 0, problem.start_place[0], problem.place[job_row], leave) - leave


def test_twice_the_time_in_its_hours_and_on_its_day_only() -> None:
    problem = problem_of(jam(), days=3)
    assert speeds(problem) == {8: 50, 9: 50, 10: 50}
    assert speeds(problem, 1) == {}  # J2 lies outside
    tomorrow = problem_of(jam(start=at("23:00"), end=at("01:00", NEXT_DAY + timedelta(days=1))), days=3)
    assert speeds(tomorrow) == dict.fromkeys(range(23, 49), 50)


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("07:50", 600),  # there at 08:00 sharp
        ("07:55", 900),  # 300 s until 08:00, the other 300 s take 600 s
        ("08:00", 1200),
        ("10:40", 1200),  # there at 11:00 sharp
        ("10:55", 750),  # 300 s make 150 s of the way, the other 450 s take 450 s
        ("11:00", 600),
    ],
)
def test_a_way_is_slow_only_while_the_area_is(clock: str, seconds: int) -> None:
    problem = problem_of(jam())
    assert takes_s(problem, at(clock)) == seconds
    assert takes_s(problem, at(clock), 1) == 1200  # J2, 12 km, outside


def test_the_slowest_of_several_areas_counts() -> None:
    wide = jam(name="storm", radius_km=9, percent=400, start=at("10:00"), end=at("13:00"))
    weak = jam(name="rain", percent=110, start=at("09:00"), end=at("15:00"))
    problem = problem_of(jam(), wide, weak)
    # 110 % of the time: 100 ÷ 1.1 is 90.9, rounded down
    assert speeds(problem) == {8: 50, 9: 50, 10: 25, 11: 25, 12: 25, 13: 90, 14: 90}
    assert speeds(problem, 1) == {10: 25, 11: 25, 12: 25}  # the branch lies in the wide one


def test_speeds_are_whole_percent_and_never_quicker_than_said() -> None:
    for percent in range(101, 1001):
        (speed,) = set(speeds(problem_of(jam(percent=percent))).values())
        assert speed * percent <= 10_000 < (speed + 1) * percent


def test_traffic_by_hour_is_slowed_too() -> None:
    hours = tuple(10 if hour == 9 else 100 for hour in range(24))
    bands = (SpeedBand(up_to_km=99, kmh=36, hour_percent=hours),)
    travel = Travel(profiles={"car": SpeedProfile(detour=1, bands=bands)})
    day = slow_day().model_copy(update={"travel": travel})
    assert speeds(problem_of(jam(percent=1000), of=day)) == {8: 10, 9: 1, 10: 10, 33: 10}
    assert speeds(problem_of(jam(percent=1000), of=day), 1) == {9: 10, 33: 10}  # every day at nine


def test_given_times_are_slowed_too() -> None:
    given = Matrix(
        places=("branch:B1", "job:J1", "job:J2"),
        seconds=((0, 900, 900), (700, 0, 700), (900, 900, 0)),
        metres=((0, 1, 1), (1, 0, 1), (1, 1, 0)),
    )
    day = slow_day().model_copy(update={"travel": Travel(matrices={"car": given})})
    problem = problem_of(jam(), of=day)
    assert (takes_s(problem, at("08:00")), takes_s(problem, at("08:00"), 1)) == (1800, 900)


def test_the_hours_are_real_ones_when_the_clocks_change() -> None:
    # In Berlin the clocks go back at 03:00 on this day: 08:00 is nine hours after midnight.
    changes = {"time_zone": "Europe/Berlin", "horizon": Horizon(first_day=DAY.replace(month=10, day=25))}
    day = scenario().model_copy(update=changes)
    area = jam(
        start=datetime.fromisoformat("2026-10-25T08:00:00+01:00"),
        end=datetime.fromisoformat("2026-10-25T10:00:00+01:00"),
    )
    assert speeds(problem_of(area, of=day)) == {9: 50, 10: 50}


def test_who_must_be_there_by_then_leaves_early_enough() -> None:
    problem = problem_of(jam())
    branch, there = problem.start_place[0], problem.place[0]
    for due in range(7 * 3600, 12 * 3600, 97):
        leave = leave_by(problem, 0, branch, there, due)
        assert arrive(problem, 0, branch, there, leave) <= due < arrive(problem, 0, branch, there, leave + 1)


def test_areas_that_slow_nobody_down_leave_the_problem_as_it_is() -> None:
    usual, far = problem_of(), problem_of(jam(centre=Place(lat=0, lon=0)))
    for name in Problem._fields:
        one, other = getattr(usual, name), getattr(far, name)
        assert one.dtype == other.dtype, name
        assert np.array_equal(one, other), name
    assert usual.pace.size == 0


def test_the_plan_has_the_slow_times_and_says_why() -> None:
    document = slow_document()
    (shift,) = document.plan.shifts
    legs = {
        (leg.from_place, leg.to_place): leg.travel_s
        for leg in (*(s.leg for s in shift.stops), shift.last_leg)
    }
    first = shift.stops[0]
    assert first.start == first.leg.departure + timedelta(seconds=first.leg.travel_s)
    by_way = document.plan.travel.by_way()
    for (start, end), seconds in legs.items():
        way = by_way["car", start, end]
        assert way.slow_hours == ((jam().hours,) if "job:J1" in (start, end) else ())
        assert way.hour_percent == ()
        assert seconds in (way.base_s, 2 * way.base_s)
    assert any(seconds == 2 * by_way["car", *way].base_s for way, seconds in legs.items())


def test_orders_beyond_the_known_hours_meet_the_area_all_the_same() -> None:
    # 30 jobs of 2 h at one house: 09:10 + 60 h = 21:10 two days later, beyond the hours for which the search knows
    # how fast the traffic is. From 21:00 it takes twice the time: home at 21:30, 49 h 30 min after 20:00.
    late = DAY + timedelta(days=2)
    area = jam(start=at("21:00", late), end=at("22:00", late))
    jobs = [job(job_id=f"J{i}", duration_min=120) for i in range(30)]
    asked = with_areas(scenario([technician(shifts=(NO_REST,))], jobs), area)
    found = {one.code: one for one in timed(asked, *(one.job_id for one in jobs)).assessment.findings}
    assert set(found) == {"SHIFT", "WORKLOAD_CAP"}
    assert found["SHIFT"].over == 49 * 60 + 30
