"""Doubts about people at once and shared tools."""

from optimizer.domain.technician import Shift
from optimizer.rules.too_few import too_few
from tests.unit.rules.build import DAY, NEXT_DAY, branch, job, north, scenario, technician

PAIR = [technician(), technician(technician_id="T2")]


def test_nothing_is_said_where_there_is_enough() -> None:
    jobs = [job(seats=2, shared_tools=("hoist",))]
    assert list(too_few(scenario(PAIR, jobs, branches=[branch(shared_tools={"hoist": 1})]))) == []


def test_more_people_than_ever_work_on_a_day() -> None:
    people = [
        technician(shifts=(Shift(day=DAY),)),
        technician(technician_id="T2", shifts=(Shift(day=NEXT_DAY),)),
    ]
    of = scenario(people, [job(seats=2), job(job_id="J2"), job(job_id="J3", seats=2)], days=2)
    assert list(too_few(of)) == [
        "2 jobs (J1 and J3) take 2 people at once, and on no planned day more than 1 works; add shifts, "
        "or correct the seats"
    ]
    of = scenario(PAIR, [job(seats=3)])
    assert list(too_few(of)) == [
        "1 job (J1) takes 3 people at once, and on no planned day more than 2 work; add shifts, or correct the seats"
    ]


def test_where_nobody_works_at_all_that_is_said_elsewhere() -> None:
    assert list(too_few(scenario([technician(shifts=())], [job(seats=2)]))) == []


def test_a_tool_of_which_the_branch_has_none() -> None:
    branches = [
        branch(),
        branch(branch_id="B2", place=north(30), shared_tools={"hoist": 1, "ladder truck": 0}),
    ]
    jobs = [job(shared_tools=("hoist",)), job(job_id="J2", shared_tools=("hoist", "ladder truck"))]
    assert list(too_few(scenario(PAIR, jobs, branches=branches))) == [
        "2 jobs (J1 and J2) of B1 need the shared tool hoist, of which it has none, though B2 has some; "
        "enter the pieces at the branch, or correct the jobs",
        "1 job (J2) of B1 needs the shared tool ladder truck, of which it has none; "
        "enter the pieces at the branch, or correct the job",
    ]


def test_switched_off_rules_have_no_doubts() -> None:
    rules = {"CREW": {"active": False}, "SHARED_TOOL": {"active": False}}
    assert list(too_few(scenario(PAIR, [job(seats=3, shared_tools=("hoist",))], rules=rules))) == []
