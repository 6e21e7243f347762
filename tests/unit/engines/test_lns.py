"""How the engine cools down, raises prices and sizes its slices."""

import pytest

from optimizer.build import ProblemBuilder
from optimizer.control import Budget, Iterations, Seconds, Stop
from optimizer.engines.lns import warm_up
from optimizer.engines.lns.engine import LEAST_SLICES, Lns, LnsParams, _cents_per_travel_s, _next_size, _Run
from optimizer.problem import Problem
from tests.oracle.tiny import MINUTE, on_a_line, with_arrays

PARAMS = LnsParams(hot_s=100.0, cold_s=1.0, cheap_s=10.0, dear_s=1_000.0, cheap_share=0.25)


def run(problem: Problem, stop: Stop | None = None) -> _Run:
    return _Run(problem, PARAMS, Budget(stop or Iterations(10)), 0, 1, None, None)


def money_alone(builder: ProblemBuilder) -> None:
    builder.levels = 0


def test_a_second_of_travel_costs_what_the_average_leg_says() -> None:
    # A minute costs a cent, nowhere included: 1 / 60.
    assert _cents_per_travel_s(on_a_line([5, 6])) == pytest.approx(1 / 60)
    travel = on_a_line([5, 6]).travel * [1, 0]
    free = with_arrays(on_a_line([5, 6]), travel=travel)
    assert _cents_per_travel_s(free) == 1.0  # never nothing
    assert _cents_per_travel_s(with_arrays(free, hour_cents=[7200])) == 2.0


def test_the_temperature_falls_by_equal_factors() -> None:
    one = run(on_a_line([5, 6]))
    second = 1 / 60
    temperatures = [one._temperature(share) for share in (0.0, 0.5, 1.0)]
    assert temperatures == pytest.approx([100 * second, 10 * second, second])


def test_where_weight_comes_first_prices_rise_to_many_times_a_long_drive() -> None:
    one = run(with_arrays(on_a_line([5, 6, 7]), weight=[0, 1, 9]))
    # The mean weight is 10/3, so 2.4 units are 10/3. Job 1 has 0.72 units, job 2 6.48, job 0 none. At the start a
    # unit costs 10 s, 10/60 cents; at the end a hundred times as much. What is on the bill, 100, comes on top.
    # In proportion to the weights the jobs would cost 0, 11.1 and 100: job 0 costs 100 beyond that, which a unit of
    # weight outweighs twice in the end: 200 × 10/3 / 2.4 more for each of the units.
    assert one._prices(0.0).tolist() == [100, 100, 101]
    assert one._prices(1.0).tolist() == [100, 100 + 212, 100 + 1908]


def test_weight_comes_first_however_dear_a_job_is() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.serve([0], [0], 40 * MINUTE, 0)
        builder.price_unserved(0, 2, 100_000)  # three units for one job, worth 100,100 cents
        for job in (1, 2):
            builder.price_unserved(job, 1, 0)  # or four units for two jobs, worth 200 cents
        builder.limit([0], work_s=50 * MINUTE)

    found = Lns().solve(on_a_line([5, 5, 5], 1, say), stop=Iterations(2_000))
    assert (found.weight, found.routes.unserved) == (3, (0,))


def test_a_small_weight_beside_large_ones_still_counts() -> None:
    weighed = with_arrays(on_a_line([5, 6, 7]), weight=[1, 999, 1000])
    # The mean is 666.7; job 0 has 0.0036 units, but at least half a unit counts: 0.5 × 1,000 s at 1/60.
    assert run(with_arrays(weighed, unserved_cents=[0, 0, 0]))._prices(1.0).tolist()[0] == 8


def test_where_money_counts_alone_prices_rise_to_the_bill_and_stay_there() -> None:
    one = run(on_a_line([5, 6], 1, money_alone))
    # a quarter at the start, all from two thirds of the run on
    assert one._prices(0.0).tolist() == [25, 25]
    assert one._prices(1 / 3).tolist() == [50, 50]
    assert one._prices(2 / 3).tolist() == [100, 100]
    assert one._prices(1.0).tolist() == [100, 100]


def test_slices_of_a_timed_run_aim_at_their_length() -> None:
    assert _next_size(100, 0.06) == 100
    assert _next_size(100, 0.12) == 50
    assert _next_size(100, 0.0001) == 200  # at most twice as many
    assert _next_size(6, 10.0) == 5


def test_a_run_of_few_iterations_still_has_many_slices() -> None:
    problem = on_a_line([5, 6])
    assert run(problem, Iterations(10 * LEAST_SLICES))._first_slice() == 10
    assert run(problem, Iterations(3))._first_slice() == 1
    assert run(problem, Iterations(10**9))._first_slice() == 2_000
    assert run(problem, Seconds(9))._first_slice() == 2_000


def test_parameters_are_the_engines_own() -> None:
    found = Lns(PARAMS).solve(on_a_line([5, 6], 1, money_alone), stop=Iterations(20))
    assert found.routes.unserved == ()


def test_warming_up_compiles_and_says_how_long_it_took() -> None:
    assert warm_up() > 0.0
