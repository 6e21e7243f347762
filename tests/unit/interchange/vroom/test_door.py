"""The whole door: VROOM's meaning of every feature, on instances small enough to work out by hand."""

import json
from typing import Any

import pytest

from optimizer.control import AnyOf, Iterations, Seconds
from optimizer.errors import BrokenPlan, InvalidInput, TravelUnavailable, UnsupportedFeature
from optimizer.interchange.vroom.door import error_answer, solve_vroom
from tests.unit.interchange.vroom.samples import DURATIONS, Json, two_jobs


def solved(request: Json) -> Json:
    return solve_vroom(request, stop=Iterations(500))


def steps(answer: Json, route: int = 0) -> list[tuple[Any, ...]]:
    """Return type, id, arrival, waiting, set-up and service of each step."""
    names = ("arrival", "waiting_time", "setup", "service")
    return [
        (step["type"], step.get("id"), *(step[name] for name in names))
        for step in answer["routes"][route]["steps"]
    ]


def reasons(answer: Json) -> dict[int, str]:
    return {one["id"]: one["reason"] for one in answer["unassigned"]}


def test_the_answer_has_vrooms_form() -> None:
    request = two_jobs(description="van")
    request["jobs"][0]["location"] = [9.5, 48.5]
    request["jobs"][1]["description"] = "boiler"
    request["matrices"]["car"]["durations"][2][0] = 199
    answer = solved(request)
    assert set(answer.pop("summary")["computing_times"]) == {
        "reading",
        "loading",
        "solving",
        "routing",
        "reasons",
    }
    # 0 → 1 → 2 → 0: 100 + 150 + 199, one less than the other way round.
    nothing = {"setup": 0, "service": 0, "waiting_time": 0}
    assert answer == {
        "code": 0,
        "unassigned": [],
        "routes": [
            {
                "vehicle": 1,
                "cost": 449,
                "description": "van",
                "setup": 5,
                "service": 10,
                "duration": 449,
                "waiting_time": 0,
                "priority": 0,
                "steps": [
                    {
                        "type": "start",
                        "location_index": 0,
                        **nothing,
                        "arrival": 0,
                        "duration": 0,
                        "violations": [],
                    },
                    {
                        "type": "job",
                        "location": [9.5, 48.5],
                        "location_index": 1,
                        "id": 1,
                        "job": 1,
                        **nothing,
                    }
                    | {"service": 10, "arrival": 100, "duration": 100, "violations": []},
                    {
                        "type": "job",
                        "description": "boiler",
                        "location_index": 2,
                        "id": 2,
                        "job": 2,
                        **nothing,
                    }
                    | {"setup": 5, "arrival": 260, "duration": 250, "violations": []},
                    {
                        "type": "end",
                        "location_index": 0,
                        **nothing,
                        "arrival": 464,
                        "duration": 449,
                        "violations": [],
                    },
                ],
                "violations": [],
            }
        ],
    }


def test_setup_is_paid_once_at_one_place() -> None:
    request = two_jobs()
    for job in request["jobs"]:
        job |= {"location_index": 1, "setup": 60, "service": 10}
    answer = solved(request)
    # Reached at 100, 60 + 10 on site, then 10 more without set-up.
    assert [step[2:] for step in steps(answer)] == [
        (0, 0, 0, 0),
        (100, 0, 60, 10),
        (170, 0, 0, 10),
        (280, 0, 0, 0),
    ]


def test_setup_is_not_paid_where_the_vehicle_starts_but_where_it_has_no_start() -> None:
    request = two_jobs(start_index=2)
    request["jobs"] = request["jobs"][1:]
    assert steps(solved(request))[1][4] == 0
    del request["vehicles"][0]["start_index"]
    assert steps(solved(request))[1][4] == 5


