"""Calls are on one timetable: a call that comes puts others off, at jobs that nobody moved."""

from optimizer.domain.policy import Desk
from optimizer.domain.preview import Move
from optimizer.preview import Previewer
from tests.unit.preview.two_days import PRICES, answer, question
from tests.unit.rules.build import at

CALLED = {code: facts for code, facts in PRICES.items() if code != "CONTACT"}


def changes(move: Move) -> dict[str | None, tuple[str | None, str | None]]:
    """Return how calls stand before and after a move, by job.

    Every order was written at nine, a call takes 20 minutes and is due at 09:20: who has two makes the second one with
    nothing to spare. T1 does J2, T2 does J1; one person at the desk calls for J3 and then for J4, which are left out.
    """
    written = {one: {"dispatched_at": at("09:00")} for one in ("J1", "J2", "J3", "J4")}
    of = question(rules=CALLED, **written)
    of = of.model_copy(update={"policy": of.policy.model_copy(update={"desk": Desk(people=1, task_min=20)})})
    found = Previewer(of, answer(of, t1=("J2",), t2=("J1",))).move(move)
    return {one.job_id: (one.was, one.now) for one in found.clocks if one.code == "CONTACT"}


def test_who_gets_a_job_calls_its_customer_first() -> None:
    assert changes(Move(job_id="J1", technician_id="T1", position=1)) == {"J2": ("met", "at_risk")}


def test_a_job_that_is_left_out_is_one_more_call_for_the_desk() -> None:
    # The desk calls for J1 at 09:00, for J3 at 09:20 and for J4 at 09:40.
    assert changes(Move(job_id="J1")) == {"J3": ("met", "at_risk"), "J4": ("at_risk", "missed")}


def test_a_job_that_is_served_is_one_call_less() -> None:
    # T1 calls for J2 at 09:00 and for J3 at 09:20, the desk for J4 at 09:00.
    assert changes(Move(job_id="J3", technician_id="T1")) == {
        "J3": ("met", "at_risk"),
        "J4": ("at_risk", "met"),
    }
