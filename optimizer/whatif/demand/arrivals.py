"""Reports of a day: how many of each kind, and when.

Each kind of report (area, product, type) has a line of points of its own with one point a unit of length in the mean;
a report is there for every point before the expected number. More demand takes more of the same line, so all reports
there were before are there, too, with the same ids, customers and times; without demand nothing is taken.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.demand_model import DemandModel, DemandSource
from optimizer.domain.scenario import MAX_JOBS
from optimizer.errors import InvalidInput, Issue
from optimizer.whatif.demand.chain import Chain, NamePart, which


class Arrival(NamedTuple):
    """A customer reports something."""

    number: str
    """Number of the report on its day: number of its kind, and the how-manieth of it."""
    name: tuple[NamePart, ...]
    """What its draws are named by."""
    source: DemandSource
    """Where it comes from."""
    type: str
    """Job type."""
    at: datetime
    """When, local time in whole seconds."""


def arrivals(model: DemandModel, chain: Chain, day: date, zone: ZoneInfo) -> tuple[Arrival, ...]:
    """Draw the reports of a day, in order of time.

    Parameters
    ----------
    model : the demand
    chain : source of chance
    day : local date
    zone : time zone of the intake

    Raises
    ------
    InvalidInput
        More reports are to be expected in a day than a scenario holds.
    """
    expected = model.jobs_a_day(day)
    if expected > 0.9 * MAX_JOBS:
        cause = f"About {expected:,.0f} reports are to be expected on {day}."
        action = f"Lower units, failures_per_day or demand: a scenario holds {MAX_JOBS:,} jobs."
        raise InvalidInput((Issue("too-many-jobs", "sources", cause, action),))
    level = day_level(model, chain, day)
    found: list[Arrival] = []
    kind = 0
    for source in model.sources:
        for job_type in model.mix(source.product).types:
            kind += 1
            mean = level * model.expected(source, job_type, day)
            line: tuple[NamePart, ...] = (day.isoformat(), source.area, source.product, job_type)
            count, passed = 1, chain.exponential("report", *line, 1)
            while passed < mean:
                name = (*line, count)
                at = _moment(model, chain, day, zone, name)
                found.append(Arrival(f"{kind}-{count}", name, source, job_type, at))
                count += 1
                passed += chain.exponential("report", *line, count)
    return tuple(sorted(found, key=lambda one: one.at.timestamp()))


def day_level(model: DemandModel, chain: Chain, day: date) -> float:
    """Draw how busy a day is, 1 in the mean.

    Parameters
    ----------
    model : the demand with its `day_variation`
    chain : source of chance
    day : local date
    """
    if model.day_variation == 0:
        return 1.0
    return chain.gamma(model.day_variation**-2, "level", day.isoformat())


def _moment(
    model: DemandModel, chain: Chain, day: date, zone: ZoneInfo, name: tuple[NamePart, ...]
) -> datetime:
    hour = which(model.hours, chain.uniform("hour", *name))
    into = timedelta(seconds=int(3600 * chain.uniform("second", *name)))
    return datetime.combine(day, time(hour), tzinfo=zone) + into
