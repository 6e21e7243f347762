"""The peers on the smallest day, each in the process and through the scorer the benchmark uses."""

import os

import pytest

from benchmarks.days import generate
from benchmarks.peers import PEERS
from benchmarks.run_days import Run, plan, result

LIBRARY = {"vroom-x1": "vroom", "vroom-x5": "vroom", "pyvrp": "pyvrp", "ortools": "ortools"}


def test_every_solver_has_its_own_name() -> None:
    assert [peer.name for peer in PEERS] == ["ours", *LIBRARY]


def test_each_solver_comes_first_in_turn() -> None:
    order = [run.solver for run in plan(["20-100"], [1, 2, 3], [1.0], ["a", "b", "c"])]
    assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]


@pytest.mark.slow
@pytest.mark.parametrize("solver", list(LIBRARY))
def test_a_peer_answers_validly(solver: str) -> None:
    pytest.importorskip(
        LIBRARY[solver], reason="needs the extra 'benchmarks': pip install 'paigong[benchmarks]'"
    )
    line = result(Run("20-100", 1, solver, 1.0), generate("20-100", 1), max(os.sched_getaffinity(0)))
    assert line["status"] in ("ok", "late"), line  # a busy machine may be late; an answer must be valid
    assert line["violations"] == 0
    assert line["unserved_weight"] < 60  # of about 250: all of them plan most of the day


def test_a_solver_that_dies_is_a_line_with_its_reason() -> None:
    line = result(Run("20-100", 1, "nobody", 1.0), generate("20-100", 1), max(os.sched_getaffinity(0)))
    assert line["status"] == "failed"
    assert line["reason"]
