"""One plan of the day for all tests of the story."""

from typing import TYPE_CHECKING

import pytest

from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from tests.golden.changsha_aircon.story import FOLDER

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument
    from optimizer.explain import Explainer


@pytest.fixture(scope="package")
def scenario() -> Scenario:
    from optimizer.interchange.scenario_file import load_scenario

    return load_scenario(FOLDER)


@pytest.fixture(scope="package")
def document(scenario: Scenario) -> "PlanDocument":
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    return plan_scenario(scenario, stop=Iterations(20_000), seed=1)


@pytest.fixture(scope="package")
def days(document: "PlanDocument") -> dict[str, ShiftPlan]:
    return {shift.technician_id: shift for shift in document.plan.shifts}


@pytest.fixture(scope="package")
def jobs(scenario: Scenario) -> dict[str, Job]:
    return {job.job_id: job for job in scenario.jobs}


@pytest.fixture(scope="package")
def explainer(scenario: Scenario, document: "PlanDocument") -> "Explainer":
    from optimizer.compile import compile_scenario
    from optimizer.explain import Explainer, routes_of

    compiled = compile_scenario(scenario)
    return Explainer(compiled, routes_of(compiled, document.plan))
