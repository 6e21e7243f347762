"""Routes that are tied together: crews, tools, chains and long jobs, put in and taken out as a whole."""

from collections.abc import Callable

import numpy as np

from optimizer.build import Bars, Link, Nights, ProblemBuilder, Trip, add_trips
from optimizer.control import Iterations
from optimizer.engines.greedy import Greedy
from optimizer.engines.lns.anneal import go_back, settle
from optimizer.engines.lns.engine import Lns
from optimizer.engines.lns.insertion import exact_delta
from optimizer.engines.lns.ruin import ruin
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.single import NO_PLACE, insert_tied
from optimizer.engines.lns.state import ABSENT, CENTS, NEVER
from optimizer.engines.lns.strings import take_jobs
from optimizer.engines.lns.switch import switch
from optimizer.engines.lns.tables import make_tables
from optimizer.engines.lns.whole import has_forerunners, insert_whole, list_chain
from optimizer.problem import A_TOOL, ANOTHER, APART, BEFORE, SAME, UNLIMITED, Problem, Routes
from tests.oracle.tied import value_of_tied
from tests.oracle.tiny import HOUR, MINUTE, on_a_line
from tests.oracle.tiny_trips import DAY_S

Say = Callable[[ProblemBuilder], None]


def search(problem: Problem, seed: int = 1) -> Search:
    return Search(problem, make_tables(problem), seed)


def filled(problem: Problem) -> Routes:
    """Return what filling alone gives, after everything that must hold of it was asserted."""
    found = Greedy().solve(problem, stop=Iterations(1))
    assert value_of_tied(problem, found.routes) == (found.weight, found.cents)
    return found.routes


def pair(builder: ProblemBuilder) -> None:
    """Rows 0 and 1 are one job for two people."""
    builder.ties.crew(0, [1])


def chained(least_s: int = 0, most_s: int = UNLIMITED) -> Say:
    """Row 1 comes after row 0."""
    return lambda builder: builder.ties.link(Link(0, 1, BEFORE, least_s=least_s, most_s=most_s))


def test_a_crew_starts_when_the_last_one_has_come() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.bound(1, HOUR, 8 * HOUR, 8 * HOUR)

    # Five minutes away; the second shift begins after an hour.
    assert filled(on_a_line([5, 5], 2, say)) == Routes(((0,), (1,)), (), ((0, HOUR + 5 * MINUTE),))


def test_a_crew_that_one_person_short_is_left_out_whole() -> None:
    assert filled(on_a_line([5, 5], 1, pair)) == Routes(((),), (0,))


def test_the_same_person_cannot_fill_two_seats() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.forbid("SKILL", [0, 1], [1])

    assert filled(on_a_line([5, 5], 2, say)).unserved == (0,)


def test_people_of_different_standing_crews_do_not_go_together() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.ties.stand_together([0], 7)
        builder.ties.stand_together([2], 7)

    # Shift 1 stands alone and would be as near.
    assert filled(on_a_line([5, 5], 3, say)).stops == ((0,), (), (1,))


def test_what_a_crew_needs_together_somebody_brings() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.ties.cover(0, [3])

    stops = filled(on_a_line([5, 5], 4, say)).stops
    assert stops[3] != ()


def test_a_tool_is_at_one_job_at_a_time() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [2])
        builder.ties.crew(1, [3])
        builder.ties.stand_together([2], A_TOOL)
        builder.forbid("TOOL", [0, 1], [2])
        builder.forbid("TOOL", [2, 3], [0, 1])

    routes = filled(on_a_line([5, 6, 5, 6], 3, say))
    (_, one), (_, other) = routes.agreed
    assert abs(one - other) == 11 * MINUTE  # ten of service, one on the way


def test_a_follower_waits_for_the_gap() -> None:
    assert filled(on_a_line([5, 6], 2, chained(least_s=HOUR))).agreed == (
        (0, 5 * MINUTE),
        (1, 75 * MINUTE),  # ten minutes of service and the hour
    )


def test_the_first_is_held_back_for_a_follower_that_cannot_come_sooner() -> None:
    def say(builder: ProblemBuilder) -> None:
        chained(most_s=15 * MINUTE)(builder)
        builder.narrow(1, [(3 * HOUR, 4 * HOUR)])

    # It ends a quarter of an hour before three.
    assert filled(on_a_line([5, 6], 2, say)).agreed == ((0, 3 * HOUR - 25 * MINUTE), (1, 3 * HOUR))


