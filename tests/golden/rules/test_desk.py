"""The stories of scenarios/rules: answers, calls, letters, the bench, progress checks, reports."""

from typing import TYPE_CHECKING

from optimizer.domain.assessment import ClockState, DeskTask
from tests.golden.rules.story import at, planned, scenario_of, stops

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument


def clocks(document: "PlanDocument", code: str) -> dict[str, ClockState]:
    return {clock.subject: clock for clock in document.assessment.clocks if clock.code == code}


def tasks(document: "PlanDocument", code: str) -> dict[str, DeskTask]:
    found = (task for task in document.assessment.desk if task.code == code)
    return {task.job_id or task.batch_id or "": task for task in found}


def owed(document: "PlanDocument", code: str) -> dict[str | None, int]:
    """Return the lines of the bill of a rule by job, and None for what belongs to no job."""
    return {line.job_id: line.cents for line in document.assessment.bill.lines if line.code == code}


def test_respond() -> None:
    document = planned(scenario_of("respond"))
    found = clocks(document, "RESPOND")
    assert {name: (clock.state, clock.due, clock.at) for name, clock in found.items()} == {
        "WX-1": ("missed", at("05:00"), at("09:00")),
        "WX-2": ("met", at("09:30"), at("09:05")),
        "WX-3": ("met", at("04:00"), at("03:00")),
    }
    assert set(tasks(document, "RESPOND")) == {"WX-1", "WX-2"}
    assert owed(document, "RESPOND") == {"WX-1": 1_000}


def test_contact() -> None:
    document = planned(scenario_of("contact"))
    assert document.plan.unserved == ("AZ-1",)
    found = tasks(document, "CONTACT")
    assert {name: (task.owner, task.due, task.start) for name, task in found.items()} == {
        "WX-2": ("gao-feng", at("16:20", 14), at("12:00")),
        "WX-1": ("gao-feng", at("12:10"), at("12:05")),
        "AZ-1": ("desk", at("13:00"), at("12:00")),
    }
    states = {name: clock.state for name, clock in clocks(document, "CONTACT").items()}
    assert states == {"WX-1": "met", "WX-2": "missed", "AZ-1": "met"}
    assert owed(document, "CONTACT") == {"WX-2": 20_000}


def test_reply_written() -> None:
    document = planned(scenario_of("reply_written"))
    found = clocks(document, "REPLY_WRITTEN")
    assert {name: (clock.state, clock.due, clock.at) for name, clock in found.items()} == {
        "WX-1": ("met", at("10:00"), at("09:00")),
        "WX-2": ("missed", at("08:30"), at("09:00")),
    }
    assert owed(document, "REPLY_WRITTEN") == {"WX-2": 5_000}


def test_follow_up() -> None:
    document = planned(scenario_of("follow_up"))
    found = clocks(document, "FOLLOW_UP")
    assert {name: clock.state for name, clock in found.items()} == {
        "school": "met",
        "shop": "missed",
        "hotel": "met",
        "AZ-1": "met",
    }
    assert (found["shop"].due, found["shop"].at) == (at("08:00"), at("09:00"))
    called = tasks(document, "FOLLOW_UP")
    assert set(called) == {"school", "shop", "AZ-1"}
    assert called["AZ-1"].start == stops(document)["AZ-1"].end
    assert owed(document, "FOLLOW_UP") == {None: 1_000}


def test_bench_repair() -> None:
    document = planned(scenario_of("bench_repair"))
    found = clocks(document, "BENCH_REPAIR")
    assert {name: (clock.state, clock.due, clock.at) for name, clock in found.items()} == {
        "school": ("at_risk", at("18:00", 16), at("18:00", 16)),
        "shop": ("missed", at("18:00"), at("18:00", 16)),
        "hotel": ("at_risk", at("18:00", 17), at("18:00", 17)),
    }
    assert owed(document, "BENCH_REPAIR") == {None: 5_000}
    assert document.plan.unserved == ()


def test_progress_check() -> None:
    document = planned(scenario_of("progress_check"))
    assert document.plan.unserved == ()
    ((name, task),) = tasks(document, "PROGRESS_CHECK").items()
    visit = stops(document)["WX-1"]
    assert (name, task.owner) == ("WX-1", "desk")
    assert (task.release - visit.start) / (visit.end - visit.start) == 0.75
    assert (task.due - visit.start) / (visit.end - visit.start) == 0.8
    assert task.start == task.release
    assert owed(document, "PROGRESS_CHECK") == {}


def test_report() -> None:
    document = planned(scenario_of("report"))
    assert document.plan.unserved == ()
    assert clocks(document, "REPORT") == {}
    assert tasks(document, "REPORT") == {}
    assert owed(document, "REPORT") == {}
