"""What the search looks up: eligible shifts, neighbours, orders, the longest route."""

from collections.abc import Callable

import numpy as np
import pytest

from optimizer.build import ProblemBuilder
from optimizer.engines.lns.tables import ORDERS, Tables, eligible_shifts, make_tables
from optimizer.problem import Problem
from tests.oracle.tiny import HOUR, MINUTE, on_a_line, with_arrays, with_leg


def eligible(problem: Problem) -> list[list[int]]:
    ptr, shifts = eligible_shifts(problem)
    return [shifts[ptr[job] : ptr[job + 1]].tolist() for job in range(len(problem.place))]


def test_eligible_are_the_shifts_that_nothing_forbids_and_that_are_open_when_the_job_is() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.forbid("SKILL", [0], [1])
        builder.narrow(1, [(0, HOUR), (5 * HOUR, 6 * HOUR)])
        builder.bound(0, 2 * HOUR, 4 * HOUR, 4 * HOUR)
        builder.narrow(2, [(0, HOUR)])
        builder.narrow(2, [(2 * HOUR, 3 * HOUR)])

    # Job 0 is forbidden to shift 1; job 1 is closed while shift 0 works; job 2 is never open.
    assert eligible(on_a_line([5, 6, 7], 2, say)) == [[0], [1], []]


def test_a_job_reached_only_by_way_of_another_is_eligible() -> None:
    # 0 → 2 takes ten hours, 0 → 1 → 2 two minutes.
    problem = with_leg(with_leg(on_a_line([1, 2]), 0, 2, 10 * HOUR), 2, 0, 10 * HOUR)
    assert eligible(problem) == [[0], [0]]


def test_jobs_that_take_longer_than_the_shift_are_not_eligible() -> None:
    assert eligible(on_a_line([1], service_s=HOUR, end_s=HOUR)) == [[0]]
    assert eligible(on_a_line([1], service_s=HOUR + 1, end_s=HOUR)) == [[]]


def test_neighbours_from_near_to_far() -> None:
    tables = make_tables(on_a_line([10, 13, 11, 40]))
    assert tables.near.tolist() == [[2, 1, 3], [2, 0, 3], [0, 1, 3], [1, 2, 0]]


def test_neighbours_by_the_quicker_direction_of_the_usual_profile() -> None:
    # from job 0 to job 1 in a second, back in three minutes
    tables = make_tables(with_leg(on_a_line([10, 13, 11]), 1, 2, 1))
    assert tables.near.tolist()[:2] == [[1, 2], [0, 2]]


def test_each_order_ranks_all_jobs() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.price_unserved(1, 9, 0)
        builder.serve([2], [0, 1], HOUR, 0)
        builder.forbid("SKILL", [0], [1])
        builder.narrow(0, [(0, 2 * HOUR)])

    rank = make_tables(on_a_line([30, 20, 10], 2, say)).rank
    assert rank.shape == (ORDERS, 3)
    assert (np.sort(rank, axis=1) == [0, 1, 2]).all()
    assert rank[0].tolist() == [1, 0, 2]  # job 1 weighs 10
    assert rank[1].tolist() == [0, 1, 2]  # job 0 has one shift, the others two
    assert rank[2].tolist() == [1, 2, 0]  # job 2 takes longest
    assert rank[3].tolist() == [0, 1, 2]  # job 0 has the tightest window
    assert rank[4].tolist() == [1, 0, 2]  # 10, 1 and 1 for 10, 10 and 60 minutes
    assert rank[5].tolist() == [0, 1, 2]  # far first
    assert rank[6].tolist() == [2, 1, 0]  # near first
    assert rank[7].tolist() == [0, 1, 2]  # job 0 closes first


