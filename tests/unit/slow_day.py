"""A slow day: J1 lies 6 km north of the branch, J2 6 km beyond; around J1 ways take twice their time until 11:00."""

from datetime import time
from functools import partial

from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.technician import Shift
from optimizer.planning import plan_scenario
from tests.unit.rules.build import DAY, at, job, north, scenario, technician

jam = partial(
    SlowArea, name="jam", centre=north(6), radius_km=1, percent=200, start=at("08:00"), end=at("11:00")
)
J2 = job(job_id="J2", place=north(12))
NO_REST = Shift(day=DAY, start=time(9), end=time(18), rest="none")


def with_areas(of: Scenario, *areas: SlowArea) -> Scenario:
    """Return the scenario with these slow areas."""
    return of.model_copy(update={"travel": of.travel.model_copy(update={"slow_areas": areas})})


def slow_day(*areas: SlowArea) -> Scenario:
    """Return the day; other slow areas where they are given."""
    day = scenario((technician(shifts=(NO_REST,)),), (job(), J2))
    return with_areas(day, *(areas or (jam(),)))


def slow_document() -> PlanDocument:
    """Return the plan of the day, made by a short search."""
    return plan_scenario(slow_day(), stop=Iterations(20))
