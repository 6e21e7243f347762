"""The model says what the schedule says: one rule at a time, on problems that can be solved by hand."""

import subprocess
import sys
from collections.abc import Callable
from math import dist
from random import Random

import numpy as np
import pytest

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.control import AnyOf, Cancel, Iterations, Progress, Seconds, Target
from optimizer.engines import solve
from optimizer.engines.base import Solution
from optimizer.engines.exact.reach import HOME, reach_of
from optimizer.engines.exact.worth import worth
from optimizer.errors import BrokenPlan, UnsupportedFeature
from optimizer.problem import Problem, Routes
from tests.oracle.answer import value_of
from tests.oracle.random_problems import Mix, random_problem
from tests.oracle.tiny import HOUR, MINUTE, on_a_line

ENOUGH = Iterations(60_000)


def hard() -> Problem:
    """Return a problem that takes the solver a while: 13 jobs in the plane for 3 shifts of 4 jobs."""
    rng = Random(1)
    spots = [(rng.random(), rng.random()) for _ in range(14)]
    minutes = np.array([[round(60 * dist(a, b)) for b in spots] for a in spots], np.int32)

    def say(builder: ProblemBuilder) -> None:
        builder.legs = (ProfileLegs(MINUTE * minutes, minutes),)
        for shift in range(3):
            builder.limit([shift], jobs=4)

    return on_a_line(range(1, 14), 3, say)


HARD = hard()


def proven(problem: Problem) -> Solution:
    """Return the best plan; assert that its proof and its value are sound."""
    found = solve(problem, engine="exact", stop=ENOUGH)
    assert (found.ended_by, found.lower_bound_cents) == ("finished", found.cents)
    assert (found.weight, found.cents) == value_of(problem, found.routes)
    return found


def test_the_best_plan_comes_with_its_proof() -> None:
    # Five minutes out and back for one, six for the other; both on one way: 12 cents.
    found = proven(on_a_line([5, 6], 2))
    assert (found.weight, found.cents, found.routes.unserved) == (0, 12, ())


def test_weight_comes_before_money() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.price_unserved(0, 0, 5_000)
        builder.price_unserved(1, 1, 0)
        builder.limit([0], jobs=1)

    # Job 1 has weight 2, job 0 is worth 5,100 cents: the weight counts. 6 minutes there and back.
    found = proven(on_a_line([5, 6], 1, say))
    assert (found.weight, found.cents, found.routes.stops) == (1, 12 + 5_100, ((1,),))


def test_money_alone_leaves_out_what_is_not_worth_its_drive() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.levels = 0

    found = proven(on_a_line([49, 400], 1, say, end_s=24 * HOUR))
    assert (found.weight, found.cents, found.routes.unserved) == (0, 98 + 100, (1,))


@pytest.mark.parametrize(("closes", "served"), [(119, False), (120, True)])
def test_a_rest_is_not_taken_within_a_drive(closes: int, served: bool) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.rest(0, [(30 * MINUTE, [(30 * MINUTE, 30 * MINUTE)])])
        builder.narrow(0, [(0, closes * MINUTE)])

    # The rest is from 0:30 to 1:00, before leaving; the drive takes an hour.
    assert (proven(on_a_line([60], 1, say)).weight == 0) == served


def test_a_rest_of_no_length_is_not_taken_within_a_drive_either() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.rest(0, [(0, [(30 * MINUTE, 30 * MINUTE)])])
        builder.narrow(0, [(0, 89 * MINUTE)])

    assert proven(on_a_line([60], 1, say)).weight == 1


@pytest.mark.parametrize(("end", "served"), [(40, True), (39, False)])
def test_a_rest_at_the_end_place_ends_with_the_shift_but_is_no_overtime(end: int, served: bool) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.bound(0, 0, 20 * MINUTE, end * MINUTE)
        builder.price_overtime(0, 6_000)
        builder.rest(0, [(20 * MINUTE, [(15 * MINUTE, 60 * MINUTE)])])

    # There 5, service 10, back 5: at home at 0:20, no overtime; rested at 0:40.
    found = proven(on_a_line([5], 1, say))
    assert (found.weight == 0) == served
    assert found.cents == (10 if served else 100)