def test_homes_are_the_eligible_shifts_that_start_nearest() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.forbid("SKILL", [0], [2])

    problem = on_a_line([10, 20], 3, say)
    # Shift 0 starts at the depot, shift 1 at job 1's place, shift 2 at job 0's.
    tables = make_tables(with_arrays(problem, start_place=[0, 2, 1]))
    assert tables.home[:, :4].tolist() == [[0, 1, -1, -1], [1, 2, 0, -1]]


@pytest.mark.parametrize(
    ("jobs", "service_s", "most", "longest"),
    [
        (5, HOUR, None, 2),  # no more services fit into two hours and a half
        (2, HOUR, None, 2),
        (1, HOUR, None, 1),
        (5, HOUR, 1, 1),
        (5, 0, None, 5),
        (0, HOUR, None, 0),
    ],
)
def test_the_longest_route(jobs: int, service_s: int, most: int | None, longest: int) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([0], jobs=most)

    problem = on_a_line([1] * jobs, 1, say, service_s=service_s, end_s=2 * HOUR + 30 * MINUTE)
    assert make_tables(problem).longest == longest


def several_windows(builder: ProblemBuilder) -> None:
    builder.narrow(0, [(0, 1), (3, 4)])


def no_window(builder: ProblemBuilder) -> None:
    builder.narrow(0, [])


def setup(builder: ProblemBuilder) -> None:
    builder.serve([0], [0], 0, 1)


def two_rests(builder: ProblemBuilder) -> None:
    builder.rest(0, [(1, [(0, 1)]), (1, [(2, 3)])])


def a_rest_with_two_windows(builder: ProblemBuilder) -> None:
    builder.rest(0, [(1, [(0, 1), (2, 3)])])


def loads(builder: ProblemBuilder) -> None:
    builder.capacity(0, [1])


def a_rest(builder: ProblemBuilder) -> None:
    builder.rest(0, [(1, [(0, 1)])])


@pytest.mark.parametrize(
    "say", [several_windows, no_window, setup, two_rests, a_rest_with_two_windows, loads]
)
def test_not_simple(say: Callable[[ProblemBuilder], None]) -> None:
    assert not make_tables(on_a_line([5], 1, say)).simple


@pytest.mark.parametrize("say", [a_rest, lambda _: None])
def test_simple(say: Callable[[ProblemBuilder], None]) -> None:
    assert make_tables(on_a_line([5], 1, say)).simple


def priced_and_limited(tables: Tables) -> tuple[bool, bool]:
    return tables.priced, tables.limited


def test_priced_and_limited() -> None:
    def late(builder: ProblemBuilder) -> None:
        builder.price_lateness(0, 5, 1, 0, on_end=False)

    def overtime(builder: ProblemBuilder) -> None:
        builder.price_overtime(0, 1)

    def hours(builder: ProblemBuilder) -> None:
        builder.limit([0], work_s=9)

    def jobs(builder: ProblemBuilder) -> None:
        builder.limit([0], jobs=1)

    def week(builder: ProblemBuilder) -> None:
        builder.limit([0, 1], jobs=9)

    expected = {late: (True, False), overtime: (True, False), hours: (False, True), jobs: (False, False)}
    expected[week] = (False, True)
    for say, kinds in expected.items():
        assert priced_and_limited(make_tables(on_a_line([5], 2, say))) == kinds


def test_members_of_groups() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([3, 1], jobs=9)
        builder.limit([0, 4], jobs=9)

    tables = make_tables(on_a_line([5], 5, say))
    groups = [tables.member[tables.member_ptr[g] : tables.member_ptr[g + 1]].tolist() for g in range(2)]
    assert groups == [[1, 3], [0, 4]]


def test_columns_are_read_in_rows() -> None:
    problem = on_a_line([5, 7])
    turned = make_tables(with_leg(problem, 0, 1, 77)).back
    assert turned[0, 1, 0].tolist() == [77, 5]
    assert turned[0, 0, 1].tolist() == [300, 5]
    assert make_tables(problem).back is problem.travel  # symmetric: no copy