def test_a_follower_too_late_for_the_gap_stays_out() -> None:
    def say(builder: ProblemBuilder) -> None:
        chained(most_s=15 * MINUTE)(builder)
        builder.narrow(0, [(0, HOUR)])
        builder.narrow(1, [(3 * HOUR, 4 * HOUR)])

    assert filled(on_a_line([5, 6], 2, say)).unserved == (1,)


def test_nothing_follows_what_is_left_out() -> None:
    def say(builder: ProblemBuilder) -> None:
        chained()(builder)
        builder.forbid("SKILL", [0], [0, 1])

    assert filled(on_a_line([5, 6], 2, say)).unserved == (0, 1)


def test_a_first_job_worth_nothing_goes_in_for_the_sake_of_its_follower() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.levels = 0
        chained()(builder)
        builder.price_unserved(0, 0, -100)  # then it is worth nothing
        builder.price_unserved(1, 0, 500)

    # Twenty-four cents of driving together, for 600 that would be lost.
    assert filled(on_a_line([10, 12], 1, say)).stops == ((0, 1),)


def test_two_kept_apart_do_not_overlap() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, APART))
        builder.limit([0], jobs=1)
        builder.limit([1], jobs=1)

    assert filled(on_a_line([5, 5], 2, say)).agreed == ((0, 5 * MINUTE), (1, 15 * MINUTE))


def test_same_and_another_person() -> None:
    for who, shared in ((SAME, 1), (ANOTHER, 2)):

        def say(builder: ProblemBuilder, who: int = who) -> None:
            builder.ties.link(Link(0, 1, who=who))

        assert sum(map(bool, filled(on_a_line([5, 6], 2, say)).stops)) == shared


def test_a_long_job_goes_on_the_next_day_or_not_at_all() -> None:
    def say(builder: ProblemBuilder, days: int = 2) -> None:
        builder.ties.parts([0, 1])
        builder.ties.link(Link(0, 1, BEFORE, next_day=True))
        builder.ties.link(Link(0, 1, who=SAME))
        builder.ties.same_person([0, 1])
        builder.ties.next_day(0, 24 * HOUR)
        builder.bound(1, 24 * HOUR, 32 * HOUR, 32 * HOUR)
        if days == 1:
            builder.forbid("LEAVE", [1], [1])

    both = filled(on_a_line([5, 5], 2, say))
    assert (both.stops, both.agreed) == (((0,), (1,)), ((0, 5 * MINUTE), (1, 24 * HOUR + 5 * MINUTE)))
    assert filled(on_a_line([5, 5], 2, lambda builder: say(builder, 1))).unserved == (0,)


def test_the_first_part_makes_room_for_the_second() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.parts([0, 1])
        builder.ties.link(Link(0, 1, BEFORE, next_day=True))
        for shift in range(3):
            builder.bound(shift, 24 * HOUR * shift, 24 * HOUR * shift + HOUR, 24 * HOUR * shift + HOUR)
            builder.ties.next_day(shift, 24 * HOUR * (shift + 1))
        builder.price_use(0, 50)
        builder.price_use(1, 50)

    # The last day is the cheapest, but then there is no day left for the second part.
    routes = filled(on_a_line([5, 5], 3, say))
    assert routes.unserved == ()
    assert routes.stops[2] == (1,)


def test_who_comes_before_a_crew_may_push_it() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.price_lateness(2, 0, 0, 1, False)  # prices depend on time
        builder.narrow(2, [(0, 10 * MINUTE)])

    # The crew job first: at five minutes. Job 2, near by but soon closed, then goes in before it.
    found = search(on_a_line([5, 5, 4], 2, say))
    found.load(Routes(((0,), (1,)), (2,), ((0, 5 * MINUTE),)))
    exact_delta(*found.kernel, 2, 0)
    assert found.state.slot[2, 0] == 0
    assert insert_tied(*found.kernel, 2, 0, NEVER)
    # four minutes, ten of service, one more on the way
    assert found.state.agreed.tolist() == [15 * MINUTE, 15 * MINUTE, -1]
    assert found.state.ties.start.tolist() == [15 * MINUTE]