def test_several_breaks_are_all_taken_in_their_windows() -> None:
    request = two_jobs(
        time_window=[0, 300],
        breaks=[
            {"id": 6, "service": 40, "time_windows": [[300, 400], [150, 150]], "description": "lunch"},
            {"id": 5, "service": 30, "time_windows": [[0, 50]]},
        ],
    )
    request["jobs"] = request["jobs"][:1]
    # Break 5 must begin by 50, before the first stop is reached: 0 to 30. Job 1 from 130 to 140. Break 6 at 300
    # would end after the hours, so it is at 150, still at job 1; back at 190 + 100.
    answer = solved(request)
    assert steps(answer) == [
        ("start", None, 0, 0, 0, 0),
        ("break", 5, 0, 0, 0, 30),
        ("job", 1, 130, 0, 0, 10),
        ("break", 6, 140, 10, 0, 40),
        ("end", None, 290, 0, 0, 0),
    ]
    assert (answer["summary"]["service"], answer["summary"]["waiting_time"]) == (80, 10)
    assert answer["routes"][0]["steps"][3]["description"] == "lunch"


def test_a_break_without_windows_is_taken_at_any_time() -> None:
    answer = solved(two_jobs(time_window=[0, 495], breaks=[{"id": 7, "service": 30}]))
    # 450 s of driving, 15 s on site and 30 s of rest just fit.
    assert answer["summary"]["service"] == 40
    assert (
        solved(two_jobs(time_window=[0, 494], breaks=[{"id": 7, "service": 30}]))["summary"]["unassigned"]
        == 1
    )


def test_work_starts_in_one_of_several_windows() -> None:
    request = two_jobs()
    request["jobs"][0]["time_windows"] = [[120, 130], [0, 50]]
    request["jobs"] = request["jobs"][:1]
    # The first window is over when it is reached at 100 at the earliest; leaving is put off to reach it at 120.
    assert [step[2] for step in steps(solved(request))] == [20, 120, 230]
    request["jobs"][0]["time_windows"] = [[90, 95], [0, 50]]
    answer = solved(request)
    assert reasons(answer) == {
        1: "Only vehicle 1 may take it, but it would come 5 s after the last time window."
    }
    assert (answer["routes"], answer["summary"]["cost"]) == ([], 0)


def test_windows_limit_the_start_and_setup_comes_after_it() -> None:
    request = two_jobs()
    request["jobs"] = [{"id": 2, "location_index": 2, "setup": 500, "time_windows": [[0, 200]]}]
    assert steps(solved(request))[1] == ("job", 2, 200, 0, 500, 0)


def test_a_route_may_end_or_begin_anywhere() -> None:
    request = two_jobs()
    del request["vehicles"][0]["end_index"]
    answer = solved(request)
    # 0 → 1 → 2 is 250 and ends at row 2.
    assert answer["summary"]["cost"] == 250
    assert answer["routes"][0]["steps"][-1]["location_index"] == 2
    request["vehicles"][0] = {"id": 1, "end_index": 0}
    answer = solved(request)
    # 2 → 1 → 0 is 250 and starts at row 2.
    assert answer["summary"]["cost"] == 250
    assert answer["routes"][0]["steps"][0]["location_index"] == 2


def test_max_tasks_counts_jobs() -> None:
    answer = solved(two_jobs(max_tasks=1))
    # Job 1 alone costs 200, job 2 alone 400.
    assert [step[1] for step in steps(answer)] == [None, 1, None]
    assert reasons(answer) == {
        2: "Only vehicle 1 may take it, but it has 1 job already, as many as max_tasks allows."
    }


def test_max_travel_time_counts_driving() -> None:
    # Both jobs take 100 + 150 + 200 s of driving.
    assert solved(two_jobs(max_travel_time=450))["summary"]["unassigned"] == 0
    answer = solved(two_jobs(max_travel_time=449))
    assert reasons(answer) == {2: "Only vehicle 1 may take it, but its driving would exceed max_travel_time."}


def test_deliveries_leave_and_pickups_stay() -> None:
    request = two_jobs(capacity=[3, 9])
    request["jobs"][0] |= {"delivery": [2, 1], "pickup": [0, 1]}
    request["jobs"][1]["pickup"] = [3, 0]
    answer = solved(request)
    # Two of the first amount are on board until job 1, so job 2's three fit only after it.
    assert [step["load"] for step in answer["routes"][0]["steps"]] == [[2, 1], [0, 1], [3, 1], [3, 1]]
    sums = {name: answer["summary"][name] for name in ("delivery", "amount", "pickup")}
    assert sums == {"delivery": [2, 1], "amount": [2, 1], "pickup": [3, 1]}
    request["jobs"][1]["pickup"] = [4, 0]
    assert reasons(solved(request)) == {2: "No vehicle may take it: 1 is too small."}


