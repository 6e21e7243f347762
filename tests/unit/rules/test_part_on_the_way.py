"""PART: parts loaded at a branch in mid-route."""

from datetime import timedelta

import pytest

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.rules.part import RULE, PartParams
from tests.unit.restock_day import FAN, answer, day, question, with_halt
from tests.unit.rules.build import DAY, NEXT_DAY, plan

OF = question()


def found(made: Plan, of: Scenario = OF, *, load_min: int = 10) -> list[Finding]:
    """Return what the rule finds."""
    return list(RULE.check(of, PartParams(load_min=load_min), made))


def with_stock(of: Scenario, pieces: int) -> Scenario:
    """Return the question with so many fan motors at B2."""
    branches = (of.branches[0], of.branches[1].model_copy(update={"stock": {FAN: pieces}}))
    return of.model_copy(update={"branches": branches})


def test_loaded_before_the_job_is_kept() -> None:
    assert found(answer(OF)) == []


def test_loaded_after_the_job_is_too_late() -> None:
    (finding,) = found(answer(OF, "J1", "J2", "B2"))
    # J1 takes the one on the van, J2 two more; two are loaded behind it.
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (3, 1, 2, "pieces")
    assert finding.sentence == (
        "The jobs of T1 up to J2 on 2026-07-15 take 3 pieces of fan motor; the van has 1 and loads 0: "
        "2 pieces too few."
    )


def test_loaded_between_two_jobs_it_is_lacking_at_the_first() -> None:
    (finding,) = found(answer(OF, "J2", "B2", "J1"))
    # J2 takes two and the van has one; what is loaded then would be enough for both.
    assert (finding.measured, finding.limit, finding.over) == (2, 1, 1)
    assert "up to J2 on 2026-07-15 take 2 pieces" in finding.sentence


def test_without_the_halt_two_are_lacking() -> None:
    (finding,) = found(answer(OF, "J1", "J2"))
    assert (finding.technician_id, finding.day, finding.over) == ("T1", DAY, 2)
    assert "up to 2026-07-15 take" in finding.sentence


def test_what_is_loaded_serves_later_days() -> None:
    first = day("T1", "home:T1", ("B2", "J1"))
    later = day("T1", "home:T1", ("J2",)).model_copy(update={"day": NEXT_DAY})
    assert found(plan(OF, [later, first])) == []


def test_spare_pieces_by_hand_are_no_breach() -> None:
    assert found(answer(OF, "J1", "B2", "J2", "B2", fans=3), with_stock(OF, 7)) == []


def test_mornings_and_halts_share_a_shelf() -> None:
    (finding,) = found(answer(OF), with_stock(OF, 1))
    # T2 loads one in the morning, T1 two on the way.
    assert (finding.measured, finding.limit, finding.over) == (3, 1, 2)
    assert finding.sentence == "B2 has 1 of fan motor, and the plan loads 3 pieces there."


def test_a_branch_nobody_knows_has_nothing() -> None:
    (finding,) = found(with_halt(answer(OF), branch_id="B9"))
    assert (finding.measured, finding.limit) == (2, 0)


def test_loading_takes_its_minutes() -> None:
    made = answer(OF)
    (halt,) = made.shifts[0].restocks
    hasty = with_halt(made, end=halt.end - timedelta(minutes=4))
    (finding,) = found(hasty)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (6, 10, 4, "min")
    assert finding.sentence == "T1 on 2026-07-15 loads for 6 min at B2; 10 min are due."
    assert RULE.advise(finding) == "Let T1 stay at B2 until everything is loaded."
    assert found(hasty, load_min=6) == []
    assert [one.over for one in found(made, load_min=15)] == [5]


def test_who_is_at_the_branch_already_needs_no_minutes() -> None:
    # B2 is in the house of J1.
    there = OF.branches[1].model_copy(update={"place": OF.jobs[0].place})
    of = OF.model_copy(update={"branches": (OF.branches[0], there)})
    made = answer(OF)
    (halt,) = made.shifts[0].restocks
    at_once = with_halt(made, end=halt.start)
    assert [one.over for one in found(at_once)] == [10]
    assert found(at_once, of) == []


@pytest.mark.parametrize("minutes", [-1, 121])
def test_the_minutes_of_loading_have_bounds(minutes: int) -> None:
    with pytest.raises(ValueError, match="load_min"):
        PartParams(load_min=minutes)
