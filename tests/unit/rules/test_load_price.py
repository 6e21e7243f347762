"""What a load costs by a table of steps."""

import pytest

from optimizer.rules.draft import LoadStep
from optimizer.rules.load_price import HOUR_S, JOB, added_price, load_price


@pytest.mark.parametrize(("jobs", "cents"), [(0, 0), (6, 0), (7, 2_000), (9, 6_000)])
def test_jobs_beyond_a_step_cost_each(jobs: int, cents: int) -> None:
    assert load_price((LoadStep(6, 0, 2_000),), jobs, unit=JOB) == cents


def test_a_step_costs_once_when_it_is_passed() -> None:
    steps = (LoadStep(150, 20_000),)
    assert [load_price(steps, jobs, unit=JOB) for jobs in (150, 151, 200)] == [0, 20_000, 20_000]
    assert added_price(steps, before=149, load=1, unit=JOB) == 0
    assert added_price(steps, before=149, load=2, unit=JOB) == 20_000
    assert added_price(steps, before=151, load=2, unit=JOB) == 0  # was owed before


def test_hours_are_rounded_half_up_for_each_step() -> None:
    # 9 s at 200 cents an hour are 0.5 cents: up; 8 s are 0.44: down
    assert [load_price((LoadStep(0, 0, 200),), load, unit=HOUR_S) for load in (8, 9)] == [0, 1]
    # each of the two steps is rounded apart: 1 + 1 and not 1 (0.5 + 0.5)
    assert load_price((LoadStep(0, 0, 200), LoadStep(0, 0, 200)), 9, unit=HOUR_S) == 2


def test_below_the_reference_costs_nothing() -> None:
    steps = (LoadStep(0, 0, 200), LoadStep(7200, 0, 200))
    assert load_price(steps, -3600, unit=HOUR_S) == 0
    assert added_price(steps, before=-3600, load=3600, unit=HOUR_S) == 0
    # 3 h from 1 h below: 2 h above the reference, 2 × 200
    assert added_price(steps, before=-3600, load=3 * 3600, unit=HOUR_S) == 400


def test_steps_add_up() -> None:
    steps = (LoadStep(0, 0, 200), LoadStep(7200, 50, 300))
    # 3 h: 3 × 200, and 50 + 1 × 300 beyond the second step
    assert load_price(steps, 3 * 3600, unit=HOUR_S) == 950
    assert added_price(steps, before=3600, load=2 * 3600, unit=HOUR_S) == 950 - 200
