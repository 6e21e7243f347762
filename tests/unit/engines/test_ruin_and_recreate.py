"""Taking strings of jobs out and putting them back."""

from collections import Counter

import numpy as np

from optimizer.build import ProblemBuilder
from optimizer.engines.lns.anneal import go_back, settle
from optimizer.engines.lns.choices import FEW
from optimizer.engines.lns.recreate import recreate
from optimizer.engines.lns.ruin import ruin
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.state import ABSENT, TOUCHED, set_prices
from optimizer.engines.lns.strings import ABSENT_TRIED
from optimizer.engines.lns.tables import make_tables
from optimizer.problem import Problem, Routes
from tests.oracle.recounted import routes_of
from tests.oracle.tiny import HOUR, on_a_line, with_leg


def loaded(problem: Problem, stops: tuple[tuple[int, ...], ...], seed: int = 1) -> Search:
    """Return a search with these routes, all else left out, at a high price."""
    found = Search(problem, make_tables(problem), seed)
    set_prices(found.kernel[2], np.full(len(problem.place), 10**6, np.int64))
    found.load(Routes(stops, ()))
    return found


def test_what_is_taken_out_stands_first_in_the_bank() -> None:
    for seed in range(40):
        found = loaded(on_a_line([5, 6, 7, 8, 9, 10], 2), ((0, 1, 2), (3, 4)), seed)
        state = found.state
        banked = ruin(*found.kernel)
        bank = state.bank[:banked].tolist()
        removed = sorted({0, 1, 2, 3, 4} - {job for route in routes_of(found) for job in route})
        assert removed
        assert sorted(bank[: len(removed)]) == removed
        assert bank[len(removed) :] == [5]  # few are left out, so all of them are tried
        assert sorted(state.absent[: state.tally[ABSENT]].tolist()) == sorted(bank)


def test_strings_are_neighbours_in_their_route() -> None:
    gaps = Counter[int]()
    for seed in range(300):
        found = loaded(on_a_line(list(range(5, 17)), 1), (tuple(range(12)),), seed)
        ruin(*found.kernel)
        (kept,) = routes_of(found)
        removed = [job for job in range(12) if job not in kept]
        span = removed[-1] - removed[0] + 1
        gaps[span - len(removed)] += 1
    # In one piece, or in two around one job that stays: never more.
    assert set(gaps) == {0, 1}


def test_many_left_out_jobs_are_tried_only_near_the_seed() -> None:
    jobs = ABSENT_TRIED + 20
    for seed in range(20):
        found = loaded(on_a_line(list(range(1, jobs + 1)), 1, end_s=HOUR), ((0, 1),), seed)
        left = int(found.state.tally[ABSENT])
        banked = ruin(*found.kernel)
        removed = int(found.state.tally[ABSENT]) - left
        assert banked <= removed + ABSENT_TRIED + 1
        bank = found.state.bank[:banked].tolist()
        assert len(set(bank)) == len(bank)


def test_a_string_whose_loss_makes_the_way_too_long_goes_back_whole() -> None:
    # Straight from the depot to job 1 takes ten hours; by way of job 0 a quarter.
    problem = with_leg(on_a_line([5, 10]), 0, 2, 10 * HOUR)
    seen = set()
    for seed in range(60):
        found = loaded(problem, ((0, 1),), seed)
        ruin(*found.kernel)
        seen.add(routes_of(found)[0])
    assert (1,) not in seen
    assert seen >= {(0, 1), (0,), ()}


def test_going_back_restores_and_settling_keeps() -> None:
    for seed in range(20):
        found = loaded(on_a_line([5, 6, 7, 30], 2), ((0, 1, 2), (3,)), seed)
        state, versions = found.state, found.state.now.version.copy()
        recreate(*found.kernel, ruin(*found.kernel))
        go_back(*found.kernel)
        assert routes_of(found) == [(0, 1, 2), (3,)]
        assert (state.now.version == versions).all()  # so what is cached about them holds again
        recreate(*found.kernel, ruin(*found.kernel))
        changed = routes_of(found)
        settle(found.kernel[2])
        assert state.tally[TOUCHED] == 0
        go_back(*found.kernel)
        assert routes_of(found) == changed


def test_what_is_cheaper_to_leave_out_stays_out() -> None:
    found = loaded(on_a_line([5, 6, 50], 1), ((0, 1, 2),))
    # In force: 20 cents for each job. Jobs 0 and 1 together cost 12, job 2 another 88: once out it stays out.
    set_prices(found.kernel[2], np.array([20, 20, 20], np.int64))
    for _ in range(200):
        was_out = found.state.route_of[2] < 0
        recreate(*found.kernel, ruin(*found.kernel))
        settle(found.kernel[2])
        assert not was_out or found.state.route_of[2] < 0
    assert found.state.route_of[2] < 0
    found.fill()
    assert sorted(routes_of(found)[0]) == [0, 1, 2]  # with weight counted first, the price does not matter


def test_with_many_shifts_only_those_near_by_are_asked() -> None:
    shifts = FEW + 10

    def say(builder: ProblemBuilder) -> None:
        builder.limit([0], jobs=1)

    problem = on_a_line([5, 6, 7, 8], shifts, say)
    found = loaded(problem, ((),) * shifts)
    for _ in range(30):
        recreate(*found.kernel, ruin(*found.kernel))
        settle(found.kernel[2])
        served = [job for route in routes_of(found) for job in route]
        assert len(served) == len(set(served))
    assert found.state.tally[ABSENT] == 0
