"""The stories of scenarios/rules about people and tools that come together; each rule decides."""

from datetime import timedelta
from typing import TYPE_CHECKING

from optimizer.domain.technician import Certificate
from tests.golden.rules.story import (
    planned,
    scenario_of,
    stops,
    who,
    with_job,
    with_technician,
    without_rule,
)

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument


def places(document: "PlanDocument") -> dict[str, dict[int, str]]:
    """Return who has which place at each job: job id → seat → technician id."""
    found: dict[str, dict[int, str]] = {}
    for day in document.plan.shifts:
        for stop in day.stops:
            found.setdefault(stop.job_id, {})[stop.seat] = day.technician_id
    return found


def test_crew() -> None:
    scenario = scenario_of("crew")
    document = planned(scenario)
    # wu-bin is next door to both jobs, but the standing crew goes together, and only liu-zhiyong may lead
    assert places(document) == {"AZ-1": {0: "liu-zhiyong", 1: "chen-guoqiang"}, "AZ-2": {0: "wu-bin"}}
    assert document.plan.unserved == ("AZ-3",)
    together = [stop for day in document.plan.shifts for stop in day.stops if stop.job_id == "AZ-1"]
    assert len({(stop.start, stop.end) for stop in together}) == 1
    # without the rule one person comes, so wu-bin can, who has the licence as well as the rope
    assert who(planned(without_rule(scenario, "CREW")))["AZ-1"] == "wu-bin"


def test_who_may_lead() -> None:
    scenario = scenario_of("crew")
    trained = with_technician(scenario, "liu-zhiyong", {"level": 1})
    assert "AZ-1" in planned(trained).plan.unserved
    licensed = {"level": 2, "certificates": (Certificate(name="welding"),)}
    both = with_technician(trained, "chen-guoqiang", licensed)
    assert places(planned(both))["AZ-1"] == {0: "chen-guoqiang", 1: "liu-zhiyong"}


def test_without_a_standing_crew_whoever_is_near_comes() -> None:
    scenario = scenario_of("crew").model_copy(update={"crews": ()})
    document = planned(scenario)
    assert document.plan.unserved == ()
    assert set(places(document)["AZ-3"].values()) == {"wu-bin", "liu-zhiyong", "chen-guoqiang"}


def test_shared_tool() -> None:
    scenario = scenario_of("shared_tool")
    document = planned(scenario)
    assert document.plan.unserved == ("AZ-2",)
    assert who(document) == {"AZ-1": "wu-bin", "WX-1": "wang-lei"}
    (hoist,) = document.plan.tools
    assert [one.job_id for one in hoist.stops] == ["AZ-1", "WX-1"]
    first, second = hoist.stops
    handed_over = stops(document)["AZ-1"].end + timedelta(minutes=15)
    assert first.end == handed_over
    way = timedelta(seconds=second.leg.travel_s)
    assert way > timedelta(minutes=5)
    assert stops(document)["WX-1"].start == handed_over + way
    without = planned(without_rule(scenario, "SHARED_TOOL"))
    assert without.plan.unserved == ()
    assert without.plan.tools == ()
    assert stops(without)["WX-1"].start < stops(without)["AZ-1"].end
    early = with_job(scenario, "WX-1", {"shared_tools": ()})
    assert stops(planned(early))["WX-1"].start < stops(planned(early))["AZ-1"].start