def test_what_the_mate_cannot_wait_for_does_not_go_in() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.narrow(2, [(0, 10 * MINUTE)])
        builder.bound(1, 0, 20 * MINUTE, 20 * MINUTE)  # the mate is home again at twenty past

    found = search(on_a_line([5, 5, 4], 2, say))
    found.load(Routes(((0,), (1,)), (2,), ((0, 5 * MINUTE),)))
    assert exact_delta(*found.kernel, 2, 0) == NEVER


def test_an_insertion_that_costs_more_elsewhere_is_taken_back_and_remembered() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.levels = 0
        pair(builder)
        builder.price_overtime(1, 3600)
        builder.bound(1, 0, 20 * MINUTE, 8 * HOUR)
        builder.narrow(2, [(0, 10 * MINUTE)])

    found = search(on_a_line([5, 5, 4], 2, say))
    found.load(Routes(((0,), (1,)), (2,), ((0, 5 * MINUTE),)))
    versions, cents = found.state.now.version.copy(), int(found.state.total[CENTS])
    exact_delta(*found.kernel, 2, 0)
    assert found.state.delta[2, 0] == 0  # it lies on the way
    # It makes the mate ten minutes late: 600 cents.
    assert not insert_tied(*found.kernel, 2, 0, 600)
    assert (found.state.delta[2, 0], found.state.slot[2, 0]) == (NEVER, NO_PLACE)
    assert found.state.now.version.tolist() == versions.tolist()
    assert (found.state.total[CENTS], found.state.agreed.tolist()) == (cents, [300, 300, -1])
    assert found.state.now.jobs[0, : found.state.now.length[0]].tolist() == [0]


def test_a_ruin_never_leaves_half_a_crew_nor_a_follower_alone() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.ties.link(Link(0, 2, BEFORE))
        builder.ties.link(Link(2, 3, BEFORE))

    problem = on_a_line([5, 5, 6, 7, 8], 3, say)
    for seed in range(30):
        found = search(problem, seed)
        found.load(Routes(((0, 4), (1,), (2, 3)), ()))
        assert found.state.tally[ABSENT] == 0
        banked = ruin(*found.kernel)
        gone = set(found.state.bank[:banked].tolist())
        served = found.state.route_of >= 0
        assert served[0] == served[1]
        assert served[0] or not served[2]
        assert served[2] or not served[3]
        assert gone == {job for job in (0, 2, 3, 4) if not served[job]}
        go_back(*found.kernel)
        assert (found.state.route_of >= 0).all()
        assert found.routes().agreed == ((0, 300), (2, 900), (3, 1560))


def test_taking_out_with_company_empties_the_chain() -> None:
    problem = on_a_line([5, 6, 7], 2, chained())
    found = search(problem)
    found.load(Routes(((0, 1), (2,)), ()))
    found.state.bank[0] = 1
    assert take_jobs(*found.kernel, 0, 1, False) == 1
    go_back(*found.kernel)
    found.state.bank[0] = 1
    assert take_jobs(*found.kernel, 0, 1, True) == 2
    settle(found.kernel[2])
    assert (found.state.route_of < 0).tolist() == [True, True, False]


def test_a_chain_is_listed_in_its_order() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(3, 1, BEFORE))
        builder.ties.link(Link(1, 0, BEFORE))
        builder.ties.link(Link(3, 0, BEFORE))
        builder.ties.link(Link(2, 0, BEFORE))

    found = search(on_a_line([5, 6, 7, 8], 2, say))
    assert not has_forerunners(*found.kernel, 0)
    count = list_chain(*found.kernel, 0)
    listed = found.state.chain[:count].tolist()
    assert sorted(listed) == [0, 1, 2, 3]
    assert listed.index(3) < listed.index(1) < listed.index(0) == 3
    assert insert_whole(*found.kernel, count, NEVER, 0.0)
    assert has_forerunners(*found.kernel, 0)
    assert list_chain(*found.kernel, 0) == 1


def test_a_circle_of_forerunners_is_not_a_chain() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.link(Link(0, 1, BEFORE))
        builder.ties.link(Link(1, 0, BEFORE))

    problem = on_a_line([5, 6], 2, say)
    assert list_chain(*search(problem).kernel, 0) == -1
    assert filled(problem).unserved == (0, 1)


