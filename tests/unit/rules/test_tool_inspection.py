"""TOOL_INSPECTION."""

from datetime import timedelta

from optimizer.domain.roster import ShiftKey
from optimizer.rules.tool_inspection import RULE, ToolInspectionParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
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


def test_kept_on_the_last_day_and_without_record() -> None:
    for inspected in (DAY - timedelta(days=31), DAY + timedelta(days=1), None):
        of = scenario([technician(last_inspection=inspected)])
        assert list(RULE.check(of, ToolInspectionParams(), plan(of, DONE))) == []


def test_overdue_by_four_days() -> None:
    of = scenario([technician(last_inspection=DAY - timedelta(days=35))])
    (finding,) = RULE.check(of, ToolInspectionParams(), plan(of, DONE))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (35, 31, 4, "days")
    assert (finding.job_id, finding.technician_id, finding.day) == (None, "T1", DAY)
    assert "Inspect" in RULE.advise(finding)
    assert list(RULE.check(of, ToolInspectionParams(interval_days=35), plan(of, DONE))) == []


def test_two_tools_missing() -> None:
    of = scenario([technician(missing_tools=("spanners", "tube cutter"))])
    (finding,) = RULE.check(of, ToolInspectionParams(), plan(of, DONE))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 0, 2, "missing")
    assert "Replace" in RULE.advise(finding)


def test_compile_takes_off_duty_day_by_day() -> None:
    of = scenario(
        [
            technician(last_inspection=DAY - timedelta(days=31)),  # day 32 is the next day
            technician(technician_id="T2", missing_tools=("spanners",)),
            technician(technician_id="T3"),
        ],
        [job(), job(job_id="J2")],
        days=2,
    )
    draft = Recording(of)
    RULE.compile(of, ToolInspectionParams(), draft)
    off = [ShiftKey("T1", NEXT_DAY), ShiftKey("T2", DAY), ShiftKey("T2", NEXT_DAY)]
    assert draft.forbidden == {(one, key) for one in ("J1", "J2") for key in off}
    assert draft.calls == ["forbid"]


def test_solve_honours_it() -> None:
    near = technician(last_inspection=DAY - timedelta(days=32))
    far = technician(technician_id="T2", branch_id="B2")
    jobs = [job(job_id="J1", place=north(1)), job(job_id="J2", place=north(2))]
    assert who_does(solved(near_and_far(near, far, jobs))) == {"J1": "T2", "J2": "T2"}
    longer = near_and_far(near, far, jobs, rules={"TOOL_INSPECTION": {"interval_days": 32}})
    assert who_does(solved(longer)) == {"J1": "T1", "J2": "T1"}
