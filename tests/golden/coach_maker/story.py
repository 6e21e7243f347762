"""Names and sums that the tests of the story share."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.domain.assessment import ClockState
from optimizer.domain.place import Place
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

FOLDER = Path(__file__).parents[3] / "scenarios" / "coach-maker"
TUESDAY = date(2026, 10, 13)
FRIDAY = date(2026, 10, 16)
HOLDERS = {"gu-weimin", "shen-jie", "liang-zhiqiang", "huang-jiahui", "hu-bo", "ran-guangming", "cui-dongzhe"}
EMERGENCIES = {"SH-03", "GZ-02", "CQ-09", "XA-08", "WL-05"}


def planned(scenario: Scenario, iterations: int, seed: int = 1) -> "PlanDocument":
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    return plan_scenario(scenario, stop=Iterations(iterations), seed=seed)


def at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-10-{day}T{clock}:00+08:00")


def clocks(document: "PlanDocument", code: str) -> dict[str, ClockState]:
    return {clock.subject: clock for clock in document.assessment.clocks if clock.code == code}


def branch_alone(scenario: Scenario, branch_id: str) -> Scenario:
    """What one branch alone has to do; nothing ties it to the others' work."""
    jobs = tuple(job for job in scenario.jobs if job.branch_id == branch_id)
    names = {job.job_id for job in jobs}
    return scenario.model_copy(
        update={
            "technicians": tuple(one for one in scenario.technicians if one.branch_id == branch_id),
            "jobs": jobs,
            "promises": tuple(promise for promise in scenario.promises if promise.job_id in names),
            "pins": tuple(pin for pin in scenario.pins if pin.job_id in names),
            "crews": (),
        }
    )


def days_of(document: "PlanDocument", technician_id: str) -> dict[int, ShiftPlan]:
    return {day.day.day: day for day in document.plan.shifts if day.technician_id == technician_id}


def done_on(day: ShiftPlan) -> list[str]:
    return [stop.job_id for stop in day.stops]


def cents(document: "PlanDocument", code: str, technician_id: str, *days: int) -> int:
    """What the bill says of one person on some days of October."""
    return sum(
        line.cents
        for line in document.assessment.bill.lines
        if (line.code, line.technician_id) == (code, technician_id)
        and line.day is not None
        and line.day.day in days
    )


def drive(one: Place, other: Place) -> tuple[float, float]:
    """Kilometres and hours of a long drive by car, from the scenario's profile; for more than 80 km."""
    from optimizer.domain.requirements import great_circle_m

    km = 1.25 * great_circle_m(one, other) / 1000  # detour
    return km, max(min(km, 200) / 82, km / 90) + 5 / 60  # motorway; parking


def yuan(km: float, hours: float) -> float:
    return 1.10 * km + 30 * hours  # car_cents_per_km, car_cents_per_hour


def far_km(scenario: Scenario) -> dict[str, float]:
    from optimizer.domain.requirements import great_circle_m

    places = {branch.branch_id: branch.place for branch in scenario.branches}
    return {
        job.job_id: great_circle_m(places[job.branch_id], job.place) / 1000
        for job in scenario.jobs
        if job.branch_id is not None
    }
