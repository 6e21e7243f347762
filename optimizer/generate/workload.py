"""How long jobs take in a generated scenario, so that the demand is what the staff can just not do."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from optimizer.domain.job import Job
from optimizer.domain.policy import DEFAULT_JOB_TYPES, JobType
from optimizer.domain.technician import Shift, Technician

TRADES_OF_WORK: Final = (("installation", "survey"), ("repair", "complaint", "maintenance"))
"""Kinds of work that the same people do."""
FILL: Final = 0.85
"""What appointment windows leave of the hours, as a share; found by trying."""
REST_MIN: Final = 40.0
LEAST_SCALE: Final = 0.25
LARGEST_SCALE: Final = 2.0
INSPECTION_DAYS: Final = 31
TEST_RUN_MIN: Final = 30
"""An installation ends with a test run of half an hour, so it never takes less."""


def job_types(
    staff: Sequence[Technician], jobs: Sequence[Job], *, days: int, load: float
) -> dict[str, JobType]:
    """Return the job table, with times so long that the work of each trade fills its people's hours.

    Parameters
    ----------
    staff : technicians with their shifts
    jobs : all jobs
    days : number of planned days, at least 1
    load : hours of work asked for ÷ hours that the staff has, above 0
    """
    table: dict[str, JobType] = {}
    between_min = _minutes_between_jobs(len(jobs) / days)
    for trade in TRADES_OF_WORK:
        names = [name for name, row in DEFAULT_JOB_TYPES.items() if row.kind in trade]
        work = [job for job in jobs if job.type in names]
        has_min = FILL * load * sum(_minutes(technician, trade) for technician in staff)
        usual_min = sum(_usual_minutes(job) for job in work)
        visits = sum(job.seats or 1 for job in work)
        scale = (has_min - between_min * visits) / max(usual_min, 1)
        scale = min(max(scale, LEAST_SCALE), LARGEST_SCALE)
        table |= {name: _scaled(DEFAULT_JOB_TYPES[name], scale) for name in names}
    return table


def _minutes(technician: Technician, trade: tuple[str, ...]) -> float:
    """Return the minutes that a technician has for a trade, overtime included; two trades share them."""
    kinds = {skill.partition("/")[0] for skill in technician.skills}
    if not kinds.intersection(trade) or not technician.onboarding.examined or technician.missing_tools:
        return 0.0
    minutes = sum(
        _shift_minutes(shift) for shift in technician.shifts or () if not _away(technician, shift.day)
    )
    return minutes / sum(not kinds.isdisjoint(one) for one in TRADES_OF_WORK)


def _minutes_between_jobs(jobs_a_day: float) -> float:
    """Return the minutes of driving and set-up that a job brings along; many jobs have short ways."""
    return 12 + 80 / math.sqrt(max(jobs_a_day, 1))


def _shift_minutes(shift: Shift) -> float:
    start, end = (datetime.combine(shift.day, at) for at in (shift.start, shift.end))
    return (end - start).total_seconds() / 60 - REST_MIN + (shift.overtime_limit_min or 0)


def _away(technician: Technician, day: date) -> bool:
    inspected = technician.last_inspection
    overdue = inspected is not None and (day - inspected).days > INSPECTION_DAYS
    return overdue or any(span.covers(day) for span in (*technician.leave, *technician.suspended))


def _usual_minutes(job: Job) -> int:
    """Return the minutes of all its people together; mates of the other trade are counted to this one."""
    row = DEFAULT_JOB_TYPES[job.type]
    return (row.base_min + (job.units - 1) * row.per_unit_min) * (job.seats or 1)


def _scaled(row: JobType, scale: float) -> JobType:
    """Return a row of the table with its times scaled to steps of five minutes."""
    base_min = max(5 * round(row.base_min * scale / 5), 10)
    if row.kind == "installation":
        base_min = max(base_min, TEST_RUN_MIN)
    return row.model_copy(
        update={"base_min": base_min, "per_unit_min": 5 * round(row.per_unit_min * scale / 5)}
    )
