"""Agreeing on starts: hand-made orders in which it can be seen who waits for whom."""

from collections.abc import Callable

import pytest

from optimizer.build import Bars, Link, Nights, ProblemBuilder, Trip, add_trips
from optimizer.problem import APART, BEFORE, Problem, Routes
from optimizer.schedule.agree import Agreed, Circle, NoMoment, agree
from optimizer.schedule.agree.settled import settled
from optimizer.schedule.lanes import Timekeeper
from tests.oracle.tiny import HOUR, MINUTE, on_a_line
from tests.oracle.tiny_trips import DAY_S, minute, trip_on_a_line

Stops = list[tuple[int, ...]]


def starts(problem: Problem, stops: Stops) -> dict[int, float]:
    """Return when the tied visits start, in minutes; every route must keep them."""
    found = agree(problem, stops)
    assert isinstance(found, Agreed), found
    keeper = Timekeeper(problem, found.starts)
    assert all(keeper.time(shift, jobs) is not None for shift, jobs in enumerate(stops) if jobs)
    return {lead: seconds / MINUTE for lead, seconds in found.starts}


def crew_of_two(builder: ProblemBuilder) -> None:
    builder.ties.crew(0, [1])


def test_who_is_there_first_waits_for_the_other() -> None:
    # The mate does a job of 10 minutes at 5 first, and is at 8 by 18; the lead could be there at 8.
    problem = on_a_line([8, 8, 5], 2, crew_of_two)
    assert starts(problem, [(0,), (2, 1)]) == {0: 18}


def test_a_crew_starts_inside_the_leads_windows() -> None:
    def say(builder: ProblemBuilder) -> None:
        crew_of_two(builder)
        for row in (0, 1):
            builder.narrow(row, [(0, 10 * MINUTE), (HOUR, 2 * HOUR)])

    assert starts(on_a_line([8, 8], 2, say), [(0,), (1,)]) == {0: 8}
    assert starts(on_a_line([8, 8, 5], 2, say), [(0,), (2, 1)]) == {
        0: 60
    }  # there at 18, too late for the first


def test_waiting_is_handed_on_from_crew_to_crew() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [1])
        builder.ties.crew(2, [3])

    # 0 and 1 start at 18, when the second is there; they are at 10 (2 on) by 30, where the third has waited since 10.
    problem = on_a_line([8, 8, 10, 10, 5], 3, say)
    assert starts(problem, [(0, 2), (4, 1), (3,)]) == {0: 18, 2: 30}


def test_a_chain_counts_from_the_end_or_the_start_of_the_first() -> None:
    for on_end, expected in ((True, 5 + 10 + 20), (False, 5 + 20)):

        def say(builder: ProblemBuilder, on_end: bool = on_end) -> None:
            builder.ties.link(Link(0, 1, BEFORE, least_s=20 * MINUTE, on_end=on_end))

        assert starts(on_a_line([5, 8], 2, say), [(0,), (1,)]) == {0: 5, 1: expected}


def test_the_second_waits_for_the_next_day() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE, next_day=True))
        builder.ties.next_day(0, 6 * HOUR)

    assert starts(on_a_line([5, 8], 2, say), [(0,), (1,)]) == {0: 5, 1: 360}


def parts_on(*days: int, holiday: int = -1) -> Callable[[ProblemBuilder], None]:
    """Return what ties row 1 to the day after row 0; each starts on one of these days, of which one may be free."""

    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE, next_day=True))
        for day in range(3):
            builder.ties.next_day(day, DAY_S * (day + (2 if day + 1 == holiday else 1)))
        for row, day in enumerate(days):
            builder.narrow(row, [(minute(day, 0), minute(day, 480))])

    return say


@pytest.mark.parametrize(
    ("say", "expected"),
    [
        # The night is spent where both are, 5 minutes from home; the second begins when it is over.
        pytest.param(parts_on(), {0: 5, 1: DAY_S / MINUTE}, id="any-days"),
        pytest.param(parts_on(1), {0: DAY_S / MINUTE, 1: 2 * DAY_S / MINUTE}, id="from-the-second-day-on"),
        pytest.param(parts_on(0, 2), {0: 5, 1: 2 * DAY_S / MINUTE}, id="a-day-between"),
        # The second day is worked on and no working day: the second waits for the third.
        pytest.param(parts_on(holiday=1), {0: 5, 1: 2 * DAY_S / MINUTE}, id="holiday"),
    ],
)
def test_the_second_waits_for_the_next_day_of_the_same_trip(
    say: Callable[[ProblemBuilder], None], expected: dict[int, float]
) -> None:
    problem = trip_on_a_line([5, 5], 3, [0, 0, 0], say)
    assert starts(problem, [(), (), (), (0, 1)]) == expected


@pytest.mark.parametrize("days", [(2,), (1, 1), (0, 0)])
def test_no_day_of_the_trip_is_left_for_the_second(days: tuple[int, ...]) -> None:
    problem = trip_on_a_line([5, 5], 3, [0, 0, 0], parts_on(*days))
    assert isinstance(agree(problem, [(), (), (), (0, 1)]), NoMoment)


def test_somebody_else_goes_on_while_the_first_one_is_still_away() -> None:
    def say(builder: ProblemBuilder) -> None:
        parts_on()(builder)
        builder.narrow(2, [(minute(2, 0), minute(2, 480))])  # keeps the first person away until the third day
        builder.ties.same_person(range(3))
        for shift, day in enumerate((0, 1, 2, 1)):
            builder.bound(shift, minute(day, 0), minute(day, 480), minute(day, 480))

    plain = on_a_line([5, 5, 5], 4, say, end_s=3 * DAY_S)
    problem = add_trips(plain, [Trip((0, 1, 2), 0)], Nights([0] * 4), Bars(31))
    assert starts(problem, [(), (), (), (1,), (0, 2)]) == {0: 5, 1: DAY_S / MINUTE + 5}


