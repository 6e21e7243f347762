"""Queueing formulas against values derived by hand, exact sums, and a simulation of the queue itself."""

import math
from collections.abc import Callable
from fractions import Fraction
from heapq import heapify, heapreplace

import numpy as np
import pytest

from optimizer.whatif.queueing import (
    mean_wait,
    offered_load,
    probability_of_waiting,
    quality_for,
    share_served_within,
    smallest_staff,
    square_root_staffing,
    waiting_at,
)
from optimizer.whatif.statistics import Interval, mean_interval


@pytest.mark.parametrize(
    ("load", "servers", "waits"),
    [
        (0.7, 1, 0.7),  # one server is busy 70 % of the time
        # Erlang B with load 1: 1/2, then (1/2) / (2 + 1/2) = 1/5; C = 2 · 1/5 / (2 - 4/5) = 1/3.
        (1, 2, 1 / 3),
        # Load 2: B = 2/3, 2/5, 4/19; C = 3 · 4/19 / (3 - 2 · 15/19) = 12/27.
        (2, 3, 4 / 9),
        (0, 3, 0),
        (3, 3, 1),  # as much work as people: the queue never ends
        (4, 3, 1),
    ],
)
def test_who_waits_by_hand(load: float, servers: int, waits: float) -> None:
    assert probability_of_waiting(load, servers) == pytest.approx(waits)


def erlang_c(load: Fraction, servers: int) -> Fraction:
    """Erlang's formula as it stands in the books, in exact numbers."""
    states = [load**n / math.factorial(n) for n in range(servers)]
    all_busy = load**servers / math.factorial(servers) * servers / (servers - load)
    return all_busy / (sum(states) + all_busy)


@pytest.mark.parametrize(
    ("load", "servers"), [("8", 10), ("0.01", 2), ("19.9", 20), ("57.3", 60), ("140", 150)]
)
def test_who_waits_by_the_formula(load: str, servers: int) -> None:
    exact = float(erlang_c(Fraction(load), servers))
    assert probability_of_waiting(float(load), servers) == pytest.approx(exact, rel=1e-10)


def test_how_long_they_wait() -> None:
    # One server at 70 %: 0.7 / 0.3 services. Three with load 2: 4/9 of a service.
    assert mean_wait(0.7, 1, 60) == pytest.approx(140)
    assert mean_wait(2, 3, 90) == pytest.approx(40)
    assert mean_wait(3, 3, 90) == math.inf
    assert mean_wait(0, 3, 90) == 0


def test_who_is_served_in_time() -> None:
    # Three with load 2: 4/9 wait, and after a whole service 4/9 · e^-1 still do.
    assert share_served_within(2, 3, 0, 90) == pytest.approx(5 / 9)
    assert share_served_within(2, 3, 90, 90) == pytest.approx(1 - 4 / 9 / math.e)
    assert share_served_within(3, 3, 1e9, 90) == 0


def test_the_mean_wait_is_the_area_above_the_share_in_time() -> None:
    grid = np.linspace(0, 40, 400_001)
    late = np.array([1 - share_served_within(8, 10, float(within), 1) for within in grid[::100]])
    assert np.trapezoid(late, grid[::100]) == pytest.approx(mean_wait(8, 10, 1), rel=1e-4)


def test_the_fewest_people() -> None:
    found = smallest_staff(8, 0.9, within=30, service=90)
    assert share_served_within(8, found, 30, 90) >= 0.9 > share_served_within(8, found - 1, 30, 90)
    assert found > 8
    # With load 2 three people serve 5/9 at once.
    assert smallest_staff(2, 0.55, within=0, service=90) == 3
    assert smallest_staff(2, 0.56, within=0, service=90) == 4
    assert smallest_staff(0, 0.99, within=0, service=90) == 1


def test_with_much_time_it_is_one_more_than_the_load() -> None:
    assert smallest_staff(8, 0.9, within=1e6, service=1) == 9
    assert smallest_staff(8.5, 0.9, within=1e6, service=1) == 9


