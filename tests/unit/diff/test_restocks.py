"""Halts at branches on the way as differences of two plans."""

from optimizer.assess import assess
from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan
from tests.unit.restock_day import FAN, answer, question, with_halt

OF = question(branches=(*question().branches, question().branches[1].model_copy(update={"branch_id": "B1b"})))


def document(plan: Plan) -> PlanDocument:
    """Return a plan with what it is worth."""
    return PlanDocument(plan=plan, assessment=assess(OF, plan))


PAST, CALLS = document(answer(OF, "J1", "J2")), document(answer(OF))


def said(old: PlanDocument, new: PlanDocument) -> str:
    """Return the sentence on the day of T1."""
    (sentence,) = (one.sentence for one in diff_plans(old, new).shifts if one.technician_id == "T1")
    return sentence


def test_a_halt_put_in_is_said() -> None:
    # B2 lies on the way: as many metres and seconds of driving, ten minutes more in all.
    assert said(PAST, CALLS) == (
        "T1 on 2026-07-15: loads parts at B2 on the way now, back 11:36 instead of 11:26."
    )
    diff = diff_plans(PAST, CALLS)
    assert "1 halt at a branch on the way more." in diff.sentences
    (day,) = diff.shifts
    assert day.old is not None
    assert day.new is not None
    assert (day.old.restocks, day.new.restocks) == ((), ("B2",))
    assert "restocks" not in day.old.model_dump_json()


def test_a_halt_taken_out_is_said() -> None:
    assert said(CALLS, PAST) == (
        "T1 on 2026-07-15: loads no parts at B2 on the way any more, back 11:26 instead of 11:36."
    )
    assert "1 halt at a branch on the way less." in diff_plans(CALLS, PAST).sentences


def test_a_halt_at_another_branch_is_said() -> None:
    other = document(with_halt(answer(OF), branch_id="B1b"))
    assert said(CALLS, other) == "T1 on 2026-07-15: loads parts at B1b on the way instead of B2."
    assert not any("halt" in one for one in diff_plans(CALLS, other).sentences)


def test_other_pieces_are_another_day() -> None:
    more = document(with_halt(answer(OF), picked_up={FAN: 3}))
    assert said(CALLS, more) == "T1 on 2026-07-15: the same figures, other stops, parts or times."


def test_a_new_day_says_where_it_loads() -> None:
    idle = document(answer(OF).model_copy(update={"shifts": answer(OF).shifts[1:]}))
    assert said(idle, CALLS) == (
        "T1 on 2026-07-15: works now, 2 stops from 09:00 to 11:36, loads parts at B2 on the way."
    )


def test_the_difference_turns_one_plan_into_the_other_and_back() -> None:
    more = document(with_halt(answer(OF), picked_up={FAN: 3}))
    for old, new in ((PAST, CALLS), (CALLS, PAST), (CALLS, more)):
        assert apply(diff_plans(old, new), old) == new
    assert diff_plans(CALLS, CALLS).is_empty
