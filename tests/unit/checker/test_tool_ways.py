"""The ways of shared tools: by the travel data, in order of time, not in the past."""

from datetime import timedelta

from optimizer.checker import check_plan
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Leg, Plan, ToolPlan, ToolStop
from tests.unit import crew_day
from tests.unit.rules.build import at, leg


def found(made: Plan, code: str) -> list[Finding]:
    asked = crew_day.question()
    return [one for one in check_plan(asked, made) if one.code == code]


def with_hoist(**facts: object) -> Plan:
    made = crew_day.answer()
    return made.model_copy(update={"tools": (made.tools[0].model_copy(update=facts), *made.tools[1:])})


def second(**facts: object) -> tuple[ToolStop, ...]:
    """Return the hoist's stops with the second one changed."""
    first, then = crew_day.answer().tools[0].stops
    return first, then.model_copy(update=facts)


def test_a_sound_plan_has_no_findings() -> None:
    assert check_plan(crew_day.question(), crew_day.answer()) == ()


def test_a_tool_takes_as_long_as_the_travel_data_say() -> None:
    # J2 to J3 is 300 s and 3 km.
    fast = leg("job:J2", "job:J3", at("12:50"), travel_s=240)
    ways = [(one.unit, one.over) for one in found(with_hoist(stops=second(leg=fast)), "TRAVEL")]
    assert ways == [("m", 600), ("s", 60)]


def test_a_way_that_the_travel_data_do_not_have() -> None:
    nowhere: Leg = crew_day.answer().tools[0].last_leg.model_copy(update={"to_place": "job:J6"})
    (finding,) = found(with_hoist(last_leg=nowhere), "TRAVEL")
    assert (finding.unit, finding.technician_id) == ("legs", None)
    assert finding.sentence.startswith("The drive of hoist 1 of B1 on 2026-07-15 from job:J3 to job:J6")


def test_a_tool_does_not_leave_before_it_is_handed_over() -> None:
    early = leg("job:J2", "job:J3", at("12:49"), travel_s=300)
    (finding,) = found(with_hoist(stops=second(leg=early)), "PLAN")
    assert (finding.over, finding.job_id) == (1, "J3")  # 12:44 instead of 12:45


def test_a_tool_is_not_in_use_before_it_is_there() -> None:
    late = leg("job:J2", "job:J3", at("12:52"), travel_s=300)
    (finding,) = found(with_hoist(stops=second(leg=late)), "PLAN")
    assert finding.over == 2


def test_a_tool_goes_home_when_it_is_free() -> None:
    home = leg("job:J3", "branch:B1", at("14:18"), travel_s=900)
    (finding,) = found(with_hoist(last_leg=home), "PLAN")
    assert finding.over == 2  # free at 14:05, away at 14:03


def test_nothing_is_handed_over_before_it_is_in_use() -> None:
    stops = second(end=at("12:47"))
    assert 3 in [one.over for one in found(with_hoist(stops=stops), "PLAN")]


def test_no_tool_leaves_in_the_past() -> None:
    asked = crew_day.question().model_copy(update={"now": at("10:25")})
    sentences = [one.sentence for one in check_plan(asked, crew_day.answer()) if one.code == "PLAN"]
    assert "hoist 1 of B1 on 2026-07-15 leaves its branch 5 min before the present time." in sentences
    assert not any("nitrogen" in one for one in sentences)


def test_the_first_way_may_begin_at_any_time_of_the_day() -> None:
    tool: ToolPlan = crew_day.answer().tools[0]
    first = tool.stops[0]
    sooner = first.leg.model_copy(
        update={
            "departure": first.leg.departure - timedelta(minutes=5),
            "arrival": first.leg.arrival - timedelta(minutes=5),
        }
    )
    stops = (first.model_copy(update={"leg": sooner}), *tool.stops[1:])
    assert found(with_hoist(stops=stops), "PLAN") == []