def test_the_first_is_put_off_where_the_second_would_come_too_late() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE, most_s=30 * MINUTE))
        builder.narrow(1, [(3 * HOUR, 4 * HOUR)])

    # 180 − 30 − 10 of service
    assert starts(on_a_line([5, 8], 2, say), [(0,), (1,)]) == {0: 140, 1: 180}


def test_a_chain_that_is_served_in_part_binds_nobody() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE, least_s=HOUR))

    assert starts(on_a_line([5, 8], 2, say), [(), (1,)]) == {1: 8}


def test_a_crew_that_lacks_people_starts_without_them() -> None:
    assert starts(on_a_line([8, 8, 5], 2, crew_of_two), [(), (2, 1)]) == {0: 18}


def test_a_rest_is_taken_before_the_crew_where_it_cannot_be_taken_after() -> None:
    def say(builder: ProblemBuilder) -> None:
        crew_of_two(builder)
        builder.serve([0, 1], [0, 1], 2 * HOUR, 0)
        builder.rest(0, [(20 * MINUTE, [(0, HOUR)])])

    # After the service of two hours the rest's window is over: 20 minutes of rest, then 8 of driving.
    assert starts(on_a_line([8, 8], 2, say), [(0,), (1,)]) == {0: 28}


def test_a_rest_fits_into_the_time_of_waiting() -> None:
    def say(builder: ProblemBuilder) -> None:
        crew_of_two(builder)
        builder.rest(0, [(20 * MINUTE, [(0, HOUR)])])

    # The mate is there at 38 after 30 minutes at 8; the lead rests meanwhile.
    problem = on_a_line([8, 8, 8, 8, 8], 2, say)
    assert starts(problem, [(0,), (2, 3, 4, 1)]) == {0: 38}


@pytest.mark.parametrize(("close", "expected"), [(60, {0: 5, 2: 50}), (40, {0: 25, 2: 35})])
def test_a_rest_comes_earlier_where_what_follows_needs_it(close: int, expected: dict[int, float]) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [1])
        builder.ties.crew(2, [3])
        builder.serve([2, 3], [0, 1], HOUR, 0)
        builder.rest(0, [(20 * MINUTE, [(0, 0), (30 * MINUTE, 40 * MINUTE)])])
        for row in (2, 3):
            builder.narrow(row, [(0, close * MINUTE)])

    # The first crew from 5 to 15, the rest from 30 to 50, the second crew at 50: as early as the first can be.
    # Where that is too late for the second, the rest is from 0 to 20 and the first crew starts at 25.
    assert starts(on_a_line([5, 5, 5, 5], 2, say), [(0, 2), (1, 3)]) == expected


def test_of_two_that_keep_apart_the_cheaper_goes_first() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, APART))
        builder.price_lateness(1, 10 * MINUTE, 0, 3600, on_end=False)

    # Both could start at 5. The second costs money from 10 on, so the first waits until it is over.
    assert starts(on_a_line([5, 5], 2, say), [(0,), (1,)]) == {0: 15, 1: 5}


def test_those_that_do_not_overlap_are_left_alone() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, APART))

    assert starts(on_a_line([5, 15], 2, say), [(0,), (1,)]) == {0: 5, 1: 15}


def test_crews_in_opposite_order_wait_for_ever() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [1])
        builder.ties.crew(2, [3])

    found = agree(on_a_line([5, 5, 8, 8], 2, say), [(0, 2), (3, 1)])
    assert isinstance(found, Circle)
    assert sorted(found.leads) == [0, 2]
    assert found.links == ()


def test_an_order_against_a_chain_names_the_link() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE))

    assert agree(on_a_line([5, 8], 1, say), [(1, 0)]) == Circle((1, 0), (0,))


def test_the_crew_without_a_moment_is_named() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [1])
        builder.ties.crew(2, [3])
        builder.bound(2, 0, 30 * MINUTE, 30 * MINUTE)

    # The first crew is no trouble: it starts at 8. The second one starts at 20; its mate is home at 40, not at 30.
    found = agree(on_a_line([8, 8, 10, 10], 3, say), [(0, 2), (1,), (3,)])
    assert isinstance(found, NoMoment)
    assert found.lead == 2


def test_an_engines_late_starts_become_the_earliest() -> None:
    problem = on_a_line([8, 8], 2, crew_of_two)
    late = Routes(((0,), (1,)), (), ((0, HOUR),))
    assert settled(problem, late) == (late._replace(agreed=((0, 8 * MINUTE),)), 0)


def test_an_engines_starts_are_kept_where_they_are_cheaper() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, APART))
        for row in (0, 1):
            builder.price_lateness(row, 10 * MINUTE, 0, 3600, on_end=False)

    # Either may go first, for 300 cents; the routes know the other order than `agree` would choose.
    problem = on_a_line([5, 5], 2, say)
    either = Routes(((0,), (1,)), (), ((0, 15 * MINUTE), (1, 5 * MINUTE)))
    usual, saved = settled(problem, either)
    assert (usual.agreed, saved) == (((0, 5 * MINUTE), (1, 15 * MINUTE)), 0)
    # Both later than they must be: 20 and 10 minutes late instead of 5.
    later = either._replace(agreed=((0, 30 * MINUTE), (1, 20 * MINUTE)))
    assert settled(problem, later) == (usual, 2500 * 60 // 100)


def test_untied_routes_have_nothing_to_settle() -> None:
    routes = Routes(((0,),), ())
    assert settled(on_a_line([5]), routes) == (routes, 0)
