"""Forbidding by what is lacking."""

from optimizer.domain.roster import ShiftKey
from optimizer.rules.lacking import forbid_lacking
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
