"""Compiling: what rules say in ids and moments stands in the arrays in rows and seconds."""

from datetime import time, timedelta

import pytest

from optimizer.compile import Compiled, ScenarioDraft, compile_scenario
from optimizer.domain.policy import Preset
from optimizer.domain.promise import Pin
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, Shift, Technician
from optimizer.domain.time import DaySpan, Window
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.errors import InvalidInput
from optimizer.problem import SLOT_S, UNLIMITED
from optimizer.rules.draft import LateStep, RestSpan
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

HOUR = 3600
J1 = job(job_id="J1", place=north(6))
J2 = job(job_id="J2", place=north(8), duration_min=30, setup_min=5)
TWO = scenario((technician(), technician(technician_id="T2", level=1, skills={})), (J1, J2))
T1, T2 = ShiftKey("T1", DAY), ShiftKey("T2", DAY)


def draft(of: Scenario = TWO) -> ScenarioDraft:
    return ScenarioDraft(of)


def compiled(made: ScenarioDraft, *, service_first: bool = True) -> Compiled:
    return made.compiled(service_first=service_first)


def codes(result: Compiled, job_row: int, shift_row: int) -> set[str]:
    mask = int(result.problem.forbidden[job_row, shift_row])
    return {code for bit, code in enumerate(result.names.codes) if mask >> bit & 1}


def test_rows_have_names() -> None:
    result = compile_scenario(TWO)
    assert result.names.jobs == ("J1", "J2")
    assert result.names.shifts == ("T1 on 2026-07-15", "T2 on 2026-07-15")
    assert [str(one.key) for one in result.shifts] == list(result.names.shifts)
    assert result.names.places == (*result.travel.places, "nowhere")
    places = [result.names.places[row] for row in result.problem.place]
    assert places == ["job:J1", "job:J2"]
    assert [result.names.places[row] for row in result.problem.start_place] == ["branch:B1"] * 2
    assert result.scenario is TWO


def test_travel_in_seconds_and_cents() -> None:
    problem = compile_scenario(TWO).problem
    branch, (first, second) = problem.start_place[0], problem.place
    # 36 km/h is 10 m/s; 80 cents a km and 30 yuan an hour: 6 km are 480 + 500, 2 km 160 + 167 (166.67)
    assert problem.travel[0, branch, first].tolist() == [600, 480 + 500]
    assert problem.travel[0, first, second].tolist() == [200, 160 + 167]
    assert problem.hour_cents.tolist() == [0]
    assert problem.pace.size == 0


def test_each_means_has_its_own_travel() -> None:
    cyclist = technician(technician_id="T2", means="motorcycle")
    made = TWO.model_copy(update={"technicians": (technician(), cyclist)})
    names = ("branch:B1", "job:J1", "job:J2")
    matrix = Matrix(
        places=names, seconds=((0, 7, 8), (9, 0, 10), (11, 12, 0)), metres=((0, 50, 0), (0, 0, 0), (0, 0, 0))
    )
    travel = made.travel.model_copy(update={"matrices": {"motorcycle": matrix}})
    problem = compile_scenario(made.model_copy(update={"travel": travel})).problem
    assert problem.profile.tolist() == [0, 1]
    branch, first = problem.start_place[1], problem.place[0]
    assert problem.travel[1, branch, first, 0] == 7
    assert problem.travel[1, first, branch, 0] == 9
    # 50 m at 30 cents a km are 1.5, rounded up; 7 s at 30 yuan an hour are 5.8
    assert problem.travel[1, branch, first, 1] == 2 + 6


def test_congestion_follows_the_local_hour() -> None:
    jam = tuple(50 if hour == 17 else 100 for hour in range(24))
    bands = (SpeedBand(up_to_km=7, kmh=36, hour_percent=jam), SpeedBand(up_to_km=99, kmh=36))
    car = SpeedProfile(detour=1, bands=bands)
    made = scenario((technician(),), (J1, J2), days=2)
    made = made.model_copy(update={"travel": Travel(profiles={"car": car})})
    problem = compile_scenario(made).problem
    branch, (near, far) = problem.start_place[0], problem.place
    near_band, far_band = problem.band[0, branch, near], problem.band[0, branch, far]
    slots = range(problem.pace.shape[2])
    assert len(slots) == 48 + 24  # two days, and a day more for night shifts
    assert [slot for slot in slots if problem.pace[0, near_band, slot] == 50] == [17, 24 + 17, 48 + 17]
    assert (problem.pace[0, far_band] == 100).all()
    # by the hour what is really driven is paid: the leg's own cents are those of the kilometres
    assert problem.travel[0, branch, near].tolist() == [600, 480]
    assert problem.hour_cents.tolist() == [3_000]


