"""What jobs take, and where shifts load."""

from optimizer.domain.branch import Branch
from optimizer.domain.parts import loading_branches, required_parts
from optimizer.domain.policy import JobType, Policy
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.technician import Shift, Technician
from tests.unit.rules.build import DAY, NEXT_DAY, branch, job, north, scenario, technician

POLICY = Policy(job_types={"refill": JobType(kind="repair", parts={"gas": 2, "valve": 1})})


def test_parts_of_job_and_type_add_up() -> None:
    refill = job(type="refill", parts={"gas": 1, "fan": 3, "hose": 0})
    assert required_parts(refill, POLICY) == {"gas": 3, "valve": 1, "fan": 3}
    assert required_parts(job(), Policy()) == {}


def loads(who: Technician, *branches: Branch) -> list[str | None]:
    """Return where a technician loads on the days of the roster."""
    of = scenario([who], branches=branches or None, days=2)
    shifts = roster(of)
    found = loading_branches(of, shifts)
    return [found.get(one.key) for one in shifts]


def test_usual_start_at_the_branch() -> None:
    assert loads(technician()) == ["B1", "B1"]
    assert loads(technician(home=north(1), ends_at="home")) == ["B1", "B1"]


def test_start_elsewhere() -> None:
    assert loads(technician(home=north(1), starts_from="home")) == [None, None]
    # one day away from the branch, one day as usual
    away = (Shift(day=DAY, start_at=north(3)), Shift(day=NEXT_DAY))
    assert loads(technician(shifts=away)) == [None, "B1"]


def test_a_start_exactly_at_a_branch() -> None:
    two = (branch(), branch(branch_id="B2", place=north(5)))
    visiting = (Shift(day=DAY, start_at=north(5)), Shift(day=NEXT_DAY, start_at=north(5.001)))
    assert loads(technician(shifts=visiting), *two) == ["B2", None]
    # the address does not matter, the coordinates do
    upstairs = north(5).model_copy(update={"address": "above the shop"})
    assert loads(technician(home=upstairs, starts_from="home"), *two) == ["B2", "B2"]


def test_of_two_branches_at_one_point_the_own_one_comes_first() -> None:
    three = (branch(), branch(branch_id="B2", place=north(5)), branch(branch_id="B3", place=north(5)))
    there = (Shift(day=DAY, start_at=north(5)),)
    assert loads(technician(branch_id="B3", shifts=there), *three) == ["B3"]
    assert loads(technician(branch_id="B1", shifts=there), *three) == ["B2"]


def test_only_shifts_that_start_at_a_branch_are_named() -> None:
    home = technician(technician_id="T2", home=north(1), starts_from="home")
    of = scenario([technician(), home])
    assert loading_branches(of, roster(of)) == {ShiftKey("T1", DAY): "B1"}
