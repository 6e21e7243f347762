"""A question with one more job is the same whether its row is added or the whole is compiled."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from optimizer.compile import Compiled, compile_scenario
from optimizer.compile.one_more import one_more
from optimizer.domain.scenario import Scenario
from optimizer.offers.question import compiled_alone, with_job
from optimizer.problem import Problem
from optimizer.travel import LegMatrix, TravelTable, with_one_more_place
from tests.property.new_jobs import PLANS, without_job

CHUNK = 12
CASES = [
    pytest.param(name, first, id=f"{name}-{first}", marks=[] if first == 0 else [pytest.mark.slow])
    for name in PLANS
    for first in range(0, 5 * CHUNK, CHUNK)
]
NEVER = ("trips", "sleepers", "slow")
"""Where trips are made or areas are slow, the whole is compiled almost always."""


@pytest.mark.parametrize(("name", "first"), CASES)
def test_a_row_that_is_added_is_the_row_of_the_whole(name: str, first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        whole = PLANS[name](seed)
        for job in whole.jobs[:3]:
            scenario = without_job(whole, job.job_id)
            if scenario is None or job.after or job.under_way is not None:
                continue
            plain = job.model_copy(update={"parts": {}, "seats": None, "shared_tools": ()})
            bigger = with_job(scenario, plain if seed % 2 else job)
            found = added(scenario, bigger)
            seen["added" if found else "whole"] += 1
            if found is not None:
                hold_equal(found, compile_scenario(bigger))
    assert seen["added"] or name in NEVER, seen


def added(scenario: Scenario, bigger: Scenario) -> Compiled | None:
    """Return the compiled question with the last job's row added."""
    by_itself = compiled_alone(bigger, bigger.jobs[-1])
    known, bare = compile_scenario(scenario), compiled_alone(scenario)
    return one_more(known, bare, by_itself, bigger, with_one_more_place(known.travel, bigger))


def hold_equal(found: Compiled, whole: Compiled) -> None:
    """Compare every array; rule codes by name, and windows where nothing is under way (see `one_more`)."""
    assert found.scenario == whole.scenario
    assert found.visits == whole.visits
    assert found.names._replace(codes=()) == whole.names._replace(codes=())
    assert same_travel(found.travel, whole.travel)
    begun = any(job.has_started for job in whole.scenario.jobs)
    for name in Problem._fields:
        if name == "forbidden":
            assert barred(found) == barred(whole)
        elif not (begun and name in ("window_open", "window_close")):
            mine: np.ndarray[Any, Any] = getattr(found.problem, name)
            theirs: np.ndarray[Any, Any] = getattr(whole.problem, name)
            assert (mine.dtype, mine.shape) == (theirs.dtype, theirs.shape), name
            assert mine.flags.c_contiguous == theirs.flags.c_contiguous, name
            assert not mine.flags.writeable, name
            assert np.array_equal(mine, theirs), name


def same_travel(one: TravelTable, other: TravelTable) -> bool:
    """Tell whether two tables say the same of every way."""
    return one._replace(legs={}) == other._replace(legs={}) and all(
        mine.dtype == theirs.dtype and np.array_equal(mine, theirs)
        for means in other.legs
        for mine, theirs in zip(arrays(one.legs[means]), arrays(other.legs[means]), strict=True)
    )


def arrays(legs: LegMatrix) -> list[np.ndarray[Any, Any]]:
    """Return the arrays of a matrix."""
    return [one for one in legs if isinstance(one, np.ndarray)]


def barred(compiled: Compiled) -> list[list[frozenset[str]]]:
    """Return the codes that forbid each pair."""
    codes = compiled.names.codes
    return [
        [frozenset(code for bit, code in enumerate(codes) if value >> bit & 1) for value in row]
        for row in compiled.problem.forbidden.tolist()
    ]