def test_rests_are_taken_in_order() -> None:
    def say(builder: ProblemBuilder) -> None:
        late, early = [(60 * MINUTE, 60 * MINUTE)], [(30 * MINUTE, 65 * MINUTE)]
        builder.rest(0, [(10 * MINUTE, late), (10 * MINUTE, early)])

    # The second one could only begin at 1:10.
    assert proven(on_a_line([5], 1, say)).weight == 1


def test_a_job_may_wait_for_its_second_window() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(0, 4 * MINUTE), (60 * MINUTE, 60 * MINUTE)])
        builder.price_lateness(0, 0, 7, 0, False)
        builder.price_lateness(0, 0, 0, 90, True)

    # Starts at 1:00: 7 cents; ends at 1:10: 90 × 70 / 60 = 105.
    assert proven(on_a_line([5], 1, say)).cents == 10 + 7 + 105


@pytest.mark.parametrize(("hour_cents", "owed"), [(2, 0), (3, 1)])
def test_lateness_is_rounded_half_up(hour_cents: int, owed: int) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.price_lateness(0, 0, 0, hour_cents, False)
        builder.narrow(0, [(10 * MINUTE, 10 * MINUTE)])

    # Ten minutes at 2 cents an hour are a third of a cent, at 3 cents half a cent.
    assert proven(on_a_line([5], 1, say)).cents == 10 + owed


def test_overtime_counts_until_the_end_place() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.bound(0, 0, 10 * MINUTE, HOUR)
        builder.price_overtime(0, 600)

    # Back at 0:20, ten minutes of overtime: 100 cents.
    assert proven(on_a_line([5], 1, say)).cents == 10 + 100


def test_set_up_is_needed_once_at_a_place() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder._sites = [0, 1, 1]
        builder.serve([0, 1], [0], 600, 300)
        builder.limit([0], work_s=(10 + 20 + 5) * MINUTE)

    # Driving 10, two services of 10, one set-up of 5.
    problem = on_a_line([5, 5], 1, say)
    assert proven(problem).weight == 0


@pytest.mark.parametrize(
    ("limit", "weight"),
    [
        ({"jobs": 1}, 1),
        ({"work_s": 32 * MINUTE}, 0),
        ({"work_s": 31 * MINUTE}, 1),
        ({"travel_s": 11 * MINUTE}, 1),
    ],
)
def test_limits_of_a_shift(limit: dict[str, int], weight: int) -> None:
    # Driving 12, services 20.
    assert proven(on_a_line([5, 6], 1, lambda builder: builder.limit([0], **limit))).weight == weight


@pytest.mark.parametrize(
    ("limit", "weight"), [({"jobs": 2}, 1), ({"work_s": 52 * MINUTE}, 0), ({"work_s": 1}, 3)]
)
def test_limits_of_a_group(limit: dict[str, int], weight: int) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([0, 1], **limit)
        builder.forbid("TERRITORY", [0, 1], [1])
        builder.forbid("TERRITORY", [2], [0])

    # Driving 12 and 10, services 30.
    assert proven(on_a_line([5, 6, 5], 2, say)).weight == weight


def test_what_is_picked_up_needs_the_room_of_what_was_delivered() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.capacity(0, [2])
        builder.load(0, [0], [1])
        builder.load(1, [2], [0])
        builder.narrow(1, [(2 * HOUR, 3 * HOUR)])
        builder.price_lateness(0, HOUR, 9, 0, False)

    # The car starts full; job 1, which waits until two, makes room for job 0, which is then late.
    found = proven(on_a_line([5, 6], 1, say))
    assert (found.cents, found.routes.stops) == (12 + 9, ((1, 0),))


