"""One plan of the days a seed for all tests of the story."""

from typing import TYPE_CHECKING

import pytest

from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from tests.golden.coach_maker.story import FOLDER, planned

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument


@pytest.fixture(scope="package")
def scenario() -> Scenario:
    from optimizer.interchange.scenario_file import load_scenario

    return load_scenario(FOLDER)


@pytest.fixture(scope="package", params=(0, 1, 2), ids="seed{}".format)
def document(scenario: Scenario, request: pytest.FixtureRequest) -> "PlanDocument":
    return planned(scenario, 20_000, seed=request.param)


@pytest.fixture(scope="package")
def jobs(scenario: Scenario) -> dict[str, Job]:
    return {job.job_id: job for job in scenario.jobs}


@pytest.fixture(scope="package")
def stops(document: "PlanDocument") -> dict[str, tuple[ShiftPlan, Stop]]:
    return {stop.job_id: (day, stop) for day in document.plan.shifts for stop in day.stops}
