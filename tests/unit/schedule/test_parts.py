"""What is loaded in the morning."""

from collections.abc import Sequence

from optimizer.compile import compile_scenario
from optimizer.domain.branch import Branch
from optimizer.domain.technician import Shift, Technician
from optimizer.problem import Routes
from optimizer.schedule.parts import pick_ups
from tests.unit.rules.build import DAY, NEXT_DAY, branch, job, north, scenario, technician

LAST_DAY = NEXT_DAY.replace(day=17)
AWAY = north(3)


def loaded(
    technicians: Sequence[Technician],
    fans: Sequence[int],
    routes: Sequence[tuple[int, ...]],
    *branches: Branch,
) -> dict[int, dict[int, int]]:
    """Return what is loaded by shift when jobs that take so many fans are served in these routes."""
    jobs = [job(job_id=f"J{i}", parts={"fan": count}) for i, count in enumerate(fans)]
    of = scenario(technicians, jobs, branches=branches or (branch(stock={"fan": 9}),), days=3)
    return pick_ups(compile_scenario(of).problem, Routes(tuple(routes), ()))


def test_the_van_serves_the_first_days_and_the_branch_the_rest() -> None:
    # 3 on the van: 2 on the first day, 1 of 2 on the second; 1 and 1 are loaded
    assert loaded([technician(parts={"fan": 3})], [2, 2, 1], [(0,), (1,), (2,)]) == {1: {0: 1}, 2: {0: 1}}


def test_days_away_from_the_branch_come_first() -> None:
    days = (Shift(day=DAY), Shift(day=NEXT_DAY, start_at=AWAY), Shift(day=LAST_DAY))
    # 3 on the van: 2 for the second day, 1 for the first; 1 + 2 are loaded
    assert loaded([technician(parts={"fan": 3}, shifts=days)], [2, 2, 2], [(0,), (1,), (2,)]) == {
        0: {0: 1},
        2: {0: 2},
    }


def test_jobs_of_one_day_add_up_and_every_van_is_its_own() -> None:
    two = [technician(parts={"fan": 1}), technician(technician_id="T2", parts={"fan": 2})]
    # T1: 1 + 2 on one day, one of the van; T2 has all
    assert loaded(two, [1, 2, 2], [(0, 1), (), (), (2,), (), ()]) == {0: {0: 2}}


def test_nothing_is_loaded_where_nothing_lacks_or_no_branch_is() -> None:
    assert loaded([technician(parts={"fan": 2})], [2], [(0,), (), ()]) == {}
    assert loaded([technician()], [0], [(0,), (), ()]) == {}
    # routes that the search would not make: the checker finds what is lacking
    away = technician(home=AWAY, starts_from="home")
    assert loaded([away], [2], [(0,), (), ()]) == {}