def test_hours_follow_the_clock_when_it_changes() -> None:
    jam = tuple(50 if hour == 8 else 100 for hour in range(24))
    car = SpeedProfile(bands=(SpeedBand(up_to_km=99, kmh=36, hour_percent=jam),))
    changes = {"time_zone": "Europe/Berlin", "travel": Travel(profiles={"car": car})}
    horizon = TWO.horizon.model_copy(update={"first_day": DAY.replace(month=10, day=25)})
    problem = compile_scenario(TWO.model_copy(update=changes | {"horizon": horizon})).problem
    # On this day the clocks go back at 3:00, so 8:00 is nine hours after midnight.
    assert problem.pace[0, 0, :11].tolist() == [100] * 9 + [50, 100]


def test_places_at_one_point_are_one_site() -> None:
    problem = compile_scenario(scenario(jobs=[J1, job(job_id="J3", place=north(6)), J2])).problem
    first, same, other = problem.site[problem.place]
    assert first == same != other
    assert problem.place[0] != problem.place[1]


def test_forbid_and_fix_carry_the_code_of_the_speaking_rule() -> None:
    made = draft()
    made.code = "SKILL"
    made.forbid(["J1"], [T1, T2])
    made.code = "PINNED"
    made.fix("J1", [T2])
    made.fix("J2", [])
    result = compiled(made)
    assert codes(result, 0, 0) == {"SKILL", "PINNED"}
    assert codes(result, 0, 1) == {"SKILL"}
    assert codes(result, 1, 0) == codes(result, 1, 1) == {"PINNED"}


def test_who_rules_forbid() -> None:
    result = compile_scenario(TWO)
    assert codes(result, 0, 0) == set()
    assert codes(result, 0, 1) == {"SKILL"}  # T2 has none


def test_serve() -> None:
    problem = compile_scenario(TWO).problem
    column = problem.service_class
    assert problem.service_s[0, column[0]] == 60 * 60
    assert problem.service_s[0, column[1]] == 75 * 60  # level 1 takes 125 %
    assert problem.setup_s[:, column[0]].tolist() == [0, 5 * 60]


def test_narrow() -> None:
    made = draft()
    made.narrow("J2", [(at("09:00"), at("10:00")), (at("09:00", NEXT_DAY), at("09:00", NEXT_DAY))])
    made.narrow("J2", [(at("09:30"), at("12:00", NEXT_DAY))])
    problem = compiled(made).problem
    rows = slice(problem.window_ptr[1], problem.window_ptr[2])
    assert problem.window_open[rows].tolist() == [34_200, 33 * HOUR]
    assert problem.window_close[rows].tolist() == [10 * HOUR, 33 * HOUR]


def test_windows_and_pins_meet() -> None:
    made = scenario(
        jobs=[J1.model_copy(update={"windows": (Window(start=at("09:00"), end=at("12:00")),)}), J2],
        pins=[
            Pin(job_id="J1", start=at("11:00")),
            Pin(job_id="J2", start=at("11:00") + timedelta(seconds=0.4)),
        ],
    )
    problem = compile_scenario(made).problem
    assert problem.window_open.tolist() == problem.window_close.tolist() == [11 * HOUR, 11 * HOUR]


def test_bound() -> None:
    who = technician(shifts=(Shift(day=DAY, start=time(8), end=time(17), overtime_limit_min=30),))
    problem = compile_scenario(scenario([who])).problem
    bounds = (problem.start_s[0], problem.regular_end_s[0], problem.latest_end_s[0])
    assert bounds == (8 * HOUR, 17 * HOUR, 17 * HOUR + 1800)


def test_rests_in_order_with_their_kinds() -> None:
    away = DaySpan(start=time(10), end=time(10, 20))
    who = technician(shifts=(Shift(day=DAY, absences=(away,)),))
    free = technician(technician_id="T2", shifts=(Shift(day=DAY, rest="none"),))
    third = technician(technician_id="T3", shifts=(Shift(day=DAY),))
    result = compile_scenario(scenario([who, free, third]))
    problem = result.problem
    assert problem.rest_ptr.tolist() == [0, 2, 2, 3]
    assert problem.rest_s.tolist() == [1200, 2400, 2400]  # 40 min at midday by the policy
    assert problem.rest_open.tolist() == [10 * HOUR, 12 * HOUR, 12 * HOUR]
    assert problem.rest_close[0] == 10 * HOUR  # an absence begins when it begins
    assert result.rest_kinds == ("absence", "break", "break")


