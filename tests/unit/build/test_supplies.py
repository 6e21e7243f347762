"""Parts of jobs, vans and branches stand in the arrays as they were said."""

from optimizer.build import Link, ProblemBuilder
from optimizer.problem import BEFORE, features
from tests.unit.build.test_builder import builder


def test_nothing_is_kept_where_no_job_takes_parts() -> None:
    made = builder()
    made.supplies.carry([0, 1], {0: 5})
    made.supplies.stock(0, {0: 9})
    problem = made.build()
    assert problem.need_ptr.tolist() == [0, 0, 0]
    assert problem.van_stock.size == problem.branch_stock.size == 0
    assert "parts" not in features(problem)


def test_needs_vans_and_shelves() -> None:
    made = builder(jobs=2, shifts=3)
    made.supplies.consume(1, {1: 2, 0: 1, 2: 0})
    made.supplies.carry([2, 0], {1: 4, 7: 3})  # nobody takes part 7
    made.supplies.stock(1, {0: 6})
    made.supplies.restock([1, 2], 1)
    problem = made.build()
    assert problem.need_ptr.tolist() == [0, 0, 2]
    assert problem.need_part.tolist() == [0, 1]
    assert problem.need_count.tolist() == [1, 2]
    assert problem.van.tolist() == [0, 1, 0]
    assert problem.van_ptr.tolist() == [0, 2, 3]
    assert problem.van_shift.tolist() == [0, 2, 1]
    assert problem.van_stock.tolist() == [[0, 4], [0, 0]]
    assert problem.branch.tolist() == [-1, 1, 1]
    assert problem.branch_stock.tolist() == [[0, 0], [6, 0]]
    assert "parts" in features(problem)


def test_halts_take_over_who_may_serve_their_job_and_belong_to_it() -> None:
    builder = ProblemBuilder(
        job_places=[1, 1, 0], shift_places=[(0, 0)] * 2, shift_profiles=[0, 0], legs=(), horizon_s=3600
    )
    builder.supplies.consume(0, {0: 2, 1: 1})
    builder.supplies.stock(1, {0: 2})
    builder.ties.belong(2, 0)
    builder.supplies.fetch(0, 2, 1, {0: 2})
    builder.forbid("SKILL", [0], [1])
    problem = builder.build()
    assert problem.fetch_ptr.tolist() == [0, 1, 1, 1]
    assert problem.fetch.tolist() == [2]
    assert problem.shelf.tolist() == [-1, -1, 1]
    assert problem.job_of.tolist() == [0, 1, 0]
    assert problem.need_count.tolist() == [2, 1, -2]  # a halt's needs are what it loads
    assert problem.forbidden.tolist() == [[0, 1], [0, 0], [0, 1]]
    assert "halts at branches" in features(problem)


def test_nothing_is_fetched_for_a_job_that_is_tied_to_others() -> None:
    builder = ProblemBuilder(
        job_places=[1, 1, 0], shift_places=[(0, 0)], shift_profiles=[0], legs=(), horizon_s=3600
    )
    builder.supplies.consume(0, {0: 1})
    builder.supplies.stock(0, {0: 1})
    builder.ties.belong(2, 0)
    builder.supplies.fetch(0, 2, 0, {0: 1})
    builder.ties.link(Link(0, 1, BEFORE))
    problem = builder.build()
    assert problem.fetch.tolist() == []
    assert "halts at branches" not in features(problem)
