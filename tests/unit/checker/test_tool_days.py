"""One hoist of B1 on Wednesday: to J1 and back."""

from datetime import timedelta
from typing import Any

from optimizer.checker.structure import readable_part
from optimizer.checker.tool_days import tool_days
from optimizer.domain.plan import Plan, ToolPlan, ToolStop
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, leg, plan, scenario, shift_plan, stop

OF = scenario(
    jobs=(job(shared_tools=("hoist",)), job(job_id="J2")), branches=(branch(shared_tools={"hoist": 1}),)
)
DONE = shift_plan([stop("J1", at("09:30"), at("10:30")), stop("J2", at("11:00"), at("12:00"))])


def visit(**facts: Any) -> ToolStop:
    there = leg("branch:B1", "job:J1", at("09:30"))
    sound = ToolStop(job_id="J1", leg=there, start=at("09:30"), end=at("10:45"))
    return sound.model_copy(update=facts)


def out(*stops: ToolStop, **facts: Any) -> ToolPlan:
    made = stops or (visit(),)
    sound = ToolPlan(
        branch_id="B1",
        tool="hoist",
        piece=1,
        day=DAY,
        means="car",
        stops=made,
        last_leg=leg(f"job:{made[-1].job_id}", "branch:B1", made[-1].end + timedelta(minutes=10)),
    )
    return sound.model_copy(update=facts)


def with_tools(*days: ToolPlan) -> Plan:
    return plan(OF, [DONE], days)


def found(*days: ToolPlan) -> list[tuple[float, float, str]]:
    return [(one.measured, one.limit, one.unit) for one in tool_days(OF, with_tools(*days))]


def test_a_sound_day_has_no_finding() -> None:
    assert found(out()) == []


def test_more_pieces_than_there_are() -> None:
    assert found(out(piece=3)) == [(3, 1, "pieces")]
    assert found(out(tool="ladder")) == [(1, 0, "pieces")]


def test_unknown_branches_and_days() -> None:
    assert found(out(branch_id="B9")) == [(1, 0, "times")]
    assert found(out(day=NEXT_DAY)) == [(1, 0, "times")]


def test_a_day_twice() -> None:
    assert found(out(), out()) == [(2, 1, "times")]


def test_unknown_jobs() -> None:
    nowhere = leg("branch:B1", "job:J9", at("11:00"))
    stranger = out(visit(job_id="J9", leg=nowhere))
    assert found(stranger) == [(1, 0, "times")]
    assert [one.job_id for one in tool_days(OF, with_tools(stranger))] == ["J9"]


def test_the_rules_read_what_is_known() -> None:
    strange = visit(job_id="J9")
    made = with_tools(out(), out(visit(), strange), out(branch_id="B9"), out(day=NEXT_DAY), out(strange))
    kept = readable_part(OF, made).tools
    assert [[one.job_id for one in day.stops] for day in kept] == [["J1"], ["J1"]]