def test_the_load() -> None:
    # 40 jobs of 90 min with their ways in shifts of 450 min: eight people.
    assert offered_load(40, 90, 450) == 8
    assert offered_load(0, 90, 450) == 0


def test_the_square_root_rule() -> None:
    assert square_root_staffing(100, 1) == 110
    assert square_root_staffing(8, 0.5) == 10  # 8 + 1.41


@pytest.mark.parametrize("quality", [0.3, 1.0, 2.0])
def test_the_rule_comes_to_erlangs_formula_with_many_people(quality: float) -> None:
    # The limit is off by the order of 1 / √load: a hundredth as much at 10,000 times the load.
    def off(load: float) -> float:
        return probability_of_waiting(load, square_root_staffing(load, quality)) / waiting_at(quality) - 1

    assert off(1_000_000) == pytest.approx(off(100) / 100, rel=0.3)


def test_the_quality_that_a_share_of_waits_asks_for() -> None:
    # φ(1) = 0.241971, Φ(1) = 0.841345: 0.241971 / 1.083316 = 0.223361.
    assert waiting_at(1) == pytest.approx(0.223361, abs=1e-6)
    for waiting in (0.999, 0.5, 0.1, 1e-6, 1e-12):
        assert waiting_at(quality_for(waiting)) == pytest.approx(waiting, rel=1e-9)


def queue(rng: np.random.Generator, load: float, servers: int, jobs: int) -> np.ndarray:
    """Waits of jobs in a queue with mean service 1; the first half is left out as warm-up."""
    gaps, services = rng.exponential(1 / load, jobs), rng.exponential(1, jobs)
    free = [0.0] * servers
    heapify(free)
    now, waits = 0.0, np.empty(jobs)
    for job in range(jobs):
        now += gaps[job]
        start = max(now, free[0])
        heapreplace(free, start + services[job])
        waits[job] = start - now
    return waits[jobs // 2 :]


@pytest.mark.parametrize(("load", "servers"), [(0.6, 1), (2, 3), (8, 10)])
def test_a_simulated_queue_has_the_same_waits(load: float, servers: int) -> None:
    """20 replications; 99.9 % intervals, nine of them in all, so a right formula fails once in a hundred seeds."""
    rng = np.random.default_rng(11)
    chains = [queue(rng, load, servers, 30_000) for _ in range(20)]

    def interval(figure: Callable[[np.ndarray], float]) -> Interval:
        return mean_interval([figure(waits) for waits in chains], confidence=0.999)

    expected = {
        probability_of_waiting(load, servers): interval(lambda waits: float((waits > 0).mean())),
        mean_wait(load, servers, 1): interval(lambda waits: float(waits.mean())),
        share_served_within(load, servers, 0.5, 1): interval(lambda waits: float((waits <= 0.5).mean())),
    }
    for formula, found in expected.items():
        assert found.low <= formula <= found.high
        assert found.half_width < 0.15 * found.mean


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: probability_of_waiting(-1, 3), "load is -1"),
        (lambda: probability_of_waiting(math.inf, 3), "load is inf"),
        (lambda: probability_of_waiting(1, 0), "servers is 0"),
        (lambda: mean_wait(1, 2, 0), "service is 0"),
        (lambda: share_served_within(1, 2, -1, 1), "within is -1"),
        (lambda: smallest_staff(1, 1.0, within=0, service=1), "share is 1"),
        (lambda: smallest_staff(math.nan, 0.9, within=0, service=1), "load is nan"),
        (lambda: offered_load(1, 1, 0), "shift_minutes is 0"),
        (lambda: square_root_staffing(0, 1), "load is 0"),
        (lambda: square_root_staffing(1, 0), "quality is 0"),
        (lambda: quality_for(0), "waiting is 0"),
        (lambda: quality_for(1e-30), "lies above"),
    ],
)
def test_what_cannot_be_asked(call: Callable[[], float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()
