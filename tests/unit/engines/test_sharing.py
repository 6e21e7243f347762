"""What routes share decides where a job goes, and whether it goes anywhere."""

import numpy as np

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.control import Iterations
from optimizer.engines import solve
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.tables import make_tables
from optimizer.problem import Routes

LEGS = np.array([[0, 600], [600, 0]], np.int32)


def builder(jobs: int, shifts: int) -> ProblemBuilder:
    """Return a builder with all jobs ten minutes and 600 cents from the start of all shifts."""
    made = ProblemBuilder(
        job_places=[1] * jobs,
        shift_places=[(0, 0)] * shifts,
        shift_profiles=[0] * shifts,
        legs=(ProfileLegs(LEGS, LEGS),),
        horizon_s=86_400,
    )
    made.serve(range(jobs), range(shifts), 600, 0)
    for shift in range(shifts):
        made.bound(shift, 0, 20_000, 20_000)
    for job in range(jobs):
        made.price_unserved(job, 1, 10_000)
    return made


def test_the_cheaper_person_gets_the_job() -> None:
    made = builder(1, 2)
    made.meters.price_assignment([0], [0], 500)
    made.meters.charge(70)
    found = solve(made.build(), stop=Iterations(20))
    assert found.routes.stops == ((), (0,))
    assert found.cents == 1_200 + 70


def test_a_rising_price_shares_the_work_out() -> None:
    made = builder(4, 2)
    for shift in (0, 1):
        made.meters.price_load([shift], None, 0, [(1_200, 0, 36_000)])  # ten cents a second beyond two jobs
    found = solve(made.build(), stop=Iterations(200))
    assert sorted(len(stops) for stops in found.routes.stops) == [2, 2]  # one route for all would drive less
    assert found.cents == 2 * 1_200


def test_what_stands_on_the_meter_counts_but_is_not_paid_again() -> None:
    made = builder(2, 1)
    made.meters.price_load([0], [0, 1], 7, [(6, 100, 20)])
    found = solve(made.build(), stop=Iterations(20))
    assert found.cents == 1_200 + 2 * 20  # the 100 were owed at the seventh


def test_the_last_part_goes_to_the_dearer_job() -> None:
    made = builder(2, 2)
    made.price_unserved(1, 5, 0)
    for job in (0, 1):
        made.supplies.consume(job, {0: 1})
    made.supplies.carry([0], {})
    made.supplies.carry([1], {})
    made.supplies.stock(0, {0: 1})
    made.supplies.restock([0, 1], 0)
    found = solve(made.build(), stop=Iterations(100))
    assert found.routes.unserved == (0,)


def test_a_van_serves_the_days_away_from_the_branch_first() -> None:
    made = builder(2, 2)
    made.forbid("DAY", [0], [1])
    made.forbid("DAY", [1], [0])
    for job in (0, 1):
        made.supplies.consume(job, {0: 1})
    made.supplies.carry([0, 1], {0: 1})  # one piece: the second day needs it, the first day has the shelf
    made.supplies.stock(0, {0: 1})
    made.supplies.restock([0], 0)
    found = solve(made.build(), stop=Iterations(100))
    assert found.routes.unserved == ()


def test_a_loaded_plan_keeps_its_parts_and_its_capacity() -> None:
    made = builder(3, 1)
    made.supplies.consume(0, {0: 2})
    made.supplies.carry([0], {0: 1})
    problem = made.build()
    search = Search(problem, make_tables(problem), 0)
    search.load(Routes(((0, 1),), (2,)))
    assert search.routes().stops == ((),)
    search.load(Routes(((1, 2),), (0,)))
    assert search.routes().stops == ((1, 2),)
    heavy = builder(2, 1)
    for job in (0, 1):
        heavy.load(job, [1], [0])
    heavy.capacity(0, [1])
    problem = heavy.build()
    search = Search(problem, make_tables(problem), 0)
    search.load(Routes(((0, 1),), ()))
    assert search.routes().stops == ((),)
