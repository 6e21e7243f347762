"""For which jobs halts at branches in plans and orders load parts."""

from collections.abc import Mapping

from optimizer.compile import Compiled, compile_scenario
from optimizer.schedule.halt_rows import Halt, HaltedDay, woven
from tests.unit.rules.build import branch, job, north, scenario, technician

A, B = "fan motor", "gas"
TAKES: tuple[dict[str, int], ...] = ({A: 1}, {A: 1, B: 1}, {A: 2}, {}, {A: 1})
SHELF = {A: 9, B: 9}


def compiled(takes: tuple[dict[str, int], ...] = TAKES, shelf: Mapping[str, int] = SHELF) -> Compiled:
    """Return a question with a technician at B1, jobs that take these parts, and a shelf at B2."""
    jobs = [job(job_id=f"J{row}", place=north(row + 1), parts=parts) for row, parts in enumerate(takes)]
    branches = [branch(), branch(branch_id="B2", place=north(3.5), stock=dict(shelf))]
    return compile_scenario(scenario([technician()], jobs, branches=branches))


OF = compiled()


def halt(before: int, branch_id: str = "B2", **parts: int) -> Halt:
    """Return a halt that loads so many fan motors (a) and so much gas (b)."""
    loaded = {name: parts[key] for key, name in (("a", A), ("b", B)) if key in parts}
    return Halt(branch_id, before, loaded)


def order(visits: tuple[int, ...], *halts: Halt, of: Compiled = OF) -> list[str]:
    """Return what one day is made up of: a visit by its row, a halt as the job it is for, such as ``<2``."""
    (day,) = woven(of, [HaltedDay(visits, halts)]).days
    return [_name(of, row) for row in day]


def _name(of: Compiled, row: int) -> str:
    visit = of.visits.rows[row]
    return f"<{visit.job}" if visit.branch else str(row)


def test_a_day_without_halts_is_as_it_was() -> None:
    assert woven(OF, [HaltedDay((2, 0)), HaltedDay(())]) == (((2, 0), ()), ())


def test_a_halt_is_for_the_job_behind_it_that_takes_what_it_loads() -> None:
    assert order((0, 2), halt(1, a=2)) == ["0", "<2", "2"]
    assert order((2, 0), halt(1, a=1)) == ["2", "<0", "0"]


def test_of_jobs_that_take_the_same_the_first_is_served() -> None:
    assert order((0, 4), halt(0, a=1)) == ["<0", "0", "4"]


def test_one_halt_loads_for_several_jobs() -> None:
    assert order((0, 3, 2, 4), halt(1, a=3)) == ["0", "<2", "<4", "3", "2", "4"]


def test_jobs_are_chosen_that_load_exactly_what_the_halt_does() -> None:
    # The first behind it takes a fan motor alone: then the gas would be for nobody.
    assert order((0, 1), halt(0, a=1, b=1)) == ["<1", "0", "1"]
    # Not 0 and 4 with one each and another one for nobody, but 0 and 2.
    assert order((0, 4, 2), halt(0, a=3)) == ["<0", "<2", "0", "4", "2"]


def test_spare_pieces_are_for_nobody() -> None:
    assert order((0, 2), halt(0, a=9)) == ["<0", "<2", "0", "2"]


def test_a_halt_that_loads_less_than_a_job_takes_is_for_it_all_the_same() -> None:
    # One fan motor is on the van, maybe; here a halt loads all the job takes.
    assert order((3, 2), halt(1, a=1)) == ["3", "<2", "2"]


def test_without_parts_it_is_for_the_next_job_that_takes_some() -> None:
    assert order((0, 3, 2, 4), halt(1)) == ["0", "<2", "3", "2", "4"]


def test_two_halts_are_for_two_jobs() -> None:
    assert order((0, 4), halt(0, a=1), halt(1, a=1)) == ["<0", "0", "<4", "4"]
    assert order((0, 4), halt(0, a=1), halt(0, a=1)) == ["<0", "<4", "0", "4"]


def test_a_halt_serves_later_days_of_its_route() -> None:
    days = [HaltedDay((3,), (halt(1, a=2),)), HaltedDay((2,))]
    found = woven(OF, days)
    assert [[_name(OF, row) for row in day] for day in found.days] == [["3", "<2"], ["2"]]
    assert found.idle == ()


def test_halts_that_are_of_no_use_are_named() -> None:
    days = [
        HaltedDay((0,), (halt(0, "B1", a=1), halt(1, a=1))),  # B1 has none; nobody behind J0 takes any
        HaltedDay((3,), (halt(0),)),  # J3 takes no parts
    ]
    found = woven(OF, days)
    assert found.days == ((0,), (3,))
    assert found.idle == ((0, 0), (0, 1), (1, 0))


def test_a_branch_loads_what_it_has() -> None:
    of = compiled(shelf={A: 1, B: 9})
    assert order((2,), halt(0, a=2), of=of) == ["<2", "2"]  # one of the two, the other is on the van
    assert order((1,), halt(0, a=1, b=1), of=of) == ["<1", "1"]
    little = compiled(shelf={B: 9})
    # The fan motor is on the van, the gas is loaded.
    assert order((1,), halt(0, b=1), of=little) == ["<1", "1"]
    assert order((1,), halt(0, a=1), of=little) == ["1"]


def test_many_equal_jobs_are_no_puzzle() -> None:
    # Thirty jobs with a fan motor each and no gas among them: no choice loads any gas.
    of = compiled(({A: 1},) * 30, {A: 99, B: 99})
    assert len(order(tuple(range(30)), halt(0, a=15, b=1), of=of)) == 45
