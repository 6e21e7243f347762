"""Orders that cannot be followed: what gives way, by how much, and what does not."""

from datetime import datetime, time
from typing import Any

import pytest

from optimizer.compile import compile_scenario
from optimizer.domain.assessment import Finding
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician
from optimizer.domain.time import Window
from optimizer.domain.travel import SpeedBand, SpeedProfile, Travel
from optimizer.problem import Routes
from optimizer.retime import retime
from optimizer.retime.room import with_room
from optimizer.schedule.lanes import time_route
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, scenario, technician

NO_REST = Shift(day=DAY, rest="none")


def timed(of: Scenario, *jobs: str) -> PlanDocument:
    """Return what comes of T1 doing these jobs in this order on the first day."""
    return retime(of, Orders(routes=(OrderedDay(technician_id="T1", day=DAY, jobs=jobs),)))


def amounts(document: PlanDocument) -> dict[str, float]:
    """Return by how much each rule is broken; each may be broken once."""
    findings: tuple[Finding, ...] = document.assessment.findings
    assert all(finding.advice for finding in findings)
    found = {finding.code: finding.over for finding in findings}
    assert len(found) == len(findings)
    return found


def starts(document: PlanDocument) -> list[str]:
    return [f"{stop.start:%H:%M}" for stop in document.plan.shifts[0].stops]


def in_window(start: datetime, end: datetime, **facts: Any) -> Job:
    return job(windows=(Window(start=start, end=end),), **facts)


def test_a_window_gives_way_by_what_is_late() -> None:
    # J2 at the same house first, 09:10–10:10; J1 then starts 40 min after its window.
    late = in_window(at("09:00"), at("09:30"))
    document = timed(scenario(jobs=[late, job(job_id="J2")]), "J2", "J1")
    assert starts(document) == ["09:10", "10:10"]
    assert amounts(document) == {"APPOINTMENT": 40}
    assert document.assessment.bill.total_cents > 0
    assert document.assessment.kpis.served == 2


def test_nobody_is_late_who_need_not_be() -> None:
    # 09:10–10:10 at J2, J1 is late; J3 is reached at 11:10 before its window opens at 11:30, and waited for.
    jobs = [
        in_window(at("09:00"), at("09:30")),
        job(job_id="J2"),
        in_window(at("11:30"), at("11:40"), job_id="J3"),
    ]
    document = timed(scenario(jobs=jobs), "J2", "J1", "J3")
    assert starts(document) == ["09:10", "10:10", "11:30"]
    assert amounts(document) == {"APPOINTMENT": 40}


def test_the_end_of_the_shift_gives_way_by_what_is_over() -> None:
    # 09:10 + 185 min = 12:15, home at 12:25: 25 min beyond 12:00.
    shift = Shift(day=DAY, end=time(12), overtime_limit_min=0, rest="none")
    document = timed(scenario([technician(shifts=(shift,))], [job(duration_min=185)]), "J1")
    assert amounts(document) == {"SHIFT": 25}


def test_both_give_way_where_one_is_not_enough() -> None:
    # Home by 12:00 needs an end of service at 11:50. J2 09:10–11:10, J1 11:10–12:15, home 12:25.
    shift = Shift(day=DAY, end=time(12), overtime_limit_min=0, rest="none")
    jobs = [in_window(at("10:00"), at("11:00"), duration_min=65), job(job_id="J2", duration_min=120)]
    document = timed(scenario([technician(shifts=(shift,))], jobs), "J2", "J1")
    assert amounts(document) == {"APPOINTMENT": 10, "SHIFT": 25}


def test_the_end_does_not_give_way_where_the_window_must() -> None:
    # Without overtime the day still ends in time, so only the window moves: 17:00–17:40 after J2, home 17:50.
    shift = NO_REST.model_copy(update={"overtime_limit_min": 0})
    jobs = [
        in_window(at("16:00"), at("16:30"), duration_min=40),
        job(job_id="J2", duration_min=470),
    ]
    document = timed(scenario([technician(shifts=(shift,))], jobs), "J2", "J1")
    assert starts(document) == ["09:10", "17:00"]
    assert amounts(document) == {"APPOINTMENT": 30}


def test_a_cap_gives_way_alone() -> None:
    rules = {"WORKLOAD_CAP": {"jobs_per_day": 1}}
    document = timed(scenario(jobs=[job(), job(job_id="J2")], rules=rules), "J1", "J2")
    assert amounts(document) == {"WORKLOAD_CAP": 1}


def test_nobody_waits_overnight_for_tomorrows_window() -> None:
    # J1 is wanted tomorrow at 09:00; served on reaching it at 09:10, 23 h 50 early, and J2 stays in time.
    jobs = [
        in_window(at("09:00", NEXT_DAY), at("10:00", NEXT_DAY)),
        in_window(at("10:00"), at("10:30"), job_id="J2"),
    ]
    document = timed(scenario(jobs=jobs, days=2), "J1", "J2")
    assert starts(document) == ["09:10", "10:10"]
    assert amounts(document) == {"APPOINTMENT": 23 * 60 + 50}


