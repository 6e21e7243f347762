"""What jobs ask for and technicians bring."""

import math

import pytest

from optimizer.domain.job import Job, SiteFacts
from optimizer.domain.place import Place
from optimizer.domain.policy import JobType, Policy
from optimizer.domain.requirements import (
    branch_in_charge,
    carried_tools,
    great_circle_m,
    kind,
    required_certificates,
    required_skills,
    required_tools,
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