def test_a_load_is_priced_by_what_the_plan_adds() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.levels = 0
        # Two jobs before the plan; from the third on 30 cents and 20 more for each beyond the second.
        builder.meters.price_load([0], [0, 1], 2, [(2, 30, 20)])
        builder.meters.price_load([0], None, 0, [(600, 0, 60)])
        builder.meters.price_assignment([0], [0], 5)
        builder.meters.charge(1_000)

    # Both jobs: 12 for the drive, 30 + 40 for the load, 10 of 20 minutes at 60 cents an hour, 5 and 1,000 anyway.
    assert proven(on_a_line([5, 6], 1, say)).cents == 12 + 70 + 10 + 5 + 1_000


def test_a_load_can_earn_something() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.levels = 0
        builder.meters.price_load([0, 1], [0, 1], 0, [(1, -70, 0)])
        builder.meters.price_load([0], None, 0, [(1_199, 0, -7_200)])

    # A bonus of 70 when both are served; one second above 1,199 by shift 0 earns 2.
    found = proven(on_a_line([5, 6], 2, say))
    assert (found.cents, found.routes.stops[1]) == (12 - 70 - 2, ())


@pytest.mark.parametrize(("stocks", "weight"), [((1, 0), 1), ((0, 1), 0)])
def test_a_vans_pieces_go_to_its_earlier_days(stocks: tuple[int, int], weight: int) -> None:
    def say(builder: ProblemBuilder) -> None:
        _one_piece_each(builder)
        for branch, pieces in enumerate(stocks):
            builder.supplies.restock([branch], branch)
            builder.supplies.stock(branch, {0: pieces})

    # The first day takes the van's piece though its branch has one; the second day needs its own branch's.
    assert proven(on_a_line([5, 6], 2, say)).weight == weight


@pytest.mark.parametrize("with_branch", [0, 1])
def test_a_vans_pieces_go_first_to_days_without_a_branch(with_branch: int) -> None:
    def say(builder: ProblemBuilder) -> None:
        _one_piece_each(builder)
        builder.supplies.restock([with_branch], 0)
        builder.supplies.stock(0, {0: 1})

    assert proven(on_a_line([5, 6], 2, say)).weight == 0


def _one_piece_each(builder: ProblemBuilder) -> None:
    """One van with one piece, two days; job 0 on the first, job 1 on the second, a piece each."""
    builder.forbid("PINNED", [0], [1])
    builder.forbid("PINNED", [1], [0])
    builder.supplies.carry([0, 1], {0: 1})
    for job in (0, 1):
        builder.supplies.consume(job, {0: 1})


def test_a_shift_reaches_what_it_can_serve_in_time() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(1, [(0, 5 * MINUTE), (50 * MINUTE, 90 * MINUTE)])
        builder.narrow(2, [(0, 6 * MINUTE)])
        builder.forbid("SKILL", [3], [0])

    reach = reach_of(on_a_line([5, 6, 7, 8], 1, say, end_s=HOUR), 0)
    # Job 0: from 0:05, and home at 1:00. Job 1: not before 0:06, so in its second window only, and the end of the
    # shift leaves 0:50 no room (10 + 6 > 10). Job 2: seven minutes away, closed after six.
    assert reach.spans == {0: [(5 * MINUTE, 45 * MINUTE)]}
    assert set(reach.legs) == {(HOME, 0), (0, HOME)}
    assert reach.legs[0, HOME].earliest == 20 * MINUTE


def test_the_worth_of_routes_is_what_the_oracle_finds() -> None:
    for seed in range(20):
        problem = random_problem(seed, Mix(congestion=0))
        routes = solve(problem, stop=Iterations(50)).routes
        assert worth(problem, routes) == value_of(problem, routes)


def test_routes_that_cannot_be_driven_are_worth_nothing() -> None:
    problem = on_a_line([5, 300])
    assert worth(problem, Routes(((1, 0),), ())) is None


def say_congestion(builder: ProblemBuilder) -> None:
    legs = random_problem(0, Mix(jobs=1, congestion=1.0))
    builder.legs = tuple(
        one._replace(band=legs.band[0][:2, :2] * 0, pace=legs.pace[0]) for one in builder.legs
    )


