"""The door: the best plan of a tiny instance, its text, and the same bytes for the same seed."""

import json

from optimizer.control import Iterations
from optimizer.interchange.hhcrsp.compile import Service, compile_instance
from optimizer.interchange.hhcrsp.door import solve_hhcrsp
from optimizer.interchange.hhcrsp.read import read_instance
from optimizer.interchange.hhcrsp.records import HhcrspAnswer, answer_json, cost_of
from tests.unit.interchange.hhcrsp.samples import ANSWER, instance_text


def test_the_best_plan_is_found() -> None:
    answer = solve_hhcrsp(read_instance(instance_text()), stop=Iterations(3_000))
    assert answer == HhcrspAnswer.model_validate(ANSWER)


def test_the_same_seed_gives_the_same_bytes() -> None:
    instance = read_instance(instance_text())
    first, second = (answer_json(solve_hhcrsp(instance, stop=Iterations(200), seed=5)) for _ in range(2))
    assert first == second
    assert json.loads(first).keys() == ANSWER.keys()


def test_rows_are_first_services_then_later_ones_then_mates() -> None:
    compiled = compile_instance(read_instance(instance_text()))
    assert compiled.services == (
        Service(0, 0), Service(1, 0), Service(2, 0), Service(3, 0), Service(2, 1), Service(1, 1),
    )  # fmt: skip
    problem = compiled.problem
    assert problem.lead.tolist() == [0, 1, 2, 3, 4, 1]
    assert (problem.link_least.tolist(), problem.link_most.tolist()) == ([10_000], [12_000])
    assert problem.travel[0, 1, 4].tolist() == [40_000, 40_000]


def test_a_third_of_the_sum_is_rounded_half_up() -> None:
    # 0.005 / 3 = 0.00167, 0.004 / 3 = 0.00133
    assert (cost_of(2, 2, 1).total, cost_of(2, 1, 1).total) == (0.002, 0.001)
