"""Agreed starts are the least that the orders and the places of the rests allow."""

import pytest

from optimizer.build import Link, ProblemBuilder
from optimizer.engines.exact.agreement import Halt, Trip, agreed_times
from optimizer.engines.exact.reach import HOME, Leg, reach_of
from optimizer.errors import BrokenPlan
from optimizer.problem import APART, BEFORE, Problem
from tests.oracle.tiny import HOUR, MINUTE, on_a_line

LATE = 7 * HOUR
"""When the solver said that they start."""


def trip(problem: Problem, shift: int, stops: list[int], rests: tuple[int, ...] = ()) -> Trip:
    """Return a route that takes these rests on arriving at its first stop."""
    reach = reach_of(problem, shift)
    keys = zip([HOME, *stops], stops, strict=False)
    halts = tuple(Halt((), reach.legs[a, b], rests if a == HOME else (), b) for a, b in keys)
    return Trip(shift, int(problem.start_s[shift]), halts)


def minutes(problem: Problem, trips: list[Trip], begins: dict[int, int]) -> dict[int, float]:
    return {lead: at / MINUTE for lead, at in agreed_times(problem, trips, begins)}


def test_a_crew_waits_for_its_last_member_and_for_its_window() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [1])
        builder.narrow(0, [(0, 6 * MINUTE), (20 * MINUTE, HOUR)])

    # Five minutes for one, and seven for the other, who does job 2 on the way (6 + 10 + 1 = 17): then 0:20 is open.
    problem = on_a_line([5, 5, 6], 2, say)
    assert minutes(problem, [trip(problem, 0, [0]), trip(problem, 1, [1])], {0: LATE}) == {0: 5}
    assert minutes(problem, [trip(problem, 0, [0]), trip(problem, 1, [2, 1])], {0: LATE}) == {0: 20}


def test_a_delay_runs_through_all_crews() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [1])
        builder.ties.crew(2, [3])
        builder.bound(0, HOUR, 8 * HOUR, 8 * HOUR)

    # Job 0 from 1:05 to 1:15 by both; shift 1 drives on one minute to job 2, where shift 2 waits.
    problem = on_a_line([5, 5, 6, 6], 3, say)
    trips = [trip(problem, 0, [0]), trip(problem, 1, [1, 2]), trip(problem, 2, [3])]
    assert minutes(problem, trips, {0: LATE, 2: LATE}) == {0: 65, 2: 76}


@pytest.mark.parametrize(("rests", "start"), [((), 5), ((0,), 5 + 30)])
def test_a_rest_is_where_the_solver_put_it(rests: tuple[int, ...], start: int) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [1])
        builder.rest(0, [(30 * MINUTE, [(0, HOUR)])])

    problem = on_a_line([5, 5], 2, say)
    trips = [trip(problem, 0, [0], rests), trip(problem, 1, [1])]
    assert minutes(problem, trips, {0: LATE}) == {0: start}


def test_gaps_hold_on_both_sides() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE, least_s=5 * MINUTE, most_s=20 * MINUTE))
        builder.narrow(1, [(HOUR, 8 * HOUR)])

    # Job 1 at 1:00, so job 0 ends at 0:40 or later and starts at 0:30.
    problem = on_a_line([5, 5], 2, say)
    trips = [trip(problem, 0, [0]), trip(problem, 1, [1])]
    assert minutes(problem, trips, {0: LATE, 1: LATE}) == {0: 30, 1: 60}


def test_those_apart_keep_the_order_that_was_found() -> None:
    # Both could be there at 0:05; the later one waits for ten minutes.
    problem = on_a_line([5, 5], 2, lambda builder: builder.ties.link(Link(0, 1, APART)))
    trips = [trip(problem, 0, [0]), trip(problem, 1, [1])]
    assert minutes(problem, trips, {0: LATE, 1: LATE + HOUR}) == {0: 5, 1: 15}
    assert minutes(problem, trips, {0: LATE, 1: HOUR}) == {0: 15, 1: 5}


def test_ties_to_what_is_left_out_say_nothing() -> None:
    problem = on_a_line([5, 5], 1, lambda builder: builder.ties.link(Link(0, 1, BEFORE, least_s=HOUR)))
    assert minutes(problem, [trip(problem, 0, [0])], {0: LATE}) == {0: 5}


def test_starts_that_are_not_possible_are_refused() -> None:
    problem = on_a_line([5, 5], 2, lambda builder: builder.ties.crew(0, [1]))
    with pytest.raises(BrokenPlan, match="visit 0 cannot start at 299, but from 300 on"):
        agreed_times(problem, [trip(problem, 0, [0]), trip(problem, 1, [1])], {0: 299})


def test_a_leg_of_one_crew_is_none() -> None:
    problem = on_a_line([5, 5], 1, lambda builder: builder.ties.crew(0, [1]))
    legs = reach_of(problem, 0).legs
    assert set(legs) == {(HOME, 0), (0, HOME), (HOME, 1), (1, HOME)}
    assert legs[HOME, 0] == Leg(5 * MINUTE, 5, 10 * MINUTE, 5 * MINUTE)