def test_the_old_amount_is_a_delivery() -> None:
    request = two_jobs(capacity=[3])
    request["jobs"][0]["amount"] = [2]
    assert solved(request)["summary"]["delivery"] == [2]


def test_a_speed_factor_shortens_drives_and_costs() -> None:
    answer = solved(two_jobs(speed_factor=1.5))
    # Drives of 67 %: 67 + 101 + 134 s; the cost is 450 / 1.5, not rounded on the way.
    assert (answer["summary"]["duration"], answer["summary"]["cost"]) == (302, 300)


def test_costs_by_hour_kilometre_and_vehicle() -> None:
    # 450 s at 1000 an hour is 125, and 7 for the vehicle.
    assert solved(two_jobs(costs={"fixed": 7, "per_hour": 1000}))["summary"]["cost"] == 132
    request = two_jobs(costs={"per_hour": 0, "per_km": 10})
    request["matrices"]["car"]["distances"] = [[0, 1000, 99], [0, 0, 150], [200, 0, 0]]
    answer = solved(request)
    # 0 → 2 → 1 → 0 is 99 m, against 1,350 m the other way: 0.99, rounded half up to 1.
    assert (answer["summary"]["cost"], answer["summary"]["distance"]) == (1, 99)
    assert [step["distance"] for step in answer["routes"][0]["steps"]] == [0, 99, 99, 99]


def test_a_matrix_of_costs_decides_instead_of_durations() -> None:
    request = two_jobs()
    request["matrices"]["car"]["costs"] = [[0, 9, 1], [1, 0, 9], [9, 1, 0]]
    answer = solved(request)
    # 0 → 2 → 1 → 0 costs 3 and takes 450 s.
    assert (answer["summary"]["cost"], answer["summary"]["duration"]) == (3, 450)
    assert [step[1] for step in steps(answer)] == [None, 2, 1, None]


def test_a_fixed_cost_decides_between_vehicles() -> None:
    request = two_jobs(costs={"fixed": 1000})
    request["vehicles"].append({"id": 2, "start_index": 0, "end_index": 0, "speed_factor": 0.5})
    # Vehicle 2 needs 900 s, vehicle 1 costs 450 + 1000.
    answer = solved(request)
    assert [(route["vehicle"], route["cost"]) for route in answer["routes"]] == [(2, 900)]


def test_the_sum_of_priorities_decides_first_then_the_number_of_jobs() -> None:
    request = two_jobs(max_tasks=1)
    request["jobs"][1]["priority"] = 1
    assert list(reasons(solved(request))) == [1]
    everywhere = {"location_index": 0}
    request = {
        "vehicles": [{"id": 1, "start_index": 0, "end_index": 0, "time_window": [0, 1000]}],
        "jobs": [
            {"id": 1, **everywhere, "service": 950, "priority": 2},
            {"id": 2, **everywhere, "service": 100, "priority": 1},
            {"id": 3, **everywhere, "service": 100, "priority": 1},
        ],
        "matrix": DURATIONS,
    }
    # Job 1 fits with none of the others: 2 against 1 + 1, and two jobs are more than one.
    answer = solved(request)
    assert list(reasons(answer)) == [1]
    assert answer["summary"]["priority"] == 2


def test_skills_are_held_all_or_the_reason_names_them() -> None:
    request = two_jobs(skills=[1, 2])
    request["vehicles"].append({"id": 2, "start_index": 0, "skills": [3]})
    request["jobs"][0]["skills"] = [1, 2]
    request["jobs"][1]["skills"] = [1, 3]
    request["jobs"] += [
        {"id": 3, "location_index": 1, "skills": [7]},
        {"id": 4, "location_index": 1, "skills": [9, 7]},
    ]
    answer = solved(request)
    assert [step[1] for step in steps(answer)] == [None, 1, None]
    assert reasons(answer) == {
        2: "No vehicle may take it: 2 lack a skill.",
        3: "No vehicle has skill 7.",
        4: "No vehicle has skills 7 and 9.",
    }


