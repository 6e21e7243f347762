"""Whatever the search returns is sound: checked, priced as it was searched, nothing lost or doubled."""

from collections import Counter
from typing import NamedTuple

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_with_steps
from optimizer.rules.book import RuleBook
from tests.property.random_scenarios import random_scenario

CHUNK = 100
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 2000, CHUNK)
]


class Served(NamedTuple):
    """How many jobs there were, and how many were planned."""

    jobs: int
    served: int


@pytest.mark.parametrize("first", CHUNKS)
def test_returned_plans_are_sound(first: int) -> None:
    found = [sound(seed) for seed in range(first, first + CHUNK)]
    jobs, served = sum(one.jobs for one in found), sum(one.served for one in found)
    print(f"seeds {first} to {first + CHUNK - 1}: {served} of {jobs} jobs served ({served / jobs:.0%})")
    # Fewer would mean that the scenarios allow so little that sound plans prove nothing.
    assert served > 0.3 * jobs


def sound(seed: int) -> Served:
    """Plan the scenario of a seed, assert everything that must hold, and return what was served."""
    scenario = random_scenario(seed)
    planned = plan_with_steps(scenario, stop=Iterations(60), seed=seed)
    document = planned.document
    assert check_plan(scenario, document.plan) == (), seed
    assert document.assessment.findings == (), seed
    _every_job_once(scenario, document, seed)
    _adds_up(scenario, document, seed)
    assert planned.solution.cents == document.assessment.bill.total_cents, seed
    if RuleBook.of(scenario.policy).levels[0] == "weight":
        assert planned.solution.weight == document.assessment.kpis.unserved_weight, seed
    written = document.model_dump_json()
    assert PlanDocument.model_validate_json(written).model_dump_json() == written, seed
    return Served(len(scenario.jobs), document.assessment.kpis.served)


def _every_job_once(scenario: Scenario, document: PlanDocument, seed: int) -> None:
    stops = [stop.job_id for shift_plan in document.plan.shifts for stop in shift_plan.stops]
    named = Counter([*stops, *document.plan.unserved])
    assert named == Counter(job.job_id for job in scenario.jobs), seed
    reasons = [reason.job_id for reason in document.assessment.unserved]
    assert reasons == list(document.plan.unserved), seed
    assert document.assessment.kpis.served == len(stops), seed


def _adds_up(scenario: Scenario, document: PlanDocument, seed: int) -> None:
    bill = document.assessment.bill
    assert bill == assess(scenario, document.plan).bill, seed
    assert bill.total_cents == sum(line.cents for line in bill.lines), seed
    assert bill.total_cents == bill.outlay_cents + bill.transfer_cents + bill.service_cents, seed