def test_an_evening_window_is_waited_for() -> None:
    # The shift and its overtime end at 20:00; service at 20:30, home at 21:40.
    document = timed(scenario(jobs=[in_window(at("20:30"), at("21:00"))]), "J1")
    assert starts(document) == ["20:30"]
    assert amounts(document) == {"SHIFT": 100}


def test_the_second_window_of_the_day_counts() -> None:
    # Reached at 10:10: too late for the first window, 70 min too late for the second.
    windows = (Window(start=at("08:00"), end=at("08:30")), Window(start=at("08:50"), end=at("09:00")))
    tomorrow = Window(start=at("09:00", NEXT_DAY), end=at("10:00", NEXT_DAY))
    jobs = [job(windows=(*windows, tomorrow)), job(job_id="J2")]
    document = timed(scenario(jobs=jobs, days=2), "J2", "J1")
    assert starts(document) == ["09:10", "10:10"]
    assert amounts(document) == {"APPOINTMENT": 70}


def test_windows_that_contradict_each_other() -> None:
    # Agreed for 11:00, promised for 14:00: no start is right; it is served when it is reached, at 09:10.
    told = Promise(
        job_id="J1", technician_id="T1", window=Window(start=at("14:00"), end=at("15:00")), start=at("14:00")
    )
    asked = scenario(jobs=[in_window(at("11:00"), at("12:00"))], promises=[told])
    document = timed(asked, "J1")
    assert starts(document) == ["09:10"]
    assert amounts(document) == {"APPOINTMENT": 110, "PROMISE": 290}


def test_work_in_a_shift_that_is_over_begins_now() -> None:
    # 20:00 was the latest end. Leaving at 21:00, home at 22:20 = 260 min after the regular end, 120 are allowed.
    document = timed(scenario(now=at("21:00")), "J1")
    assert document.plan.shifts[0].departure == at("21:00")
    assert amounts(document) == {"SHIFT": 140}


def test_a_window_in_the_past() -> None:
    document = timed(scenario(jobs=[in_window(at("09:00"), at("09:30"))], now=at("10:00")), "J1")
    assert starts(document) == ["10:10"]
    assert amounts(document) == {"APPOINTMENT": 40}


def test_the_midday_rest_is_kept_and_customers_wait() -> None:
    # J2 until 12:30, then 40 min of rest; J1 starts at 13:10, 10 min after its window. The rest cannot follow J1:
    # it would begin at 13:30 and must be over then.
    jobs = [in_window(at("12:00"), at("13:00")), job(job_id="J2", duration_min=200)]
    document = timed(scenario(jobs=jobs), "J2", "J1")
    assert starts(document) == ["09:10", "13:10"]
    assert amounts(document) == {"APPOINTMENT": 10}


def test_rests_give_way_last() -> None:
    # No rule makes such a rest: its begin closed at 08:00, an hour before the shift starts.
    compiled = compile_scenario(scenario([technician()]))
    opens, closes = compiled.problem.rest_open.copy(), compiled.problem.rest_close.copy()
    opens[:], closes[:] = 7 * 3600, 8 * 3600
    for array in (opens, closes):
        array.flags.writeable = False
    problem = compiled.problem._replace(rest_open=opens, rest_close=closes)
    routes = Routes(((0,),), ())
    assert time_route(problem, 0, (0,)) is None
    times = time_route(with_room(compiled._replace(problem=problem), routes).problem, 0, (0,))
    assert times is not None
    assert times.rest_begin.tolist() == [9 * 3600]


def test_a_day_that_does_not_end() -> None:
    # 30 jobs of 2 h at one house: 09:10 + 60 h = 21:10 two days later, beyond the hours for which the search knows
    # how fast the traffic is. At 21:10 it goes at half the speed: home at 21:30, 49 h 30 min after 20:00.
    slow = tuple(50 if hour == 21 else 100 for hour in range(24))
    band = SpeedBand(up_to_km=1000, kmh=36, hour_percent=slow)
    travel = Travel(profiles={"car": SpeedProfile(detour=1, bands=(band,))})
    jobs = [job(job_id=f"J{i}", duration_min=120) for i in range(30)]
    asked = scenario([technician(shifts=(NO_REST,))], jobs).model_copy(update={"travel": travel})
    found = {one.code: one for one in timed(asked, *(one.job_id for one in jobs)).assessment.findings}
    assert set(found) == {"SHIFT", "WORKLOAD_CAP"}
    assert found["SHIFT"].over == 49 * 60 + 30


def test_where_nothing_gives_way_the_problem_is_the_same() -> None:
    compiled = compile_scenario(scenario())
    assert with_room(compiled, Routes(((0,),), ())).problem is compiled.problem
    assert with_room(compiled, Routes(((),), (0,))).problem is compiled.problem


@pytest.mark.parametrize("who", [technician(skills={}), technician(kits=())])
def test_who_may_not_do_the_job_is_found_by_the_checker(who: Technician) -> None:
    document = timed(scenario([who]), "J1")
    assert starts(document) == ["09:10"]
    assert set(amounts(document)) in ({"SKILL"}, {"TOOL"})
