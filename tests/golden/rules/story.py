"""Plans the scenarios of scenarios/rules, as they are and with one thing changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from tests.architecture.project import ROOT

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument


def scenario_of(stem: str) -> Scenario:
    """Return the scenario that shows a rule, by the stem of its file."""
    from optimizer.interchange.scenario_file import load_scenario

    return load_scenario(ROOT / "scenarios" / "rules" / f"{stem}.yaml")


def planned(scenario: Scenario) -> "PlanDocument":
    """Return the plan of a short search."""
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    return plan_scenario(scenario, stop=Iterations(200))


def with_settings(scenario: Scenario, code: str, values: Mapping[str, object]) -> Scenario:
    """Return the scenario with other parameters of one rule."""
    policy = scenario.policy
    rules = policy.rules | {code: policy.rules.get(code, {}) | dict(values)}
    return scenario.model_copy(update={"policy": policy.model_copy(update={"rules": rules})})


def without_rule(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario with one rule switched off."""
    return with_settings(scenario, code, {"active": False})


def with_technician(scenario: Scenario, technician_id: str, facts: Mapping[str, object]) -> Scenario:
    """Return the scenario with other facts about one technician."""
    changed = tuple(
        one.model_copy(update=dict(facts)) if one.technician_id == technician_id else one
        for one in scenario.technicians
    )
    assert changed != scenario.technicians
    return scenario.model_copy(update={"technicians": changed})


def with_job(scenario: Scenario, job_id: str, facts: Mapping[str, object]) -> Scenario:
    """Return the scenario with other facts about one job."""
    changed = tuple(
        one.model_copy(update=dict(facts)) if one.job_id == job_id else one for one in scenario.jobs
    )
    assert changed != scenario.jobs
    return scenario.model_copy(update={"jobs": changed})


def who(document: "PlanDocument") -> dict[str, str]:
    """Return job id → technician id of the jobs served."""
    return {stop.job_id: day.technician_id for day in document.plan.shifts for stop in day.stops}


def stops(document: "PlanDocument") -> dict[str, Stop]:
    """Return the stops by job id."""
    return {stop.job_id: stop for day in document.plan.shifts for stop in day.stops}


def day_of(document: "PlanDocument", technician_id: str) -> ShiftPlan:
    """Return the only planned day of a technician."""
    (day,) = (day for day in document.plan.shifts if day.technician_id == technician_id)
    return day


def codes(document: "PlanDocument", job_id: str) -> dict[str, set[str]]:
    """Return what stops each technician from taking a job that is left out."""
    (reason,) = (reason for reason in document.assessment.unserved if reason.job_id == job_id)
    found = {one.technician_id: set(one.codes) for one in reason.obstacles}
    for ruled_out in reason.ruled_out:
        found |= {technician_id: set(ruled_out.codes) for technician_id in ruled_out.technician_ids}
    return found


def owed(document: "PlanDocument", code: str) -> list[tuple[str, int]]:
    """Return what is owed under a rule: job id or else technician id, and cents, in the order of the bill."""
    lines = (line for line in document.assessment.bill.lines if line.code == code)
    return [(line.job_id or line.technician_id or "", line.cents) for line in lines]


def states(document: "PlanDocument", code: str) -> dict[tuple[str, str], str]:
    """Return how the clocks of a rule stand: (job id, label) → state."""
    return {
        (clock.subject, clock.label): clock.state
        for clock in document.assessment.clocks
        if clock.code == code
    }


def at(clock: str, day: int = 15) -> datetime:
    """Return a moment of July 2026 in Changsha."""
    return datetime.fromisoformat(f"2026-07-{day}T{clock}:00+08:00")
