"""TERRITORY."""

import pytest

from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Territory
from optimizer.rules.territory import RULE, TerritoryParams
from tests.unit.rules.build import (
    DAY,
    at,
    branch,
    job,
    near_and_far,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

DONE = [shift_plan([stop("J1", at("09:30"), at("10:30"))])]
BRANCHES = (branch(), branch(branch_id="B2", place=north(20)))


@pytest.mark.parametrize(
    ("territory", "one"),
    [
        (Territory(), job(place=north(500))),
        (Territory(areas=("Yuelu", "Tianxin")), job(area="Tianxin")),
        (Territory(branches=("B1",)), job(place=north(9.9))),  # B1 is nearer than B2
        (Territory(branches=("B2",)), job(place=north(1), branch_id="B2")),
        (Territory(radius_km=6.001), job(place=north(6))),
    ],
)
def test_kept(territory: Territory, one: Job) -> None:
    of = scenario([technician(territory=territory)], [one], branches=BRANCHES)
    assert list(RULE.check(of, TerritoryParams(), plan(of, DONE))) == []


@pytest.mark.parametrize(
    ("territory", "one", "sentence"),
    [
        (Territory(areas=("Yuelu",)), job(area="Tianxin"), "J1 lies in Tianxin, not an area of T1."),
        (Territory(areas=("Yuelu",)), job(), "J1 lies in no named area, not an area of T1."),
        (Territory(branches=("B1",)), job(place=north(10.1)), "J1 belongs to B2, not a branch of T1."),
    ],
)
def test_outside_area_or_branch(territory: Territory, one: Job, sentence: str) -> None:
    of = scenario([technician(territory=territory)], [one], branches=BRANCHES)
    (finding,) = RULE.check(of, TerritoryParams(), plan(of, DONE))
    assert (finding.over, finding.sentence) == (1, sentence)
    assert "J1" in RULE.advise(finding)


def test_beyond_the_radius_by_two_km() -> None:
    of = scenario([technician(territory=Territory(radius_km=4))], [job(place=north(6))])
    (finding,) = RULE.check(of, TerritoryParams(), plan(of, DONE))
    assert (finding.limit, finding.unit) == (4, "km")
    assert finding.over == pytest.approx(2, abs=1e-6)


def test_radius_is_around_the_usual_start_place() -> None:
    at_home = technician(home=north(10), starts_from="home", territory=Territory(radius_km=5))
    of = scenario([at_home], [job(place=north(14))])
    assert list(RULE.check(of, TerritoryParams(), plan(of, DONE))) == []


def test_compile_forbids_what_lies_outside() -> None:
    of = scenario(
        [
            technician(technician_id="area", territory=Territory(areas=("Yuelu",))),
            technician(technician_id="branch", territory=Territory(branches=("B2",))),
            technician(technician_id="radius", territory=Territory(radius_km=10)),
            technician(technician_id="free"),
        ],
        [job(job_id="near", area="Yuelu", place=north(1)), job(job_id="far", place=north(19))],
        branches=BRANCHES,
    )
    draft = Recording(of)
    RULE.compile(of, TerritoryParams(), draft)
    outside = {("far", "area"), ("near", "branch"), ("far", "radius")}
    assert draft.forbidden == {(one, ShiftKey(who, DAY)) for one, who in outside}


def test_technicians_alike_are_said_in_one_call() -> None:
    of = scenario(
        [technician(technician_id=f"T{i}", territory=Territory(radius_km=5)) for i in range(9)],
        [job(job_id=f"J{i}") for i in range(9)],
        days=3,
    )
    draft = Recording(of)
    RULE.compile(of, TerritoryParams(), draft)
    assert draft.calls == ["forbid"]
    assert len(draft.forbidden) == 9 * 9 * 3


def test_solve_honours_it() -> None:
    near = technician(territory=Territory(radius_km=2))
    far = technician(technician_id="T2", branch_id="B2")
    jobs = [job(job_id="J1", place=north(1)), job(job_id="J2", place=north(3))]
    # T2 has to come for J2; J1 is 2 km there and back for T1, 4 km more for T2
    assert who_does(solved(near_and_far(near, far, jobs))) == {"J1": "T1", "J2": "T2"}
    off = near_and_far(near, far, jobs, rules={"TERRITORY": {"active": False}})
    assert who_does(solved(off)) == {"J1": "T1", "J2": "T1"}


def test_the_edge_of_the_radius_is_the_same_for_search_and_checker() -> None:
    # 49,124.26 m in floats that once fell inside by metres and outside by kilometres: the plan was withheld
    edge = Place(lat=28.63644058679946, lon=112.90210699996142)
    of = scenario([technician(territory=Territory(radius_km=49.12425838911189))], [job(place=edge)])
    draft = Recording(of)
    RULE.compile(of, TerritoryParams(), draft)
    assert draft.calls == []
    assert list(RULE.check(of, TerritoryParams(), plan(of, DONE))) == []
    # whole metres: half a metre more of road is none, a metre is one
    for metres, far in ((6000, False), (6000.4, False), (6001, True)):
        of = scenario([technician(territory=Territory(radius_km=6))], [job(place=north(metres / 1000))])
        draft = Recording(of)
        RULE.compile(of, TerritoryParams(), draft)
        found = list(RULE.check(of, TerritoryParams(), plan(of, DONE)))
        assert (bool(draft.calls), [one.over > 0 for one in found]) == (far, [True] if far else [])
