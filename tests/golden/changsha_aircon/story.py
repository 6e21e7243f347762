"""How the tests of scenarios/changsha-aircon read a plan."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import ShiftPlan, Stop

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

FOLDER = Path(__file__).parents[3] / "scenarios" / "changsha-aircon"
OFF_DUTY = {"tan-liang", "yang-fan", "yu-xin", "zhong-yi"}


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-07-15T{clock}:00+08:00")


def served_by(days: dict[str, ShiftPlan], job_id: str) -> str | None:
    return next(iter(visits(days, job_id)), None)


def visits(days: dict[str, ShiftPlan], job_id: str) -> dict[str, Stop]:
    """Return who is at a job, and when."""
    return {one: stop for one, day in days.items() for stop in day.stops if stop.job_id == job_id}


def only(days: dict[str, ShiftPlan], job_id: str) -> Stop:
    """Return the one visit of a job."""
    (stop,) = visits(days, job_id).values()
    return stop


def lines(document: "PlanDocument", code: str) -> list[BillLine]:
    return [line for line in document.assessment.bill.lines if line.code == code]