def test_the_solver_is_loaded_only_when_it_is_needed() -> None:
    asked = "import sys, optimizer.engines; print(any(name.startswith('ortools') for name in sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_congestion_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedFeature, match="'exact' does not handle: congestion; use lns"):
        solve(on_a_line([5], 1, say_congestion), engine="exact", stop=ENOUGH)


def test_a_large_question_is_refused() -> None:
    with pytest.raises(UnsupportedFeature, match="small questions: here 20,402 drives are possible"):
        solve(on_a_line([5] * 101, 2), engine="exact", stop=ENOUGH)


def test_the_first_answer_is_there_without_any_time() -> None:
    found = solve(HARD, engine="exact", stop=Seconds(0.0))
    assert (found.ended_by, found.lower_bound_cents, found.iterations) == ("time", None, 0)
    assert (found.weight, found.cents) == value_of(HARD, found.routes)


def test_an_early_end_leaves_an_honest_bound_or_none() -> None:
    best = solve(HARD, engine="exact", stop=ENOUGH)
    assert best.ended_by == "finished"
    bounds = []
    for iterations in (1, 100, 1_000):
        found = solve(HARD, engine="exact", stop=Iterations(iterations))
        assert (found.ended_by, found.iterations) == ("iterations", iterations)
        assert (found.weight, found.cents) >= (best.weight, best.cents)
        assert found.lower_bound_cents is None or found.lower_bound_cents <= best.cents
        bounds.append(found.lower_bound_cents)
    assert bounds[0] is None  # not even the weight was proven
    assert bounds[-1] is not None


def test_a_target_ends_the_run() -> None:
    found = solve(HARD, engine="exact", stop=Target(1, 10**9))
    assert (found.ended_by, found.lower_bound_cents) == ("target", None)


def test_a_target_beside_a_limit_of_iterations_is_repeatable() -> None:
    stop = AnyOf((Iterations(60), Target(1, 10**9)))
    runs = [solve(HARD, engine="exact", stop=stop, seed=4) for _ in range(2)]
    assert runs[0].routes == runs[1].routes
    assert runs[0].iterations == runs[1].iterations


def test_cancelling_keeps_the_best() -> None:
    cancel = Cancel()
    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 3:
            cancel.ask()

    found = solve(HARD, engine="exact", stop=Seconds(600), progress=watch, cancel=cancel)
    assert found.ended_by == "cancelled"
    assert (found.weight, found.cents) == (seen[-1].weight, seen[-1].cents)


@pytest.mark.parametrize("threads", [1, 2])
def test_with_a_limit_of_iterations_all_is_the_same_each_time(threads: int) -> None:
    runs = [solve(HARD, engine="exact", stop=Iterations(800), seed=5, threads=threads) for _ in range(2)]
    assert len({(run.routes, run.lower_bound_cents, run.iterations) for run in runs}) == 1


def test_more_threads_find_the_same_value() -> None:
    problem = random_problem(3, Mix(congestion=0))
    found = solve(problem, engine="exact", stop=Seconds(60), threads=2)
    one = proven(problem)
    assert (found.ended_by, found.weight, found.cents) == ("finished", one.weight, one.cents)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda value: None, "the schedule finds no times"),
        (lambda value: (value[0], value[1] + 1), "lns says"),
    ],
)
def test_a_value_the_schedule_does_not_confirm_is_withheld(
    wrong: Callable[[tuple[int, int]], object], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optimizer.engines.exact.engine.worth", lambda *asked: wrong(worth(*asked)))  # type: ignore[arg-type]
    with pytest.raises(BrokenPlan, match=message):
        solve(on_a_line([5, 6]), engine="exact", stop=ENOUGH)


def test_a_model_that_proves_something_else_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.engines.exact.model.add_overtime", lambda *_: 7)
    with pytest.raises(BrokenPlan, match="the model proves 19, the schedule finds 12"):
        solve(on_a_line([5, 6]), engine="exact", stop=ENOUGH)
