"""The stories of scenarios/rules: dispatch orders, contracts, rework, complaints, and visits under warranty."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.domain.assessment import ClockState

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument
    from optimizer.domain.plan import Stop

FOLDER = Path(__file__).parents[3] / "scenarios" / "rules"


@cache
def planned(name: str) -> "PlanDocument":
    from optimizer.control import Iterations
    from optimizer.interchange.scenario_file import load_scenario
    from optimizer.planning import plan_scenario

    return plan_scenario(load_scenario(FOLDER / f"{name}.yaml"), stop=Iterations(200))


def stops(document: "PlanDocument") -> dict[str, "Stop"]:
    return {stop.job_id: stop for day in document.plan.shifts for stop in day.stops}


def served_by(document: "PlanDocument") -> dict[str, str]:
    return {stop.job_id: day.technician_id for day in document.plan.shifts for stop in day.stops}


def clocks(document: "PlanDocument", code: str) -> dict[str, ClockState]:
    """Return the clocks of a rule by job, and by label where a job has several."""
    found = (clock for clock in document.assessment.clocks if clock.code == code)
    return {f"{clock.job_id} {clock.label}".rstrip(): clock for clock in found}


def at(clock: str, day: str = "2026-07-15") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00+08:00")


def test_dispatch() -> None:
    document = planned("dispatch")
    assert document.plan.unserved == ("WX-1",)
    found = clocks(document, "DISPATCH")
    assert {name: clock.state for name, clock in found.items() if "target" in name} == {
        "WX-1 target": "missed",
        "WX-2 target": "met",
        "WX-3 target": "at_risk",
        "WX-4 target": "missed",
    }
    assert found["WX-2 target"].at == at("16:20", "2026-07-14")
    assert (found["WX-3 target"].due, found["WX-3 target"].slack_s) == (at("09:20"), 0)
    assert (found["WX-4 limit"].state, found["WX-4 limit"].slack_s) == ("at_risk", 10 * 60)
    assert (found["WX-1 limit"].state, found["WX-1 limit"].due) == ("open", at("09:00", "2026-07-16"))
    assert "DISPATCH" not in {line.code for line in document.assessment.bill.lines}


def test_onsite_contract() -> None:
    document = planned("onsite_contract")
    ((name, clock),) = clocks(document, "ONSITE_CONTRACT").items()
    assert (name, clock.due) == ("WX-2", at("10:00"))
    assert clock.state != "missed"
    assert document.plan.shifts[0].stops[0].job_id == "WX-2"
    assert document.plan.unserved == ()


def test_rework() -> None:
    document = planned("rework")
    who = served_by(document)
    assert (who["WX-1"], who["WX-2"]) == ("liu-zhiyong", "zhang-wenbin")
    assert (who["WX-3"], who["WX-4"]) == ("zhang-wenbin", "zhang-wenbin")
    found = clocks(document, "REWORK")
    assert {name: clock.due for name, clock in found.items()} == {"WX-1": at("10:30"), "WX-2": at("10:30")}
    assert all(clock.state in ("met", "at_risk") for clock in found.values())
    assert all(stops(document)[name].start <= at("10:30") for name in ("WX-1", "WX-2"))


def test_complaint() -> None:
    document = planned("complaint")
    found = clocks(document, "COMPLAINT")
    assert {name: clock.due for name, clock in found.items()} == {
        "TS-1": at("10:30"),
        "TS-2": at("10:30", "2026-07-17"),
    }
    assert found["TS-1"].at == stops(document)["TS-1"].end
    assert found["TS-1"].state != "missed"
    assert document.plan.shifts[0].stops[0].job_id == "TS-1"
    assert found["TS-2"].state == "met"


def test_periodic_visit() -> None:
    document = planned("periodic_visit")
    assert [(day.day.day, day.stops[0].job_id) for day in document.plan.shifts] == [
        (15, "BY-3"),
        (16, "BY-2"),
    ]
    assert document.plan.unserved == ("BY-1",)
    found = clocks(document, "PERIODIC_VISIT")
    assert {name: clock.due.date().day for name, clock in found.items()} == {"BY-2": 16, "BY-3": 15}
    assert all(clock.state == "at_risk" for clock in found.values())  # each on its last day
