"""Prices of assignments and loads stand in the arrays as they were said."""

import pytest

from optimizer.build.meters import MOST_CENTS
from optimizer.errors import InvalidInput
from optimizer.problem import features
from tests.unit.build.test_builder import builder


def test_without_prices_the_arrays_are_empty() -> None:
    problem = builder().build()
    assert problem.assignment_cents.shape == (0, 0)
    assert problem.charged_cents.tolist() == [0]
    assert problem.meter_ptr.tolist() == [0, 0, 0]
    assert not {"assignment prices", "load prices"} & features(problem)


def test_prices_of_assignments_add_up() -> None:
    made = builder()
    made.meters.price_assignment([0, 1], [1], 300)
    made.meters.price_assignment([1], [0, 1], 50)
    problem = made.build()
    assert problem.assignment_cents.tolist() == [[0, 300], [50, 350]]
    assert "assignment prices" in features(problem)


def test_what_is_owed_anyway_adds_up() -> None:
    made = builder()
    made.meters.charge(3_000)
    made.meters.charge(20)
    assert made.build().charged_cents.tolist() == [3_020]


def test_a_meter_counts_jobs_or_adds_up_service() -> None:
    made = builder(jobs=3)
    made.meters.price_load([0, 1], [2, 0], 4, [(6, 100, 20)])
    made.meters.price_load([1], None, -1800, [(3600, 0, 50), (0, 10, 0)])
    problem = made.build()
    assert problem.counted.tolist() == [[1], [0], [1]]
    assert problem.meter_ptr.tolist() == [0, 1, 3]
    assert problem.meter.tolist() == [0, 0, 1]
    assert problem.meter_column.tolist() == [0, -1]
    assert problem.meter_unit.tolist() == [1, 3600]
    assert problem.meter_before.tolist() == [4, -1800]
    assert problem.meter_step_ptr.tolist() == [0, 1, 3]
    assert problem.meter_after.tolist() == [6, 0, 3600]  # in rising order
    assert problem.meter_cents.tolist() == [100, 10, 0]
    assert problem.meter_unit_cents.tolist() == [20, 0, 50]
    assert "load prices" in features(problem)


def test_equal_lists_of_jobs_share_a_column() -> None:
    made = builder(jobs=3)
    made.meters.price_load([0], [0, 2], 0, [(1, 5, 0)])
    made.meters.price_load([1], [2, 0], 0, [(1, 5, 0)])
    assert made.build().meter_column.tolist() == [0, 0]


def test_a_price_beyond_the_arrays_is_refused() -> None:
    made = builder()
    made.meters.price_assignment([0], [0, 1], MOST_CENTS - 1)
    made.meters.price_assignment([0], [1], 1)
    assert made.build().assignment_cents.tolist()[0] == [MOST_CENTS - 1, MOST_CENTS]
    made.meters.price_assignment([], [0, 1], 3 * MOST_CENTS)  # nobody concerned, nothing owed
    for cents in (1, 2**40):
        with pytest.raises(InvalidInput, match="cost more than 21474836 yuan"):
            made.meters.price_assignment([0, 1], [1], cents)
    assert made.meters.arrays()["assignment_cents"].tolist()[1] == [0, 0]


def test_jobs_counted_for_many_shifts_are_looked_up_once() -> None:
    jobs = frozenset(range(3))
    made = builder(jobs=3)
    for shift in (0, 1):
        made.meters.price_load([shift], jobs, 0, [(1, 5, 0)])
    made.meters.price_load([0], {1}, 0, [(1, 5, 0)])
    problem = made.build()
    assert problem.meter_column.tolist() == [0, 0, 1]
    assert problem.counted.tolist() == [[1, 0], [1, 1], [1, 0]]
