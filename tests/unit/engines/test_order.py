"""Engine `order`: tiny cases by hand, and on random tied problems every answer is sound and worth what it says."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from optimizer.build import Link, ProblemBuilder
from optimizer.control import Iterations
from optimizer.engines.order.answer import order_of, routes_of, worth
from optimizer.engines.order.engine import Order, OrderParams
from optimizer.engines.order.search import Search
from optimizer.engines.order.tables import make_tables
from optimizer.problem import ANOTHER, APART, BEFORE, SAME, Problem, Routes, features
from tests.oracle.random_ties import random_ties
from tests.oracle.tied import value_of_tied
from tests.oracle.ties_mix import TiesMix, focused_mix, larger_mix
from tests.oracle.tiny import HOUR, MINUTE, on_a_line


def solved(problem: Problem, iterations: int = 600) -> tuple[tuple[int, int], Routes]:
    """Return value and routes of a short run; assert that they are sound."""
    found = Order().solve(problem, stop=Iterations(iterations), seed=1)
    assert value_of_tied(problem, found.routes) == (found.weight, found.cents)
    return (found.weight, found.cents), found.routes


def tame(mix: TiesMix) -> TiesMix:
    """Return a mix without most of what the engine refuses."""
    plain = replace(mix.plain, congestion=0.0, groups=0.0, loads=0.0, shared=0.15)
    return replace(mix, plain=plain)


@pytest.mark.parametrize("make", [focused_mix, larger_mix])
def test_answers_to_random_tied_problems_are_sound(make: Callable[[int], TiesMix]) -> None:
    seen: set[str] = set()
    for seed in range(24):
        problem = random_ties(seed, tame(make(seed)))
        if features(problem) <= Order.handles:
            seen |= features(problem)
            solved(problem, 150)
    assert seen >= {"crews", "links", "several rests", "setup", "lateness prices", "several windows"}


def test_times_of_a_state_are_those_of_a_new_one_of_the_same_order() -> None:
    """Timing only what a move changed gives the times of timing everything."""
    for seed in (0, 3, 7):
        problem = random_ties(seed, tame(larger_mix(seed)))
        tables = make_tables(problem)
        search = Search(problem, tables, seed)
        search.set_prices(np.full(len(tables.row_ptr) - 1, 50_000))
        search.construct()
        for heat in (5_000.0, 500.0, 50.0):
            search.run(150, heat, search.state.price.copy())
            again = Search(problem, tables, 9)
            again.set_prices(search.state.price.copy())
            again.load(search.state.order[: search.state.total[6]].copy(), search.state.shift.copy())
            served = search.state.shift >= 0
            assert (again.state.shift == search.state.shift).all()
            for name in ("start", "end", "rested", "late", "over", "back"):
                mine, other = getattr(search.state, name), getattr(again.state, name)
                rows = served if len(mine) == len(served) else slice(None)
                assert (mine[rows] == other[rows]).all(), name
            assert (again.state.total == search.state.total).all()


def crew(builder: ProblemBuilder) -> None:
    """Rows 0 and 1 are one crew job; 2 is a job of its own."""
    builder.ties.crew(0, [1])
    builder.price_unserved(1, -1, -100)  # the job's price stands on its first row


def test_a_crew_starts_when_the_last_of_it_is_there() -> None:
    # The crew job is 20 minutes away; job 2 lies half-way and is open until minute 15 only; shift 0 may not do it.
    def say(builder: ProblemBuilder) -> None:
        crew(builder)
        builder.forbid("SKILL", [2], [0])
        builder.narrow(2, [(0, 15 * MINUTE)])

    value, routes = solved(on_a_line([20, 20, 10], 2, say))
    # Shift 1 is at job 2 from 10 to 20, with the crew at 30; both drive 40 minutes: 80 cents.
    assert value == (0, 80)
    assert routes.agreed == ((0, 30 * MINUTE),)
    assert routes.unserved == ()


def test_a_crew_is_served_whole_or_not_at_all() -> None:
    value, routes = solved(on_a_line([20, 20, 10], 1, crew))
    # One shift cannot be two people: job 2 alone, 20 cents, and the crew job left out, 100.
    assert value == (1, 120)
    assert routes == Routes(((2,),), (0,), ())


def test_standing_crews_stay_among_themselves() -> None:
    def say(builder: ProblemBuilder) -> None:
        crew(builder)
        builder.ties.stand_together([0], 7)

    assert solved(on_a_line([20, 20, 10], 2, say))[0] == (1, 120)
    assert solved(on_a_line([20, 20, 10], 2, crew))[0][0] == 0


def test_somebody_of_the_crew_brings_what_it_needs() -> None:
    def say(builder: ProblemBuilder) -> None:
        crew(builder)
        builder.ties.cover(0, [2])

    _, routes = solved(on_a_line([20, 20, 10], 3, say))
    assert {0, 1} & set(routes.stops[2])


def test_the_first_waits_where_the_second_would_come_too_late() -> None:
    # Job 1 is open from minute 60 and follows job 0 by 20 minutes at most, counted from its start.
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(1, [(60 * MINUTE, HOUR * 8)])
        builder.ties.link(Link(0, 1, BEFORE, 5 * MINUTE, 20 * MINUTE, on_end=False, who=ANOTHER))

    value, routes = solved(on_a_line([5, 6], 2, say))
    assert value == (0, 22)
    assert routes.agreed == ((0, 40 * MINUTE), (1, 60 * MINUTE))


def test_what_follows_is_served_only_with_what_comes_first() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE))
        builder.forbid("SKILL", [0], [0])

    value, routes = solved(on_a_line([5, 6], 1, say))
    assert (value, routes.unserved) == ((2, 200), (0, 1))


@pytest.mark.parametrize(("who", "shifts"), [(SAME, 1), (ANOTHER, 2)])
def test_the_same_or_another_person(who: int, shifts: int) -> None:
    # Alone, one would do both for 12 cents, and two shifts cost 10 + 12.
    _, routes = solved(on_a_line([5, 6], 2, lambda builder: builder.ties.link(Link(0, 1, who=who))))
    assert sum(bool(stops) for stops in routes.stops) == shifts


def test_two_jobs_are_never_under_way_together() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, APART, who=ANOTHER))

    _, routes = solved(on_a_line([5, 5], 2, say))
    starts = sorted(start for _, start in routes.agreed)
    assert starts == [5 * MINUTE, 15 * MINUTE]  # each takes ten minutes


def test_the_longest_lateness_is_paid_once() -> None:
    # One shift, both jobs due at minute 5: at 5 and, a minute's drive later, at 16; 3600 cents an hour.
    def say(builder: ProblemBuilder) -> None:
        for job in (0, 1):
            builder.price_lateness(job, 5 * MINUTE, 0, 3600, False)
        builder.ties.price_worst_lateness(7200)

    found = Order().solve(on_a_line([5, 6], 1, say), stop=Iterations(200))
    # 12 for the drives, 660 for 11 minutes of lateness, twice that for the longest.
    assert (found.weight, found.cents) == (0, 12 + 660 + 1320)


def test_a_plan_survives_the_way_into_the_state_and_back() -> None:
    problem = random_ties(7, tame(larger_mix(7)))
    tables = make_tables(problem)
    _, routes = solved(problem, 300)
    search = Search(problem, tables, 1)
    search.load(*order_of(problem, tables, routes))
    again = routes_of(problem, tables, *search.best_plan())
    assert again.stops == routes.stops
    before, after = worth(problem, routes), worth(problem, again)
    assert before is not None
    assert after is not None
    assert after <= before


def test_one_start_and_a_long_rest_of_the_run() -> None:
    problem = on_a_line([5, 6, 7], 2)
    found = Order(OrderParams(starts=1, starts_share=0.2)).solve(problem, stop=Iterations(500))
    assert (found.weight, found.cents) == (0, 14)
