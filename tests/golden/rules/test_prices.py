"""The stories of scenarios/rules: what appointments, bonuses, preferences, changes and uneven work cost.

Most stories say what the price changes: the same day is planned without the rule, too.
"""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

FOLDER = Path(__file__).parents[3] / "scenarios" / "rules"


@cache
def planned(name: str, *, without: str = "") -> "PlanDocument":
    from optimizer.control import Iterations
    from optimizer.interchange.scenario_file import load_scenario
    from optimizer.planning import plan_scenario

    scenario = load_scenario(FOLDER / f"{name}.yaml")
    if without:
        rules = {**scenario.policy.rules, without: {"active": False}}
        policy = scenario.policy.model_copy(update={"rules": rules})
        scenario = scenario.model_copy(update={"policy": policy})
    return plan_scenario(scenario, stop=Iterations(200))


def served_by(document: "PlanDocument") -> dict[str, str]:
    return {stop.job_id: day.technician_id for day in document.plan.shifts for stop in day.stops}


def owed(document: "PlanDocument", code: str) -> dict[str | None, int]:
    """Return what is owed under a rule, by job."""
    return {line.job_id: line.cents for line in document.assessment.bill.lines if line.code == code}


def test_broken_appointment() -> None:
    document = planned("broken_appointment")
    assert document.plan.unserved == ("WX-2",)
    assert owed(document, "BROKEN_APPOINTMENT") == {"WX-3": 3_000, "WX-4": 10_000}


def test_piece_bonus() -> None:
    document = planned("piece_bonus")
    assert Counter(served_by(document).values()) == {"zhang-lei": 2, "li-hua": 2}
    assert owed(document, "PIECE_BONUS") == {}
    assert len(planned("piece_bonus", without="PIECE_BONUS").plan.shifts) == 1


def test_month_bonus() -> None:
    document = planned("month_bonus")
    assert served_by(document) == {"WX-1": "peng-fei", "BY-1": "zhao-gang"}
    assert owed(document, "MONTH_BONUS") == {}
    without = planned("month_bonus", without="MONTH_BONUS")
    assert set(served_by(without).values()) == {"zhao-gang"}


def test_empty_visit() -> None:
    document = planned("empty_visit")
    assert len(served_by(document)) == 4
    assert owed(document, "EMPTY_VISIT") == {None: 450}


def test_subsidy() -> None:
    document = planned("subsidy")
    assert served_by(document) == {"WX-1": "chen-guoqiang", "WX-2": "li-hua", "WX-3": "li-hua"}
    assert owed(document, "SUBSIDY") == {"WX-2": 18_000, "WX-3": 3_000}
    assert document.assessment.bill.transfer_cents == 21_000
    assert served_by(planned("subsidy", without="SUBSIDY"))["WX-1"] == "li-hua"


def test_dedicated() -> None:
    document = planned("dedicated")
    assert served_by(document) == {"WX-1": "peng-fei", "WX-2": "zhao-gang"}
    assert owed(document, "DEDICATED") == {"WX-2": 1_000}


def test_overqualified() -> None:
    document = planned("overqualified")
    assert served_by(document) == {"WX-1": "zhou-min", "WX-2": "he-jun"}
    assert owed(document, "OVERQUALIFIED") == {}
    assert served_by(planned("overqualified", without="OVERQUALIFIED"))["WX-1"] == "he-jun"


def test_change() -> None:
    document = planned("change")
    assert served_by(document) == {"WX-1": "zhou-min", "WX-2": "li-hua", "WX-3": "zhou-min"}
    assert start_of(document, "WX-1") == start_of(document, "WX-2") == "10:00"
    assert "10:30" < start_of(document, "WX-3") < "12:00"
    lines = [line for line in document.assessment.bill.lines if line.code == "CHANGE"]
    # at short notice everything costs twice: 2 × 10 yuan for another technician, 2 × 30 for asking, 2 × 8 for the time
    assert [(line.job_id, line.cents) for line in lines] == [
        ("WX-1", 2_000),
        ("WX-3", 6_000),
        ("WX-3", 2_000 + 1_600),
    ]
    assert document.plan.unserved == ()
    swapped = served_by(planned("change", without="CHANGE"))
    assert (swapped["WX-1"], swapped["WX-2"]) == ("li-hua", "zhou-min")


def start_of(document: "PlanDocument", job_id: str) -> str:
    """Return the local time at which service starts."""
    (start,) = (one.start for day in document.plan.shifts for one in day.stops if one.job_id == job_id)
    return f"{start:%H:%M}"


def test_fairness() -> None:
    document = planned("fairness")
    assert set(served_by(document).values()) == {"li-hua"}
    assert owed(document, "FAIRNESS") == {}
    assert set(served_by(planned("fairness", without="FAIRNESS")).values()) == {"zhang-lei"}
