"""How the checker writes down what it finds, and how it measures time."""

from datetime import UTC, date, datetime

from optimizer.domain.assessment import Finding

PLAN = "PLAN"
"""The plan contradicts itself or the scenario."""
TRAVEL = "TRAVEL"
"""The plan's drives contradict its travel data, or the travel data cannot be true."""


def seconds_between(earlier: datetime, later: datetime) -> float:
    """Return the real seconds from one moment to another, negative if they are the other way round.

    Python subtracts moments of one time zone by the wall clock, which is an hour off when the clocks change.
    """
    return (later.astimezone(UTC) - earlier.astimezone(UTC)).total_seconds()


def breach(
    code: str,
    sentence: str,
    *,
    measured: float,
    limit: float,
    unit: str,
    advice: str,
    job_id: str | None = None,
    technician_id: str | None = None,
    day: date | None = None,
) -> Finding:
    """Return a finding whose excess is the distance between what was measured and what is allowed."""
    return Finding(
        code=code,
        job_id=job_id,
        technician_id=technician_id,
        day=day,
        measured=measured,
        limit=limit,
        over=abs(measured - limit),
        unit=unit,
        sentence=sentence,
        advice=advice,
    )
