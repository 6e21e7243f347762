"""The bench: whatever is tried, the routes are as before afterwards."""

import numpy as np
import pytest

from optimizer.compile import compile_scenario
from optimizer.domain.time import Window
from optimizer.domain.travel import Matrix, Travel
from optimizer.engines.lns.obstacle import AFTER, BARS, CENTS, LACK_S, TIME, Lack
from optimizer.engines.lns.state import NEVER
from optimizer.errors import BrokenPlan
from optimizer.explain.bench import Bench
from optimizer.explain.patches import starting_in
from optimizer.problem import FAR, Routes
from tests.unit.explain.left import PLAIN
from tests.unit.rules.build import at, job, north, scenario, technician

PAIR = np.array([[0, 0]], np.int32)
TWO = compile_scenario(scenario(jobs=[job(), job(job_id="J2")], rules=PLAIN))


def bench(stops: tuple[int, ...], left: tuple[int, ...]) -> Bench:
    return Bench(TWO.problem, Routes((stops,), left))


def test_a_place_that_fits_is_priced() -> None:
    (found,) = bench((1,), (0,)).examine(PAIR)
    # Beside J2: no way at all.
    assert (found[TIME], found[BARS], found[CENTS], found[AFTER]) == (-1, 0, 0, 0)


def test_only_some_places_are_looked_at() -> None:
    (found,) = bench((1,), (0,)).examine(np.array([[0, 0, 1, 1]], np.int32))
    assert found[AFTER] == 1


def test_taking_a_job_out_for_a_while() -> None:
    on = bench((0, 1), ())
    with on.without((0,)) as gap:
        # J2 stays: no way is saved, 500 yuan are owed for J1.
        assert (gap.cents, gap.unsound) == (50_000, frozenset())
        (found,) = on.examine(PAIR)
        assert found[CENTS] == 0
    with on.without((0, 1)) as gap:
        assert gap.cents == 100_000 - 1_960
    with on.without(()) as gap:
        assert gap.cents == 0


def test_other_times_for_a_while() -> None:
    on = bench((1,), (0,))
    with on.starting({0: [(0, TWO.timeline.seconds(at("09:05")))]}):
        (found,) = on.examine(PAIR)
        assert (found[TIME], found[LACK_S], found[CENTS]) == (Lack.OWN_WINDOW, 300, NEVER)
    (found,) = on.examine(PAIR)
    assert found[TIME] == -1


def test_a_variant_of_the_problem_for_a_while() -> None:
    on = bench((1,), (0,))
    late = starting_in(TWO.problem, 0, [(TWO.timeline.seconds(at("18:30")), FAR // 2)])
    with on.under(late):
        (found,) = on.examine(PAIR)
        assert found[AFTER] == 1  # J2 after it would end at 20:30, behind the overtime
    (found,) = on.examine(PAIR)
    assert found[AFTER] == 0


def test_a_route_that_needs_the_job_it_loses() -> None:
    # By way of J1 the drive to J2 is short; straight it takes two hours, and J2 would close.
    strict = job(job_id="J2", place=north(9), windows=(Window(start=at("09:00"), end=at("10:30")),))
    of = scenario(jobs=[job(), strict], rules=PLAIN)
    names = ("branch:B1", "job:J1", "job:J2")
    seconds = ((0, 600, 7_200), (600, 0, 600), (600, 600, 0))
    matrix = Matrix(
        places=names, seconds=seconds, metres=tuple(tuple(10 * s for s in row) for row in seconds)
    )
    compiled = compile_scenario(of.model_copy(update={"travel": Travel(matrices={"car": matrix})}))
    on = Bench(compiled.problem, Routes(((0, 1),), ()))
    with on.without((0,)) as gap:
        assert gap.unsound == {0}
        (found,) = on.examine(PAIR)
        assert (found[TIME], found[AFTER]) == (-1, 0)  # only in its old place
    with on.without((1,)) as gap:
        assert gap.unsound == frozenset()


def test_routes_that_do_not_hold_are_refused() -> None:
    who = technician(skills={})
    compiled = compile_scenario(scenario([who]))
    with pytest.raises(BrokenPlan):
        Bench(compiled.problem, Routes(((0,),), ()))
