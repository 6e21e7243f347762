"""What jobs ask for and technicians bring."""

import math
from random import Random
from typing import Any

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
    mate_skills,
    minutes_on_site,
    required_certificates,
    required_shared_tools,
    required_skills,
    required_tools,
    seats,
    setup_min,
    takes_several,
    within,
)
from optimizer.domain.ties import Seat
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


PAIRS = Policy(
    job_types={
        "hoisting": JobType(kind="installation", seats=3, mates=(Seat(skills={"survey": 2}),), setup_min=7)
    }
)
LIFT = job(type="hoisting", product="aircon", setup_min=None, shared_tools=("hoist", "rope", "hoist"))


def test_a_job_takes_its_own_number_of_people_or_its_types() -> None:
    assert seats(LIFT, PAIRS) == 3
    assert seats(LIFT.model_copy(update={"seats": 1}), PAIRS) == 1


def test_mates_are_asked_for_what_the_job_names_else_the_type_else_the_jobs_skills() -> None:
    assert mate_skills(LIFT, PAIRS, 1) == {"survey": 2}
    assert mate_skills(LIFT, PAIRS, 2) == {"installation/aircon": 1}
    named = LIFT.model_copy(update={"mates": (Seat(),)})
    assert mate_skills(named, PAIRS, 1) == {}
    assert mate_skills(named, PAIRS, 2) == {"installation/aircon": 1}
    nobody = LIFT.model_copy(update={"mates": ()})
    assert mate_skills(nobody, PAIRS, 1) == {"installation/aircon": 1}


def test_shared_tools_are_named_once() -> None:
    assert required_shared_tools(LIFT, PAIRS) == ("hoist", "rope")


@pytest.mark.parametrize(
    ("active", "applies"),
    [(True, True), (False, False), ("no", False), (0, False), ("yes", True), ("perhaps", True)],
)
def test_without_the_rules_one_person_comes_and_no_tools_count(active: Any, applies: bool) -> None:
    rules = {"CREW": {"active": active}, "SHARED_TOOL": {"active": active}}
    policy = PAIRS.model_copy(update={"rules": rules})
    assert seats(LIFT, policy) == (3 if applies else 1)
    assert required_shared_tools(LIFT, policy) == (("hoist", "rope") if applies else ())
    assert takes_several(LIFT, policy) is applies


def test_who_come_together_count_the_set_up_as_service() -> None:
    assert setup_min(LIFT, PAIRS) == 7
    assert minutes_on_site(LIFT, PAIRS) == 60 + 7
    alone = LIFT.model_copy(update={"seats": 1, "shared_tools": ()})
    assert takes_several(alone, PAIRS) is False
    assert minutes_on_site(alone, PAIRS) == 60
    with_a_tool = alone.model_copy(update={"shared_tools": ("hoist",)})
    assert minutes_on_site(with_a_tool, PAIRS) == 60 + 7
