"""A search's bookkeeping: who is left out, what is the best, and coming back to it."""

import numpy as np
import pytest

from optimizer.build import ProblemBuilder
from optimizer.engines.lns.ruin import ruin
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.state import ABSENT, CENTS, LEFT_PRICE, NEVER, below, set_prices, uniform
from optimizer.engines.lns.tables import make_tables
from optimizer.problem import Problem, Routes
from tests.oracle.tiny import HOUR, MINUTE, on_a_line, with_arrays


def search(problem: Problem, seed: int = 1) -> Search:
    return Search(problem, make_tables(problem), seed)


def money_alone(builder: ProblemBuilder) -> None:
    builder.levels = 0


def test_at_first_all_is_left_out_and_nothing_is_best() -> None:
    found = search(on_a_line([5, 6]))
    assert found.score == (NEVER, NEVER)
    assert found.routes() == Routes(((),), (0, 1))
    assert found.state.tally[ABSENT] == 2


def test_filling_takes_the_worthiest_first() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.price_unserved(1, 7, 0)
        builder.limit([0], jobs=1)

    found = search(on_a_line([5, 6, 7], 1, say))
    found.fill()
    assert found.routes() == Routes(((1,),), (0, 2))
    assert found.score == (2, 12 + 200)  # two units left out; six minutes there and back; 100 cents each


def test_filling_leaves_out_what_costs_more_than_it_is_worth() -> None:
    found = search(on_a_line([49, 51], 2, money_alone))
    found.fill()
    # Worth 100 each. Job 0 costs 98; then job 1 on the way costs only 4 more.
    assert found.score == (0, 102)
    alone = search(on_a_line([51], 1, money_alone))
    alone.fill()
    assert alone.routes().unserved == (0,)
    assert alone.score == (0, 100)


def test_filling_where_weight_comes_first_still_weighs_money_for_jobs_without_weight() -> None:
    found = search(with_arrays(on_a_line([51, 49]), weight=[0, 0]))
    found.fill()
    # 98 for job 1 and 4 more for job 0
    assert found.routes().unserved == ()
    far = search(with_arrays(on_a_line([51]), weight=[0]))
    far.fill()
    assert far.routes().unserved == (0,)


def test_loading_routes_leaves_out_those_that_cannot_be() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(0, 10 * MINUTE)])

    found = search(on_a_line([5, 6, 7], 2, say))
    found.load(Routes(((1, 0), (2,)), ()))  # job 0 after job 1 comes too late
    assert found.routes() == Routes(((), (2,)), (0, 1))
    found.load(Routes(((0, 1, 2), ()), ()))
    assert found.routes() == Routes(((0, 1, 2), ()), ())


def test_another_search_goes_on_from_the_best_plan() -> None:
    problem = on_a_line([5, 6, 7], 2)
    one, other = search(problem, 1), search(problem, 2)
    one.fill()
    other.go_on_from(one)
    assert other.routes() == one.routes()
    assert other.score == one.score
    assert other.state.total[CENTS] == one.state.total[CENTS]


def test_the_best_plan_stays_when_the_search_moves_on() -> None:
    problem = on_a_line([5, 6, 7, 8], 2)
    found = search(problem)
    found.fill()
    best, score = found.routes(), found.score
    ruin(*found.kernel)
    assert found.state.tally[ABSENT] > 0
    assert (found.routes(), found.score) == (best, score)
    found.go_on_from(found)
    assert found.state.tally[ABSENT] == 0


def test_prices_in_force_are_summed_over_what_is_left_out() -> None:
    found = search(on_a_line([5, 6, 7]))
    set_prices(found.kernel[2], np.array([1, 20, 300], np.int64))
    assert found.state.total[LEFT_PRICE] == 321
    found.load(Routes(((1,),), (0, 2)))
    assert found.state.total[LEFT_PRICE] == 301


def test_slices_are_repeatable() -> None:
    problem = on_a_line([5, 40, 7, 33, 60, 12], 2, end_s=2 * HOUR)
    price = np.full(6, 10_000, np.int64)
    runs = []
    for _ in range(2):
        found = search(problem, 9)
        found.run(200, 50.0, price)
        runs.append((found.routes(), found.score, found.state.random.tolist()))
    assert runs[0] == runs[1]


def test_random_numbers_fill_the_unit_interval() -> None:
    found = search(on_a_line([5]), seed=3)
    state = found.kernel[2]
    drawn = [uniform(state) for _ in range(4_000)]
    assert 0.0 <= min(drawn) < 0.01
    assert 0.99 < max(drawn) < 1.0
    # The mean of 4,000 numbers lies within five standard errors, 5 × 0.29 / 63, of a half.
    assert sum(drawn) / 4_000 == pytest.approx(0.5, abs=0.023)
    dice = [below(state, 6) for _ in range(4_000)]
    assert set(dice) == {0, 1, 2, 3, 4, 5}


def test_every_seed_starts_somewhere_else() -> None:
    problem = on_a_line([5])
    tables = make_tables(problem)
    states = {int(Search(problem, tables, seed).state.random[0]) for seed in range(200)}
    assert len(states) == 200
    assert 0 not in states  # xorshift would stay there


def test_loading_routes_leaves_out_forbidden_and_doubled_jobs() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.forbid("SKILL", [2], [0])

    found = search(on_a_line([5, 6, 7], 2, say))
    found.load(Routes(((0, 0, 2), (0, 1)), ()))
    assert found.routes() == Routes(((0,), (1,)), (2,))
