"""The places of the scenarios: each its own, and each near the others of its area."""

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from optimizer.domain.place import Place
from optimizer.domain.requirements import great_circle_m
from optimizer.interchange.scenario_file import load_scenario
from tests.architecture.project import ROOT

FOLDERS = sorted(path.parent.name for path in (ROOT / "scenarios").glob("*/scenario.yaml"))
WIDEST_AREA_KM = 75
"""Liuyang is the widest area, 71 km from Yong'an to Dawei Mountain.

A mistyped degree moves a place by 77 km or more.
"""


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_two_jobs_share_a_place_by_accident(folder: str) -> None:
    jobs = load_scenario(ROOT / "scenarios" / folder).jobs
    # one customer may have several jobs at one place
    places = {(job.customer.customer_id if job.customer else job.job_id, job.place) for job in jobs}
    points = Counter((place.lat, place.lon) for _, place in places)
    addresses = Counter(place.address for _, place in places)
    assert [point for point, count in points.items() if count > 1] == []
    assert [address for address, count in addresses.items() if count > 1] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_job_lies_far_from_its_area(folder: str) -> None:
    areas: defaultdict[str, list[Place]] = defaultdict(list)
    for job in load_scenario(ROOT / "scenarios" / folder).jobs:
        assert job.area is not None
        areas[job.area].append(job.place)
    widest = {
        area: max((great_circle_m(*pair) for pair in combinations(places, 2)), default=0.0) / 1000
        for area, places in areas.items()
    }
    assert {area: round(km) for area, km in widest.items() if km > WIDEST_AREA_KM} == {}
