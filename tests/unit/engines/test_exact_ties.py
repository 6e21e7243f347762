"""Tied routes in the model: one kind of tie at a time, on problems that can be solved by hand.

Places are minutes from the depot on a line, a minute costs a cent, services take ten minutes; every visit left out
costs one unit of weight and 100 cents.
"""

from collections.abc import Callable

import pytest

from optimizer.build import Link, ProblemBuilder
from optimizer.control import Iterations
from optimizer.engines.base import Solution
from optimizer.engines.exact import Exact
from optimizer.problem import A_TOOL, ANOTHER, APART, BEFORE, SAME
from tests.oracle.brute_force_ties import optimum_of_ties
from tests.oracle.tied import value_of_tied
from tests.oracle.tiny import HOUR, MINUTE, on_a_line

Say = Callable[[ProblemBuilder], None]


def best_of(jobs: list[int], shifts: int, *said: Say) -> Solution:
    """Return the proven best plan, which keeps all ties; it is worth what is said, and what brute force finds."""

    def say(builder: ProblemBuilder) -> None:
        for one in said:
            one(builder)

    problem = on_a_line(jobs, shifts, say)
    found = Exact().solve(problem, stop=Iterations(60_000))
    assert (found.ended_by, found.lower_bound_cents) == ("finished", found.cents)
    assert (
        (found.weight, found.cents) == value_of_tied(problem, found.routes) == optimum_of_ties(problem).value
    )
    return found


def crew(lead: int, *mates: int) -> Say:
    return lambda builder: builder.ties.crew(lead, mates)


def link(link: Link) -> Say:
    return lambda builder: builder.ties.link(link)


def hours(shift: int, start: int, end: int) -> Say:
    return lambda builder: builder.bound(shift, start, end, end)


def only(row: int, shift: int, shifts: int) -> Say:
    """Only one shift may make a visit."""
    return lambda builder: builder.forbid("PINNED", [row], [one for one in range(shifts) if one != shift])


def test_a_crew_starts_when_its_last_member_is_there() -> None:
    # Row 1 goes with row 0. The second shift begins at 1:00 and drives for five minutes; both drive ten in all.
    found = best_of([5, 5], 2, crew(0, 1), hours(1, HOUR, 2 * HOUR))
    assert (found.cents, found.routes.agreed) == (20, ((0, 65 * MINUTE),))


def test_what_comes_after_a_crew_waits_with_it() -> None:
    def late(builder: ProblemBuilder) -> None:
        builder.price_lateness(2, HOUR, 7, 0, False)
        builder.narrow(2, [(20 * MINUTE, 3 * HOUR)])

    # Only the first shift can do job 2, which is late after the crew and blocks the way before it: 0:20 to 0:30.
    said = crew(0, 1), hours(1, HOUR, 2 * HOUR), only(2, 0, 2), late
    found = best_of([5, 5, 6], 2, *said)
    assert (found.cents, found.routes.stops[0][0]) == (12 + 10, 2)
    # With the crew fixed at 0:25 job 2 is done after it, at 0:36 or later: not late.
    fixed = best_of([5, 5, 6], 2, *said[:1], *said[2:], lambda b: b.narrow(0, [(25 * MINUTE, 25 * MINUTE)]))
    assert (fixed.cents, fixed.routes.agreed) == (12 + 10, ((0, 25 * MINUTE),))


def test_a_crew_is_served_whole_or_not_at_all() -> None:
    found = best_of([5, 5], 1, crew(0, 1))
    assert (found.weight, found.routes.unserved, found.routes.agreed) == (2, (0,), ())


@pytest.mark.parametrize(("numbers", "weight"), [((0, -1), 2), ((0, 1), 2), ((0, 0), 0), ((0, A_TOOL), 0)])
def test_a_standing_crew_goes_with_nobody_else(numbers: tuple[int, int], weight: int) -> None:
    def stand(builder: ProblemBuilder) -> None:
        for shift, number in enumerate(numbers):
            builder.ties.stand_together([shift], number)

    assert best_of([5, 5], 2, crew(0, 1), stand).weight == weight


def test_a_tool_does_not_hide_that_people_stand_apart() -> None:
    def stand(builder: ProblemBuilder) -> None:
        builder.ties.stand_together([0], 0)
        builder.ties.stand_together([2], A_TOOL)
        builder.forbid("SHARED_TOOL", [0, 1], [2])
        builder.forbid("SHARED_TOOL", [2], [0, 1])

    assert best_of([5, 5, 5], 3, crew(0, 1, 2), stand).weight == 3


def test_somebody_brings_what_the_crew_needs() -> None:
    def need(builder: ProblemBuilder) -> None:
        builder.ties.cover(0, [2])
        builder.ties.cover(0, [1, 2])
        builder.price_use(2, 50)

    # Of three shifts, the dear one must come: 10 + 10 for the drives and 50.
    assert best_of([5, 5], 3, crew(0, 1), need).cents == 20 + 50
    assert best_of([5, 5], 3, crew(0, 1), need, lambda b: b.forbid("SKILL", [0, 1], [2])).weight == 2


@pytest.mark.parametrize(("on_end", "start"), [(True, 5 + 10 + 30), (False, 5 + 30)])
def test_the_least_gap_counts_from_end_or_start(on_end: bool, start: int) -> None:
    # Each shift drives its own way; job 0 is from 0:05 to 0:15.
    follow = link(Link(0, 1, BEFORE, least_s=30 * MINUTE, on_end=on_end))
    found = best_of([5, 5], 2, follow, only(0, 0, 2), only(1, 1, 2))
    assert found.routes.agreed == ((0, 5 * MINUTE), (1, start * MINUTE))


