"""What jobs ask for and technicians bring."""

import math
from random import Random

import pytest

from optimizer.domain.job import Job, SiteFacts
from optimizer.domain.place import Place
from optimizer.domain.policy import JobType, Policy
from optimizer.domain.requirements import (
    branch_in_charge,
    branches_in_charge,
    carried_tools,
    great_circle_m,
    kind,
    required_certificates,
    required_skills,
    required_tools,
    within,
)
from tests.unit.rules.build import branch, job, north, scenario, technician

POLICY = Policy(
    job_types={
        "fix": JobType(
            kind="repair", min_level=2, certificates=("electrician",), tools=("multimeter", "torch")
        )
    },
    kits={"small": ("multimeter",), "large": ("torch", "drill")},
)


def test_kind_is_that_of_the_type() -> None:
    assert kind(job(type="fix"), POLICY) == "repair"


@pytest.mark.parametrize(
    ("one", "skills"),
    [
        (job(type="fix"), {"repair": 2}),
        (job(type="fix", product="aircon"), {"repair/aircon": 2}),
        (job(type="fix", skills={"repair": 4, "survey": 1}), {"repair": 4, "survey": 1}),
        (job(type="fix", skills={"repair": 1}), {"repair": 2}),
        (job(type="fix", product="aircon", skills={"repair": 5}), {"repair/aircon": 2, "repair": 5}),
    ],
)
def test_skills_join_by_the_higher_level(one: Job, skills: dict[str, int]) -> None:
    assert required_skills(one, POLICY) == skills


def test_certificates_each_once() -> None:
    one = job(type="fix", certificates=("welding", "electrician"))
    assert required_certificates(one, POLICY) == ("electrician", "welding")


@pytest.mark.parametrize(
    ("height", "floor", "more"),
    [
        (2.5, 1, ()),
        (2.6, 1, ("safety belt",)),
        (0, 2, ("rope",)),
        (8, 3, ("safety belt", "rope")),
    ],
)
def test_tools_of_type_job_and_height(height: float, floor: int, more: tuple[str, ...]) -> None:
    one = job(
        type="fix",
        tools=("torch", "drill"),
        site=SiteFacts(working_height_m=height, outdoor_unit_floor=floor),
    )
    tools = required_tools(one, POLICY, belt_above_m=2.5, rope_from_floor=2)
    assert tools == ("multimeter", "torch", "drill", *more)
    # the own work, with other names for belt and rope: the type's multimeter is not asked for
    own = required_tools(
        one, POLICY, belt_above_m=2.5, rope_from_floor=2, belt="harness", rope="line", own_work=True
    )
    names = {"safety belt": "harness", "rope": "line"}
    assert own == ("torch", "drill", *(names[tool] for tool in more))


def test_carried_is_kits_and_tools_without_the_missing() -> None:
    one = technician(kits=("small", "large"), tools=("rope", "belt"), missing_tools=("torch", "belt"))
    assert carried_tools(one, POLICY) == {"multimeter", "drill", "rope"}


def test_branch_in_charge_is_named_or_nearest_or_first() -> None:
    of = scenario(branches=[branch(), branch(branch_id="B2", place=north(20))])
    assert branch_in_charge(job(place=north(9)), of).branch_id == "B1"
    assert branch_in_charge(job(place=north(11)), of).branch_id == "B2"
    assert branch_in_charge(job(place=north(11), branch_id="B1"), of).branch_id == "B1"
    twins = scenario(branches=[branch(branch_id="B2"), branch()])
    assert branch_in_charge(job(), twins).branch_id == "B2"


RADIUS_M = 6_371_008.8


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ((28.2, 112.9), (28.2, 112.9), 0.0),
        ((0, 0), (1, 0), math.radians(1) * RADIUS_M),
        ((0, 179.5), (0, -179.5), math.radians(1) * RADIUS_M),  # across the date line
        ((60, 0), (60, 180), math.radians(60) * RADIUS_M),  # over the pole
        ((0, 0), (0, 180), math.pi * RADIUS_M),  # the far side of the earth
    ],
)
def test_great_circle(a: tuple[float, float], b: tuple[float, float], metres: float) -> None:
    here, there = Place(lat=a[0], lon=a[1]), Place(lat=b[0], lon=b[1])
    assert great_circle_m(here, there) == pytest.approx(metres, abs=0.001)
    assert great_circle_m(here, there) == great_circle_m(there, here)


def test_branches_in_charge_of_many_jobs_are_those_of_each() -> None:
    dice = Random(1)
    places = [Place(lat=28.2 + dice.uniform(-2, 2), lon=112.98 + dice.uniform(-2, 2)) for _ in range(40)]
    # twins, neighbours a metre apart, the poles and the far side of the earth
    places += places[:5] + [Place(lat=one.lat + 1e-5, lon=one.lon) for one in places[5:10]]
    places += [Place(lat=90, lon=0), Place(lat=-90, lon=7), Place(lat=-28.2, lon=-67.02)]
    branches = [branch(branch_id=f"B{i}", place=place) for i, place in enumerate(places)]
    jobs = [job(job_id=f"J{i}", place=place) for i, place in enumerate(places)]
    jobs += [
        job(job_id=f"K{i}", place=Place(lat=dice.uniform(-90, 90), lon=dice.uniform(-180, 180)))
        for i in range(200)
    ]
    jobs.append(job(job_id="named", place=places[0], branch_id="B7"))
    of = scenario(jobs=jobs, branches=branches)
    found = branches_in_charge(jobs, of)
    assert {one.job_id: branch_in_charge(one, of).branch_id for one in jobs} == {
        job_id: one.branch_id for job_id, one in found.items()
    }
    assert found["J0"].branch_id == "B0"  # not its twin, B40
    assert branches_in_charge([], of) == {}


def test_within_includes_the_edge_in_whole_metres() -> None:
    for km, inside in ((5.999, True), (6, True), (6.0004, True), (6.001, False)):
        assert within(north(0), north(km), 6) is inside
