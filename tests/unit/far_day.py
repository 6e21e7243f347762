"""A day by train: the branch, a station 4 km north of it, another 296 km north, a job 4 km beyond that.

Public transport makes 10 m a second and goes no farther than 50 km. So each way takes 400 s to the station, 10 min to
be there early, half of 30 min of waiting, 100 min on the train, and 400 s from the station:
400 + 600 + 900 + 6,000 + 400 = 8,300 s, 8 km of local ways and 120 yuan.
"""

from collections.abc import Sequence
from typing import Any

from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.lines import Line, Station
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.domain.travel import SpeedBand, SpeedProfile, Travel
from optimizer.planning import plan_scenario
from tests.unit.rules.build import job, north, scenario, technician

LOCAL = SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=50, kmh=36),))
FAR_LEG_S = 8_300
FAR_LEG_M = 8_000
FARE_CENTS = 12_000


def station(name: str, km: float, minutes: int = 0, fare_cents: int = 0) -> Station:
    """Return a station so many kilometres north of the branch."""
    return Station(name=name, place=north(km), minutes=minutes, fare_cents=fare_cents)


def line(name: str = "G1", **facts: Any) -> Line:
    """Return the train between the two stations, with facts changed."""
    stations = (station("South", 4), station("North", 296, minutes=100, fare_cents=FARE_CENTS))
    usual = {"name": name, "by": "train", "stations": stations, "early_min": 10, "headway_min": 30}
    return Line(**{**usual, **facts})


def traveller(**facts: Any) -> Technician:
    """Return somebody who goes by train and ship."""
    return technician(means="long_distance", **facts)


def far_day(
    lines: Sequence[Line] | None = None,
    jobs: Sequence[Job] | None = None,
    profile: SpeedProfile = LOCAL,
) -> Scenario:
    """Return the day; other lines, jobs or speeds in town where they are given."""
    lines = (line(),) if lines is None else tuple(lines)
    travel = Travel(profiles={"public_transport": profile}, lines=lines)
    made = scenario((traveller(),), (job(place=north(300)),) if jobs is None else tuple(jobs))
    return made.model_copy(update={"travel": travel})


def far_document(of: Scenario | None = None) -> PlanDocument:
    """Return the plan of the day, made by a short search."""
    return plan_scenario(far_day() if of is None else of, stop=Iterations(50))