@pytest.mark.parametrize(("on_end", "start"), [(True, 60 - 10 - 20), (False, 60 - 20)])
def test_the_most_gap_puts_the_first_one_off(on_end: bool, start: int) -> None:
    # Job 1 cannot start before 1:00, so job 0 waits.
    follow = link(Link(0, 1, BEFORE, most_s=20 * MINUTE, on_end=on_end))
    found = best_of([5, 5], 1, follow, lambda builder: builder.narrow(1, [(HOUR, 2 * HOUR)]))
    assert found.routes.agreed == ((0, start * MINUTE), (1, HOUR))


def test_nothing_follows_what_is_left_out() -> None:
    found = best_of([5, 400], 1, link(Link(1, 0, BEFORE)))  # job 1 is out of reach
    assert (found.weight, found.routes.unserved) == (2, (0, 1))
    alone = best_of([5, 400], 1, link(Link(0, 1, BEFORE)))
    assert (alone.weight, alone.routes.agreed) == (1, ((0, 5 * MINUTE),))


def test_the_next_day_begins_when_it_begins() -> None:
    def tomorrow(builder: ProblemBuilder) -> None:
        builder.ties.next_day(0, 2 * HOUR)
        builder.ties.next_day(1, 3 * HOUR)

    # It depends on the shift of the first job; the second one is 1 minute's walk further on.
    link_days = link(Link(0, 1, BEFORE, next_day=True))
    assert best_of([5, 6], 2, link_days, tomorrow, only(0, 0, 2)).routes.agreed[1] == (1, 2 * HOUR)
    assert best_of([5, 6], 2, link_days, tomorrow, only(0, 1, 2)).routes.agreed[1] == (1, 3 * HOUR)


def test_the_later_of_two_next_days_counts() -> None:
    def tomorrow(builder: ProblemBuilder) -> None:
        for shift, begins_s in enumerate((3 * HOUR, 2 * HOUR, 8 * HOUR)):
            builder.ties.next_day(shift, begins_s)

    # Job 2 follows one job that is done with a next day at three o'clock, and one with a next day at two.
    days = [link(Link(first, 2, BEFORE, next_day=True)) for first in (0, 1)]
    pinned = [only(row, row, 3) for row in range(3)]
    assert best_of([5, 5, 5], 3, *days, tomorrow, *pinned).routes.agreed[2] == (2, 3 * HOUR)


def test_visits_are_kept_apart_in_either_order() -> None:
    def first(row: int) -> Say:
        return lambda builder: builder.price_lateness(row, 5 * MINUTE, 9, 0, False)

    apart = link(Link(0, 1, APART)), only(0, 0, 2), only(1, 1, 2)
    # Whoever would be late goes first: from 0:05 to 0:15, then the other.
    assert best_of([5, 5], 2, *apart, first(0)).routes.agreed == ((0, 5 * MINUTE), (1, 15 * MINUTE))
    assert best_of([5, 5], 2, *apart, first(1)).routes.agreed == ((0, 15 * MINUTE), (1, 5 * MINUTE))


@pytest.mark.parametrize(("who", "routes"), [(SAME, 1), (ANOTHER, 2)])
def test_the_same_or_another_person(who: int, routes: int) -> None:
    # Both jobs at one place: one route is cheaper; with SAME two pinned to different people are not both served.
    found = best_of([5, 5], 2, link(Link(0, 1, who=who)))
    assert (found.cents, sum(map(bool, found.routes.stops))) == (10 * routes, routes)
    pinned = best_of([5, 5], 2, link(Link(0, 1, who=who)), only(0, 0, 2), only(1, 1, 2))
    assert pinned.weight == (1 if who == SAME else 0)
    person = best_of(
        [5, 5], 2, link(Link(0, 1, who=who)), lambda b: b.ties.same_person([0, 1]), only(0, 0, 2)
    )
    assert person.weight == (0 if who == SAME else 1)


def test_all_parts_are_served_or_none() -> None:
    def two_days(builder: ProblemBuilder) -> None:
        builder.ties.parts([0, 1])
        builder.ties.link(Link(0, 1, BEFORE, next_day=True))
        builder.ties.next_day(0, 4 * HOUR)

    found = best_of([5, 5], 2, two_days, hours(0, 0, HOUR), hours(1, 4 * HOUR, 5 * HOUR))
    assert found.routes.agreed == ((0, 5 * MINUTE), (1, 4 * HOUR + 5 * MINUTE))
    # Too short a second day: the first part is not done either.
    short = best_of([5, 5], 2, two_days, hours(0, 0, HOUR), hours(1, 4 * HOUR, 4 * HOUR + 19 * MINUTE))
    assert (short.weight, short.routes.unserved) == (2, (0,))


def test_rests_are_over_before_the_crew_starts() -> None:
    def rest(builder: ProblemBuilder) -> None:
        builder.rest(1, [(30 * MINUTE, [(0, 10 * MINUTE)])])

    # The second one rests until 0:30 at home, then drives; or rests on arrival, from 0:05 to 0:35.
    assert best_of([5, 5], 2, crew(0, 1), rest).routes.agreed == ((0, 35 * MINUTE),)


def test_a_crew_agrees_on_no_time_later_than_it_must() -> None:
    # Nothing is late and nobody is paid for waiting: still the crew begins at once.
    found = best_of([5, 5, 7, 7], 2, crew(0, 1), crew(2, 3))
    assert found.routes.agreed in (((0, 300), (2, 300 + 600 + 120)), ((0, 7 * 60 + 600 + 120), (2, 420)))


def test_what_is_left_out_is_priced_visit_by_visit() -> None:
    # Both visits of the crew stand for 100 cents; one of job 2's weight is more than none.
    found = best_of([5, 5, 400], 1, crew(0, 1))
    assert (found.weight, found.cents, found.routes.unserved) == (3, 300, (0, 2))
