"""Compiling: prices, speeds, weights and what is forbidden."""

import numpy as np
import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.vroom.compile import Compiled, compile_request, scaled_seconds
from optimizer.interchange.vroom.read import read_request
from optimizer.problem import FAR
from tests.unit.interchange.vroom.samples import DURATIONS, Json, two_jobs


def compiled(request: Json) -> Compiled:
    return compile_request(read_request(request))


def forbidden(request: Json) -> list[list[tuple[str, ...]]]:
    """Return the codes by job and vehicle."""
    result = compiled(request)
    return [
        [tuple(code for bit, code in enumerate(result.names.codes) if mask >> bit & 1) for mask in row]
        for row in result.problem.forbidden.tolist()
    ]


def test_cents_are_seconds_by_default() -> None:
    result = compiled(two_jobs())
    assert result.units == 1
    assert result.problem.travel[0, :3, :3, 1].tolist() == DURATIONS
    assert result.problem.levels.tolist() == [1]


def test_broken_costs_are_counted_in_finer_units() -> None:
    result = compiled(two_jobs(costs={"per_hour": 1000, "fixed": 7}))
    # A way costs at most 200 × 1000 / 3600 = 55.6; × 36,000 = 2,000,000 < 2^28.
    assert result.units == 36_000
    assert result.problem.travel[0, 0, 1, 1] == 1_000_000
    assert result.problem.use_cents.tolist() == [252_000]


def test_high_costs_are_counted_in_coarser_units() -> None:
    result = compiled(two_jobs(costs={"per_hour": 10_000_001}))
    # A way costs at most 555,555.6; 2^28 / 555,555.6 = 483.
    assert result.units == 100
    assert result.problem.travel[0, 0, 2, 1] == 55_555_561


def test_costs_beyond_all_bounds_are_refused() -> None:
    request = two_jobs()
    request["matrices"]["car"]["costs"] = [[0, 1, 2**28 + 1], [1, 0, 1], [1, 1, 0]]
    with pytest.raises(InvalidInput) as caught:
        compiled(request)
    assert [issue.code for issue in caught.value.issues] == ["cost-too-high"]


def test_kilometres_and_hours_add_up_and_a_matrix_of_costs_replaces_them() -> None:
    request = two_jobs(costs={"per_hour": 7200, "per_km": 500})
    request["matrices"]["car"]["distances"] = [[0, 4000, 0], [0, 0, 0], [0, 0, 0]]
    # 100 s × 2 + 4 km × 500.
    assert compiled(request).problem.travel[0, 0, 1, 1] == 2200
    request = two_jobs()
    request["matrices"]["car"]["costs"] = [[0, 7, 8], [7, 0, 9], [8, 9, 0]]
    assert compiled(request).problem.travel[0, 0, :3, 1].tolist() == [0, 7, 8]


def test_speed_factors_scale_to_two_digits_and_round_half_up() -> None:
    # 1 / 1.5 = 67 %: 100 → 67, 150 → 100.5 → 101, 200 → 134. 1 / 1.6 = 62.5 → 63 %.
    assert scaled_seconds(np.array([100, 150, 200], np.uint32), 67).tolist() == [67, 101, 134]
    assert read_request(two_jobs(speed_factor=1.6)).request.vehicles[0].duration_percent() == 63
    assert scaled_seconds(np.array([2**32 - 1], np.uint32), 100).tolist() == [FAR]
    assert scaled_seconds(np.array([2**32 - 1], np.uint32), 2**31 - 1).tolist() == [FAR]


def test_vehicles_that_drive_alike_share_one_profile() -> None:
    request = two_jobs()
    how: list[Json] = [{}, {"costs": {"fixed": 9}}, {"speed_factor": 2}, {"costs": {"per_hour": 0}}]
    request["vehicles"] = [{"id": row, "start_index": 0, **one} for row, one in enumerate(how)]
    assert compiled(request).problem.profile.tolist() == [0, 0, 1, 2]


def test_priorities_come_before_the_number_of_jobs() -> None:
    request = two_jobs()
    request["jobs"][1]["priority"] = 5
    # 5 × (2 jobs + 1) + 1.
    assert compiled(request).problem.weight.tolist() == [1, 16]


def test_a_missing_start_or_end_is_nowhere() -> None:
    request = two_jobs()
    del request["vehicles"][0]["end_index"]
    problem = compiled(request).problem
    assert (problem.start_place.tolist(), problem.end_place.tolist()) == ([0], [3])
    assert not problem.travel[0, :, 3].any()


def test_codes_say_what_forbids_a_pair() -> None:
    request = two_jobs(skills=[1], capacity=[3], time_window=[0, 1000])
    request["vehicles"].append({"id": 2, "start_index": 0, "capacity": [1], "max_tasks": 0, "skills": [1, 2]})
    request["jobs"][0] |= {"skills": [1, 2], "delivery": [2]}
    request["jobs"][1] |= {"time_windows": [[1001, 1100], [2000, 3000]], "pickup": [1]}
    assert forbidden(request) == [[("SKILL",), ("MAX_TASKS", "CAPACITY")], [("TIME_WINDOW",), ("MAX_TASKS",)]]


def test_a_window_that_touches_the_hours_is_not_out_of_them() -> None:
    request = two_jobs(time_window=[500, 1000])
    request["jobs"][0]["time_windows"] = [[1000, 1100]]
    request["jobs"][1]["time_windows"] = [[0, 500]]
    assert forbidden(request) == [[()], [()]]


def test_times_on_site_depend_on_the_type() -> None:
    request = two_jobs(type="slow")
    request["vehicles"].append({"id": 2, "start_index": 0})
    request["jobs"][0] |= {"service_per_type": {"slow": 99}, "setup": 3, "setup_per_type": {"fast": 1}}
    problem = compiled(request).problem
    assert problem.service_s[0, problem.service_class].tolist() == [99, 10]
    assert problem.setup_s[0, problem.service_class].tolist() == [3, 3]


def test_too_many_kinds_of_vehicles_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.interchange.vroom.compile.MOST_LEGS", 17)
    request = two_jobs()
    request["vehicles"].append({"id": 2, "start_index": 0, "speed_factor": 2})
    # 2 kinds × 3 places × 3 places = 18.
    with pytest.raises(InvalidInput) as caught:
        compiled(request)
    assert [issue.code for issue in caught.value.issues] == ["too-large"]
