"""Building a problem: what was said row by row stands in the arrays."""

from typing import Any

import numpy as np
import pytest

from optimizer.build import ALWAYS, ProblemBuilder, ProfileLegs, Windows, intersect
from optimizer.problem import SLOT_S, UNLIMITED, Problem, features

LEGS = np.array([[0, 60, 120], [60, 0, 90], [120, 90, 0]], np.int32)
HORIZON_S = 10 * SLOT_S


def builder(jobs: int = 2, shifts: int = 2, **changes: Any) -> ProblemBuilder:
    """Return a builder with all jobs at place 1 and shifts from and to place 0."""
    said: dict[str, Any] = {
        "job_places": [1] * jobs,
        "shift_places": [(0, 0)] * shifts,
        "shift_profiles": [0] * shifts,
        "legs": (ProfileLegs(LEGS, LEGS * 2),),
        "horizon_s": HORIZON_S,
    }
    return ProblemBuilder(**said | changes)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ([(0, 10)], [(5, 20)], [(5, 10)]),
        ([(0, 10)], [(10, 20)], [(10, 10)]),  # closed at both ends
        ([(0, 10)], [(11, 20)], []),
        ([(0, 10), (20, 30)], [(5, 25)], [(5, 10), (20, 25)]),
        ([(20, 30), (0, 10)], [(0, 99)], [(0, 10), (20, 30)]),  # sorted
        ([(0, 10), (5, 15)], [(0, 99)], [(0, 15)]),  # merged where they overlap
        ([(0, 10), (11, 15)], [(0, 99)], [(0, 15)]),  # and where no second lies between
        ([(0, 10), (12, 15)], [(0, 99)], [(0, 10), (12, 15)]),
        ([], [(0, 99)], []),
    ],
)
def test_intersect(one: Windows, other: Windows, common: Windows) -> None:
    assert intersect(one, other) == common
    assert intersect(other, one) == common


def windows_of(problem: Problem, job: int) -> list[tuple[int, int]]:
    rows = slice(problem.window_ptr[job], problem.window_ptr[job + 1])
    opens, closes = problem.window_open[rows].tolist(), problem.window_close[rows].tolist()
    return list(zip(opens, closes, strict=True))


def test_windows_stand_behind_pointers() -> None:
    made = builder(jobs=3)
    made.narrow(0, [(100, 200), (300, 400)])
    made.narrow(0, [(150, 350)])
    made.narrow(2, [(0, 10)])
    made.narrow(2, [(20, 30)])
    problem = made.build()
    assert problem.window_ptr.tolist() == [0, 2, 3, 3]
    assert windows_of(problem, 0) == [(150, 200), (300, 350)]
    assert windows_of(problem, 1) == list(ALWAYS)
    assert windows_of(problem, 2) == []


def test_forbidding_sets_a_bit_for_each_code() -> None:
    made = builder()
    made.forbid("SKILL", [0, 1], [0])
    made.forbid("TOOL", [1], [0, 1])
    made.forbid("SKILL", [1], [0])
    made.forbid("ABSENT", [], [1])
    assert made.codes == ["SKILL", "TOOL", "ABSENT"]
    assert made.build().forbidden.tolist() == [[1, 0], [3, 2]]


def test_the_longer_time_on_site_counts_part_by_part() -> None:
    made = builder(jobs=2, shifts=3)
    made.serve([0, 1], [0, 1, 2], 600, 60)
    made.serve([1], [0, 2], 500, 90)
    made.serve([0], [1], 900, 0)
    problem = made.build()
    # Shifts 0 and 2 serve alike, so there are two classes of three shifts.
    assert problem.service_s.shape == (2, 2)
    columns = problem.service_class
    assert columns[0] == columns[2] != columns[1]
    assert problem.service_s[:, columns].tolist() == [[600, 900, 600], [600, 600, 600]]
    assert problem.setup_s[:, columns].tolist() == [[60, 60, 60], [90, 60, 90]]


def test_what_leaving_out_costs_adds_up_with_the_lateness_of_the_horizons_end() -> None:
    made = builder(jobs=2)
    made.price_unserved(0, 3, 1000)
    made.price_unserved(0, 2, 10)
    made.price_lateness(0, HORIZON_S - 1800, 500, 3601, on_end=False)
    made.price_lateness(0, HORIZON_S, 7, 0, on_end=True)  # not later than the horizon's end
    problem = made.build()
    assert problem.weight.tolist() == [5, 0]
    # 1,010 + 500 + 1,800 s at 3,601 an hour: 1,800.5, rounded up
    assert problem.unserved_cents.tolist() == [1010 + 500 + 1801, 0]


def test_lateness_steps_are_sorted_by_their_moment() -> None:
    made = builder(jobs=2)
    made.price_lateness(1, 500, 2, 20, on_end=True)
    made.price_lateness(1, 300, 1, 10, on_end=False)
    problem = made.build()
    assert problem.late_ptr.tolist() == [0, 0, 2]
    assert problem.late_after.tolist() == [300, 500]
    assert problem.late_cents.tolist() == [1, 2]
    assert problem.late_hour_cents.tolist() == [10, 20]
    assert problem.late_on_end.tolist() == [False, True]


def test_limits_of_one_shift_tighten() -> None:
    made = builder()
    made.limit([0], jobs=5, work_s=100)
    made.limit([0], jobs=7, work_s=50, travel_s=9)
    problem = made.build()
    assert problem.max_jobs.tolist() == [5, UNLIMITED]
    assert problem.max_work_s.tolist() == [50, UNLIMITED]
    assert problem.max_travel_s.tolist() == [9, UNLIMITED]
    assert (problem.group == -1).all()