def test_loading_keeps_what_is_whole() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        builder.ties.link(Link(2, 3, BEFORE))

    problem = on_a_line([5, 5, 6, 7, 8], 2, say)
    found = search(problem)
    found.load(Routes(((0, 4), (3,)), ()))  # half a crew, and a follower without its forerunner
    assert found.routes() == Routes(((4,), ()), (0, 2, 3))
    found.load(Routes(((0, 2, 4), (1, 3)), (), ((0, 300), (2, 960), (3, 1560))))
    assert found.routes() == Routes(((0, 2, 4), (1, 3)), (), ((0, 300), (2, 960), (3, 1560)))


def test_loading_turns_round_those_that_wait_for_each_other() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [2])
        builder.ties.crew(1, [3])

    found = search(on_a_line([5, 6, 5, 6], 2, say))
    found.load(Routes(((0, 1), (3, 2)), ()))  # one route goes to job 0 first, the other to job 1
    assert found.routes() == Routes(((0, 1), (2, 3)), (), ((0, 5 * MINUTE), (1, 16 * MINUTE)))


def test_a_later_agreement_is_kept_only_where_it_gains() -> None:
    found = search(on_a_line([5, 5], 2, pair))
    found.load(Routes(((0,), (1,)), (), ((0, HOUR),)))
    assert found.routes().agreed == ((0, 5 * MINUTE),)


def test_another_search_goes_on_from_the_best_plan_with_its_agreements() -> None:
    def say(builder: ProblemBuilder) -> None:
        chained(most_s=15 * MINUTE)(builder)
        builder.narrow(1, [(3 * HOUR, 4 * HOUR)])

    problem = on_a_line([5, 6], 2, say)
    one, other = search(problem, 1), search(problem, 2)
    one.fill()
    other.go_on_from(one)
    assert other.routes() == one.routes()
    assert other.state.total.tolist() == one.state.total.tolist()
    assert other.state.ties.hold.tolist() == one.state.ties.hold.tolist()


def test_runs_are_repeatable_with_threads() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.ties.crew(0, [6, 7])
        builder.ties.crew(1, [8])
        builder.ties.link(Link(2, 0, BEFORE))
        builder.ties.link(Link(3, 4, APART))

    problem = on_a_line([5, 40, 7, 33, 60, 12, 5, 5, 40], 3, say, end_s=3 * HOUR)
    one, again = (Lns().solve(problem, stop=Iterations(400), seed=3, threads=2) for _ in range(2))
    assert one.routes == again.routes
    assert value_of_tied(problem, one.routes) == (one.weight, one.cents)


def test_prices_of_leaving_out_stand_on_the_first_visit() -> None:
    found = search(on_a_line([5, 5, 6], 2, pair))
    assert found.state.absent[: found.state.tally[ABSENT]].tolist() == [0, 2]
    assert found.state.absent_at.tolist() == [0, -1, 1]
    assert found.tables.teams.cents.tolist() == [200, 0, 100]
    assert found.tables.teams.weight.tolist() == [2, 0, 1]
    assert np.array_equal(found.tables.teams.team_of, [0, 0, -1])


def test_a_crew_is_sent_on_a_trip_together() -> None:
    def say(builder: ProblemBuilder) -> None:
        pair(builder)
        for shift in range(4):
            day = shift % 2
            builder.bound(shift, day * DAY_S, day * DAY_S + 8 * HOUR, day * DAY_S + 8 * HOUR)
        builder.ties.same_person([0, 1])
        builder.ties.same_person([2, 3])

    plain = on_a_line([5, 5], 4, say, end_s=2 * DAY_S)
    problem = add_trips(plain, [Trip((0, 1), 0), Trip((2, 3), 0)], Nights([0, 0, 0]), Bars(31))
    at_home, one_out, both_out = [1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 0, 1], [0, 0, 0, 0, 1, 1]
    for before in (at_home, one_out):
        lead, mate = (row for row, many in enumerate(before) if many)
        stops = tuple({lead: (0,), mate: (1,)}.get(row, ()) for row in range(6))
        found = search(problem)
        found.load(Routes(stops, (), ((0, 5 * MINUTE),)))
        seen = set()
        for _ in range(60):
            left = switch(*found.kernel, 1)  # a seed of the crew, not its lead
            assert left in (-1, 0)  # nothing has changed, or nobody else had to give way
            seen.add(tuple(found.state.now.length.tolist()))
            go_back(*found.kernel)
        assert tuple(both_out) in seen
