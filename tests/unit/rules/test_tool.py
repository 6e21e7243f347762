"""TOOL."""

from datetime import date
from typing import Any

import pytest

from optimizer.domain.job import Rework, SiteFacts
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Onboarding
from optimizer.rules.tool import RULE, ToolParams
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


def test_what_belt_and_rope_are_called_is_a_parameter() -> None:
    of = scenario(
        [technician(kits=(), tools=("multimeter", "refrigerant gauge", "harness"))], [job(site=ROOF)]
    )
    (finding,) = RULE.check(of, ToolParams(belt="harness", rope="line"), plan(of, DONE))
    assert finding.sentence == "T1 goes to J1 without line."


@pytest.mark.parametrize(
    ("given", "spared"),
    [
        ({}, True),
        ({"tools": ("hand drill",)}, True),  # the job's own tool is in the installer's kit
        ({"tools": ("vacuum pump",)}, False),
        ({"site": ROOF}, False),  # no rope
        ({"rework": None}, False),
    ],
)
def test_the_installer_mends_the_own_work_with_the_own_kit(given: dict[str, Any], spared: bool) -> None:
    # a repair asks for a refrigerant gauge, which is in no installer's kit
    leak = Rework(installed_by="T1", installed_on=date(2026, 5, 20), fault="refrigerant_leak")
    people = [technician(kits=("installer",)), technician(technician_id="T2", kits=("installer",))]
    of = scenario(people, [job(**{"rework": leak} | given)], days=2)
    draft = Recording(of)
    RULE.compile(of, ToolParams(), draft)
    barred = {"T2"} if spared else {"T1", "T2"}
    assert draft.forbidden == {("J1", ShiftKey(who, day)) for who in barred for day in (DAY, NEXT_DAY)}
    for who in ("T1", "T2"):
        done = shift_plan([stop("J1", at("09:30"), at("10:30"))], technician_id=who)
        assert bool(list(RULE.check(of, ToolParams(), plan(of, [done])))) is (who in barred)


def test_a_policy_may_ask_installers_for_the_types_tools() -> None:
    leak = Rework(installed_by="T1", installed_on=date(2026, 5, 20), fault="refrigerant_leak")
    rules = {"SKILL": {"installer_mends_own": False}}
    of = scenario([technician(kits=("installer",))], [job(rework=leak)], rules=rules)
    (finding,) = RULE.check(of, ToolParams(), plan(of, DONE))
    assert finding.sentence == "T1 goes to J1 without refrigerant gauge."
    draft = Recording(of)
    RULE.compile(of, ToolParams(), draft)
    assert draft.forbidden == {("J1", ShiftKey("T1", DAY))}


def test_solve_sends_the_installer_under_the_defaults() -> None:
    leak = Rework(installed_by="T1", installed_on=date(2026, 5, 20), fault="refrigerant_leak")
    installer = technician(skills={"installation/aircon": 3}, kits=("installer",))
    installer = installer.model_copy(update={"onboarding": Onboarding(trained_products=("fridge",))})
    of = scenario([installer], [job(product="aircon", rework=leak), job(job_id="J2", product="aircon")])
    made = solved(of)
    assert (who_does(made), made.unserved) == ({"J1": "T1"}, ("J2",))


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


def crew(*who: str) -> list[ShiftPlan]:
    return [
        shift_plan([stop("J1", at("09:30"), at("10:30"), seat=seat)], technician_id=one)
        for seat, one in enumerate(who)
    ]


def test_a_crew_brings_the_tools_together() -> None:
    # a repair takes a multimeter and a refrigerant gauge, this one a rope as well
    people = [
        technician(kits=(), tools=("multimeter",)),
        technician(technician_id="T2", kits=(), tools=("refrigerant gauge", "rope")),
        technician(technician_id="T3"),
    ]
    of = scenario(people, [job(seats=2, tools=("rope",))])
    draft = Recording(of)
    RULE.compile(of, ToolParams(), draft)
    one, two, three = (ShiftKey(who, DAY) for who in ("T1", "T2", "T3"))
    assert draft.covers == {"J1": [frozenset({one, three}), frozenset({two, three}), frozenset({two})]}
    assert draft.forbidden == set()
    assert list(RULE.check(of, ToolParams(), plan(of, crew("T1", "T2")))) == []
    (finding,) = RULE.check(of, ToolParams(), plan(of, crew("T3", "T1")))
    assert (finding.technician_id, finding.over) == ("T3", 1)
    assert finding.sentence == "T3 and T1 go to J1 without rope."


def test_the_installer_in_a_crew_needs_none_of_the_types_tools() -> None:
    leak = Rework(installed_by="T1", installed_on=date(2026, 5, 20), fault="refrigerant_leak")
    people = [
        technician(kits=("installer",)),  # no refrigerant gauge
        technician(technician_id="T2", kits=("installer",)),
        technician(technician_id="T3", kits=("installer",), tools=("rope",)),
    ]
    of = scenario(people, [job(seats=2, rework=leak, tools=("rope",))])
    draft = Recording(of)
    RULE.compile(of, ToolParams(), draft)
    one, two, three = (ShiftKey(who, DAY) for who in ("T1", "T2", "T3"))
    # multimeter: all have one; refrigerant gauge: nobody, so the installer comes; the job's own rope all the same
    assert draft.covers == {"J1": [frozenset({one, two, three}), frozenset({one}), frozenset({three})]}
    assert list(RULE.check(of, ToolParams(), plan(of, crew("T3", "T1")))) == []
    (finding,) = RULE.check(of, ToolParams(), plan(of, crew("T1", "T2")))
    assert finding.sentence == "T1 and T2 go to J1 without rope."
    (finding,) = RULE.check(of, ToolParams(), plan(of, crew("T2", "T3")))
    assert finding.sentence == "T2 and T3 go to J1 without refrigerant gauge."
