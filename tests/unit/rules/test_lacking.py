"""Forbidding by what is lacking."""

from optimizer.domain.roster import ShiftKey
from optimizer.rules.lacking import cover_together, forbid_lacking
from tests.unit.rules.build import DAY, job, scenario, technician
from tests.unit.rules.recording import Recording


def test_one_call_for_each_need_that_somebody_lacks() -> None:
    of = scenario(
        [technician(tools=("a", "b")), technician(technician_id="T2", tools=("a",))],
        [job(job_id=f"J{i}") for i in range(4)],
    )
    draft = Recording(of)
    needs = [
        ("J0", frozenset[str]()),
        ("J1", frozenset({"a"})),
        ("J2", frozenset({"a", "b"})),
        ("J3", frozenset({"b"})),
    ]
    forbid_lacking(draft, needs, lambda shift: frozenset(shift.technician.tools))
    assert draft.forbidden == {("J2", ShiftKey("T2", DAY)), ("J3", ShiftKey("T2", DAY))}
    assert draft.calls == ["forbid", "forbid"]


def test_who_is_spared_may_do_the_job_all_the_same() -> None:
    of = scenario(
        [technician(), technician(technician_id="T2"), technician(technician_id="T3", tools=("a",))],
        [job(job_id=f"J{i}") for i in range(3)],
    )
    draft = Recording(of)
    needs = [(f"J{i}", frozenset({"a"})) for i in range(3)]
    brings = {"T1": frozenset[str](), "T2": frozenset[str](), "T3": frozenset({"a"})}
    spared = {"J1": "T2", "J2": "somebody else"}
    forbid_lacking(draft, needs, lambda shift: brings[shift.key.technician_id], spared=spared)
    without = {("J0", "T1"), ("J0", "T2"), ("J1", "T1"), ("J2", "T1"), ("J2", "T2")}
    assert draft.forbidden == {(one, ShiftKey(who, DAY)) for one, who in without}


def test_one_place_in_a_crew_only() -> None:
    of = scenario([technician()], [job()])
    draft = Recording(of)
    forbid_lacking(draft, [("J0", frozenset({"a"}))], lambda shift: frozenset[str](), seat=1)
    assert draft.seats_forbidden == {("J0", ShiftKey("T1", DAY), 1)}


def test_a_crew_is_covered_once_for_each_thing_and_those_with_whom_it_is_not_needed() -> None:
    of = scenario([technician(tools=("a",)), technician(technician_id="T2")], [])
    draft = Recording(of)
    needs = [("J0", "a", None), ("J1", "a", None), ("J1", "b", "T2"), ("J2", "b", None)]
    cover_together(draft, needs, lambda shift: frozenset(shift.technician.tools))
    one, two = ShiftKey("T1", DAY), ShiftKey("T2", DAY)
    assert draft.covers == {"J0": [frozenset({one})], "J1": [frozenset({one}), frozenset({two})]}
    assert draft.forbidden == {("J2", one), ("J2", two)}
    assert draft.calls == ["cover", "cover", "forbid"]