def test_the_reason_names_the_vehicle_that_comes_closest() -> None:
    request = two_jobs(time_window=[0, 200])
    request["vehicles"].append({"id": 2, "start_index": 0, "end_index": 0, "time_window": [0, 300]})
    request["jobs"] = request["jobs"][1:]
    # There, set-up and back takes 405 s.
    assert reasons(solved(request)) == {
        2: "Vehicles 1 and 2 may take it, but none has room; vehicle 2 comes closest: "
        "its working hours are 105 s too short."
    }


def test_the_reason_says_what_is_lacking_at_the_best_place() -> None:
    request = two_jobs()
    request["jobs"][0] |= {"time_windows": [[340, 350]], "priority": 1}
    request["jobs"][1]["time_windows"] = [[200, 210]]
    # Row 2 first: there at 200, set-up 5, at row 1 at 355, 5 s late. Row 1 first: at row 2 at 500, 290 s late.
    assert reasons(solved(request)) == {
        2: "Only vehicle 1 may take it, but job 1 or a later one would be reached 5 s too late."
    }
    request = two_jobs(capacity=[3])
    request["jobs"][0] |= {"delivery": [2], "priority": 1}
    request["jobs"][1]["delivery"] = [2]
    assert reasons(solved(request)) == {
        2: "Only vehicle 1 may take it, but its load would exceed the capacity."
    }


def test_a_long_list_of_vehicles_is_cut() -> None:
    request = two_jobs()
    request["vehicles"] = [
        {"id": row, "start_index": 0, "end_index": 0, "time_window": [0, 9]} for row in range(7)
    ]
    request["jobs"] = request["jobs"][:1]
    # There, service and back takes 210 s.
    assert reasons(solved(request)) == {
        1: "Vehicles 0, 1, 2, 3, 4 and 2 more may take it, but none has room; vehicle 0 comes closest: "
        "its working hours are 4 min too short."
    }


def test_timestamps_come_back_as_timestamps() -> None:
    at = 1_767_268_800
    request = two_jobs(time_window=[at, at + 9000])
    request["jobs"][0]["time_windows"] = [[at + 300, at + 400]]
    request["jobs"] = request["jobs"][:1]
    assert [step[2] for step in steps(solved(request))] == [at + 200, at + 300, at + 410]


def test_ways_that_take_17_years_are_never_driven() -> None:
    request = two_jobs()
    request["matrices"]["car"]["durations"][2][0] = 2**32 - 1
    request["matrices"]["car"]["durations"][2][1] = 2**32 - 1
    assert reasons(solved(request)) == {2: "Only vehicle 1 may take it, but it can never get there."}


def test_text_and_values_give_the_same_answer_again_and_again() -> None:
    request = two_jobs(max_tasks=1)
    answers = [
        solve_vroom(given, stop=Iterations(50), seed=3) for given in (request, json.dumps(request).encode())
    ]
    for answer in answers:
        del answer["summary"]["computing_times"]
    assert answers[0] == answers[1]


def test_a_limit_in_seconds_covers_compiling() -> None:
    # Compiling has used up the time; what is left is the first plan, filled until nothing more fits.
    answer = solve_vroom(two_jobs(), stop=AnyOf((Seconds(0.0), Iterations(10))))
    assert answer["summary"]["unassigned"] == 0


def test_an_answer_that_fails_the_check_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "optimizer.interchange.vroom.door.findings", lambda asked, answer: ("Job 1 is lost.",)
    )
    with pytest.raises(BrokenPlan) as caught:
        solved(two_jobs())
    assert caught.value.findings == ("Job 1 is lost.",)


def test_errors_are_answered_with_vrooms_codes() -> None:
    with pytest.raises(InvalidInput) as caught:
        solved(two_jobs(steps=[{}]))
    said = error_answer(caught.value)
    assert (said["code"], said["issues"][0]["path"]) == (2, "vehicles[0].steps")
    assert "'steps' is not taken" in said["error"]
    assert error_answer(UnsupportedFeature("no"))["code"] == 2
    assert error_answer(BrokenPlan(("no",)))["code"] == 1
    assert error_answer(TravelUnavailable("no"))["code"] == 3