def test_breaks_said_by_hand() -> None:
    made = draft()
    span = RestSpan("break", at("12:00"), at("12:30"), 600)
    made.require_break(T2, [span])
    result = compiled(made)
    assert result.problem.rest_ptr.tolist() == [0, 0, 1]
    assert (result.problem.rest_s[0], result.rest_kinds) == (600, ("break",))


def test_limits_of_days_and_weeks() -> None:
    who = technician(week_to_date=Ledger(jobs=2, hours=3.5))
    rules = {
        "WORKLOAD_CAP": {"jobs_per_day": 4, "hours_per_day": None, "jobs_per_week": 6, "hours_per_week": 20}
    }
    problem = compile_scenario(scenario([who], days=2, rules=rules)).problem
    assert problem.max_jobs.tolist() == [4, 4]
    assert problem.max_work_s.tolist() == [UNLIMITED] * 2
    assert problem.group.tolist() == [0, 0]
    assert problem.group_max_jobs.tolist() == [4]
    assert problem.group_max_work_s.tolist() == [16 * HOUR + 1800]


def test_prices() -> None:
    made = draft()
    made.price_unserved("J2", weight=3, cents=70)
    made.price_lateness("J1", "start", (LateStep(at("12:00"), 5), LateStep(at("13:00"), 7, 900)))
    made.price_lateness("J1", "end", (LateStep(at("11:00"), 1),))
    made.price_overtime(T2, cents_per_hour=4_000)
    made.price_travel("car", cents_per_km=100, cents_per_hour=0)
    made.price_travel("car", cents_per_km=50, cents_per_hour=360)
    problem = compiled(made).problem
    assert problem.weight.tolist() == [0, 3]
    # left out, J1 is as late as the horizon's end at 24:00: 1 + 5 + 7 and 11 h at 900
    assert problem.unserved_cents.tolist() == [1 + 5 + 7 + 9_900, 70]
    assert problem.late_after.tolist() == [11 * HOUR, 12 * HOUR, 13 * HOUR]
    assert problem.late_on_end.tolist() == [True, False, False]
    assert problem.late_hour_cents.tolist() == [0, 0, 900]
    assert problem.overtime_hour_cents.tolist() == [0, 4_000]
    assert problem.travel[0, problem.start_place[0], problem.place[0], 1] == 6 * 150 + 60


@pytest.mark.parametrize(("preset", "level"), [("service-first", 1), ("balanced", 0), ("economy", 0)])
def test_the_preset_says_what_comes_first(preset: Preset, level: int) -> None:
    policy = TWO.policy.model_copy(update={"preset": preset})
    assert compile_scenario(TWO.model_copy(update={"policy": policy})).problem.levels.tolist() == [level]


def test_several_days_are_shifts_of_their_own() -> None:
    result = compile_scenario(scenario(days=3))
    assert result.problem.start_s.tolist() == [9 * HOUR, 33 * HOUR, 57 * HOUR]
    assert result.timeline.moment(33 * HOUR) == at("09:00", NEXT_DAY)


@pytest.mark.parametrize("technicians", [(), (technician(shifts=()),)])
def test_nobody_works(technicians: tuple[Technician, ...]) -> None:
    problem = compile_scenario(scenario(technicians, (J1, J2))).problem
    assert problem.forbidden.shape == (2, 0)


def test_wrong_parameters_are_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        compile_scenario(scenario(rules={"SKIL": {}, "SHIFT": {"overtime_limit_min": -1}}))
    assert {issue.path for issue in caught.value.issues} == {
        "policy.rules.SKIL",
        "policy.rules.SHIFT.overtime_limit_min",
    }


def test_inactive_rules_are_not_said() -> None:
    assert codes(compile_scenario(TWO), 0, 1) == {"SKILL"}
    quiet = scenario(TWO.technicians, TWO.jobs, rules={"SKILL": {"active": False}})
    assert codes(compile_scenario(quiet), 0, 1) == set()


def test_a_slot_is_an_hour() -> None:
    assert SLOT_S == HOUR