def test_limits_of_several_shifts_make_a_group() -> None:
    made = builder(shifts=5)
    made.limit([3, 1], jobs=5)
    made.limit([1, 3], jobs=6, work_s=900)
    made.limit([0, 4], work_s=80)
    made.limit([], jobs=0)
    problem = made.build()
    assert problem.group.tolist() == [1, 0, -1, 0, 1]
    assert problem.group_max_jobs.tolist() == [5, UNLIMITED]
    assert problem.group_max_work_s.tolist() == [900, 80]
    assert (problem.max_jobs == UNLIMITED).all()


def test_rests_stand_behind_pointers() -> None:
    made = builder(shifts=3)
    made.rest(0, [(600, [(0, 100)]), (900, [(200, 300), (400, 500)])])
    made.rest(2, [(60, [(7, 7)])])
    problem = made.build()
    assert problem.rest_ptr.tolist() == [0, 2, 2, 3]
    assert problem.rest_s.tolist() == [600, 900, 60]
    assert problem.rest_window_ptr.tolist() == [0, 1, 3, 4]
    assert problem.rest_open.tolist() == [0, 200, 400, 7]
    assert problem.rest_close.tolist() == [100, 300, 500, 7]


def test_loads_are_as_wide_as_the_widest_vehicle() -> None:
    made = builder()
    made.capacity(0, [4])
    made.load(1, [2, 3], [5, 6])
    made.capacity(1, [1, 2])
    problem = made.build()
    assert problem.capacity.tolist() == [[4, UNLIMITED], [1, 2]]
    assert problem.delivery.tolist() == [[0, 0], [2, 3]]
    assert problem.pickup.tolist() == [[0, 0], [5, 6]]


def test_bounds_and_prices_of_a_shift() -> None:
    made = builder()
    made.bound(1, 10, 20, 30)
    made.price_overtime(1, 100)
    made.price_overtime(1, 50)
    made.price_use(0, 7)
    made.price_use(0, 8)
    problem = made.build()
    assert (problem.start_s[1], problem.regular_end_s[1], problem.latest_end_s[1]) == (10, 20, 30)
    assert problem.overtime_hour_cents.tolist() == [0, 150]
    assert problem.use_cents.tolist() == [15, 0]


def test_nowhere_is_the_last_place_and_costs_nothing() -> None:
    problem = builder(shift_places=[(-1, 2), (0, -1)]).build()
    assert problem.travel.shape == (1, 4, 4, 2)
    assert problem.start_place.tolist() == [3, 0]
    assert problem.end_place.tolist() == [2, 3]
    assert not problem.travel[:, 3].any()
    assert not problem.travel[:, :, 3].any()
    assert problem.travel[0, :3, :3, 0].tolist() == LEGS.tolist()
    assert problem.travel[0, :3, :3, 1].tolist() == (2 * LEGS).tolist()


def test_sites_are_numbered_and_nowhere_is_none() -> None:
    assert builder().build().site.tolist() == [0, 1, 2, 3]
    assert builder(sites=[5, 5, 1]).build().site.tolist() == [5, 5, 1, -1]


def test_congestion_is_summed_up_hour_by_hour() -> None:
    hours = HORIZON_S // SLOT_S + 24
    pace = np.full((2, hours), 100, np.int64)
    pace[1, 1] = 50
    band = np.zeros((3, 3), np.uint8)
    band[0, 1] = 1
    slow = ProfileLegs(LEGS, LEGS, 3600, band, pace)
    problem = builder(legs=(slow, ProfileLegs(LEGS, LEGS)), shift_profiles=[0, 1]).build()
    assert problem.hour_cents.tolist() == [3600, 0]
    assert problem.band[0, :3, :3].tolist() == band.tolist()
    assert problem.pace.shape == (2, 2, hours)
    assert (problem.pace[1] == 100).all()  # the other profile has none
    # 100 units a second for the first hour, 50 for the second, then 100 again
    assert problem.pace_sum[0, 1, :4].tolist() == [0, 360_000, 540_000, 900_000]
    assert problem.pace_sum[0, 0, :4].tolist() == [0, 360_000, 720_000, 1_080_000]


def test_what_is_not_used_is_empty() -> None:
    problem = builder().build()
    assert problem.pace.size == problem.band.size == problem.pace_sum.size == 0
    assert problem.capacity.shape == (2, 0)
    assert len(problem.rest_s) == len(problem.late_after) == len(problem.group_max_jobs) == 0
    assert features(problem) == frozenset()


@pytest.mark.parametrize(("jobs", "shifts"), [(0, 0), (0, 2), (2, 0)])
def test_nothing_to_do_and_nobody_there(jobs: int, shifts: int) -> None:
    problem = builder(jobs, shifts).build()
    assert problem.forbidden.shape == (jobs, shifts)
    assert problem.window_ptr.tolist() == list(range(jobs + 1))
    assert problem.rest_ptr.tolist() == [0] * (shifts + 1)


def test_nobody_has_any_legs() -> None:
    problem = builder(2, 0, legs=()).build()
    # two places, 0 and 1, and nowhere
    assert problem.travel.shape == (0, 3, 3, 2)


def test_arrays_cannot_be_written_to() -> None:
    for array in builder().build():
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
