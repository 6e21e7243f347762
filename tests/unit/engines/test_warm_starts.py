"""Starting from routes that are not feasible as a whole: what is kept of them is."""

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.domain.ties import After
from optimizer.engines.greedy import Greedy
from optimizer.problem import Routes
from tests.oracle.tied import value_of_tied
from tests.unit.restock_day import FAN, question
from tests.unit.rules.build import job, north


def test_nobody_fits_what_was_loaded_for_a_job_that_is_left_out() -> None:
    jobs = (
        job(place=north(6), parts={FAN: 1}),
        job(job_id="J2", place=north(10), parts={FAN: 1}),
        job(job_id="J3", place=north(9), after=(After(job_id="J1"),)),  # so nothing is fetched for J1 itself
    )
    (hand, _) = question().technicians
    of = question(jobs=jobs, technicians=(hand.model_copy(update={"parts": {}}),))
    problem = compile_scenario(of).problem
    halt = next(
        row for row in range(len(problem.job_of)) if problem.job_of[row] == 1 and problem.shelf[row] == 1
    )
    found = Greedy().solve(problem, stop=Iterations(1), warm=Routes(((halt, 0, 1),), (2,)))
    assert value_of_tied(problem, found.routes) == (found.weight, found.cents)
    assert found.routes == Routes(((halt, 1),), (0, 2))
