"""The difference of two plans turns the one into the other exactly, and says nothing where nothing changed."""

from functools import cache
from random import Random

import pytest

from optimizer.control import Iterations
from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan_diff import PlanDiff
from optimizer.domain.scenario import Scenario
from optimizer.interchange.plan_file import plan_json
from optimizer.planning import plan_scenario
from optimizer.retime import retime
from tests.property.random_scenarios import random_scenario
from tests.property.test_retime import thrown_together

CHUNK = 60
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 600, CHUNK)
]


@cache
def plans(seed: int) -> tuple[Scenario, tuple[PlanDocument, ...]]:
    """Return a random scenario with two plans of the search and one thrown together."""
    scenario = random_scenario(seed)
    searched = (plan_scenario(scenario, stop=Iterations(n), seed=seed + n) for n in (0, 40))
    return scenario, (*searched, retime(scenario, thrown_together(scenario, Random(seed))))


@pytest.mark.parametrize("first", CHUNKS)
def test_the_new_plan_comes_of_the_old_one(first: int) -> None:
    changed = 0
    for seed in range(first, first + CHUNK):
        scenario, (quick, searched, thrown) = plans(seed)
        for old, new in ((quick, searched), (searched, thrown), (thrown, searched)):
            diff = diff_plans(old, new, scenario)
            assert apply(diff, old) == new, seed
            read = PlanDiff.model_validate_json(diff.model_dump_json())
            assert plan_json(apply(read, old)) == plan_json(new), seed
            changed += bool(diff.jobs)
    assert changed > CHUNK  # or equal plans prove nothing


@pytest.mark.parametrize("first", CHUNKS)
def test_the_parts_add_up(first: int) -> None:
    for seed in range(first, first + CHUNK):
        _, (_, old, new) = plans(seed)
        diff = diff_plans(old, new)
        bill = diff.bill
        assert sum(change.difference_cents for change in bill.changes) == bill.difference_cents, seed
        assert bill.old_cents + bill.difference_cents == bill.new_cents == new.assessment.bill.total_cents, (
            seed
        )
        gained = sum((job.now == "served") - (job.was == "served") for job in diff.jobs)
        assert gained == new.assessment.kpis.served - old.assessment.kpis.served, seed
        stops = sum(
            (day.new.stops if day.new else 0) - (day.old.stops if day.old else 0) for day in diff.shifts
        )
        assert stops == sum(len(job.new) - len(job.old) for job in diff.jobs), seed
        breaches = len(diff.new_breaches) - len(diff.old_breaches)
        assert breaches == len(new.assessment.findings) - len(old.assessment.findings), seed


def test_there_is_no_difference_between_a_plan_and_itself() -> None:
    for seed in range(CHUNK):
        for document in plans(seed)[1]:
            for again in (document, PlanDocument.model_validate_json(document.model_dump_json())):
                diff = diff_plans(document, again)
                assert diff.is_empty, seed
                assert diff.sentences == ("The plans are the same.",)
                said = (*diff.jobs, *diff.shifts, *diff.clocks, *diff.kpis, *diff.bill.changes)
                assert said == (), seed
                assert apply(diff, document) == document


def test_there_and_back_tells_the_same_of_each_job() -> None:
    for seed in range(CHUNK):
        _, (_, old, new) = plans(seed)
        there, back = diff_plans(old, new), diff_plans(new, old)
        assert {job.job_id: (job.old, job.new) for job in there.jobs} == {
            job.job_id: (job.new, job.old) for job in back.jobs
        }, seed
        assert there.bill.difference_cents == -back.bill.difference_cents
