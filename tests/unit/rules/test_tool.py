"""TOOL."""

from optimizer.domain.job import SiteFacts
from optimizer.domain.roster import ShiftKey
from optimizer.rules.tool import RULE, ToolParams
from tests.unit.rules.build import (
    DAY,
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
ROOF = SiteFacts(working_height_m=2.6, outdoor_unit_floor=2)


def test_kept_with_belt_in_the_kit_and_rope() -> None:
    of = scenario([technician(tools=("rope",))], [job(site=ROOF)])
    assert list(RULE.check(of, ToolParams(), plan(of, DONE))) == []


def test_broken_by_two() -> None:
    # the repairer's kit has multimeter and refrigerant gauge, but neither rope nor drill
    of = scenario([technician()], [job(site=ROOF, tools=("hand drill",))])
    (finding,) = RULE.check(of, ToolParams(), plan(of, DONE))
    assert (finding.code, finding.measured, finding.limit, finding.over) == ("TOOL", 2, 0, 2)
    assert finding.sentence == "T1 goes to J1 without hand drill, rope."
    assert "T1" in RULE.advise(finding)


def test_height_and_floor_are_parameters() -> None:
    of = scenario([technician(kits=(), tools=("multimeter", "refrigerant gauge"))], [job(site=ROOF)])
    lenient = ToolParams(belt_above_m=2.6, rope_from_floor=3)
    assert list(RULE.check(of, lenient, plan(of, DONE))) == []
    (finding,) = RULE.check(of, ToolParams(), plan(of, DONE))
    assert finding.over == 2  # belt and rope


def test_compile_forbids_who_lacks_a_tool() -> None:
    of = scenario(
        [
            technician(),
            technician(technician_id="T2", tools=("rope",)),
            technician(technician_id="T3", tools=("rope",), missing_tools=("multimeter",)),
        ],
        [job(), job(job_id="roof", site=ROOF)],
    )
    draft = Recording(of)
    RULE.compile(of, ToolParams(), draft)
    lacking = {("roof", "T1"), ("J1", "T3"), ("roof", "T3")}
    assert draft.forbidden == {(one, ShiftKey(who, DAY)) for one, who in lacking}


def test_solve_honours_it() -> None:
    near, far = technician(), technician(technician_id="T2", branch_id="B2", tools=("rope",))
    jobs = [job(job_id="plain", place=north(1)), job(job_id="roof", place=north(2), site=ROOF)]
    assert who_does(solved(near_and_far(near, far, jobs))) == {"plain": "T1", "roof": "T2"}
    off = near_and_far(near, far, jobs, rules={"TOOL": {"active": False}})
    assert who_does(solved(off)) == {"plain": "T1", "roof": "T1"}
