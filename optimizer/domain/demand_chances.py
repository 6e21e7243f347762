"""What chance does to a day: how long work and driving really take, who is away, what fails at the door.

Every share is between 0 and 1, every spread is the standard deviation of a logarithm: 0.3 means that two days of three
lie between 26 % below and 35 % above the middle. A spread or share of 0 switches its chance off.
"""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Name, Record
from optimizer.domain.time import WallClock

Share = Annotated[float, Field(ge=0, le=1)]
"""A share of all, 0 to 1."""
Spread = Annotated[float, Field(ge=0, le=2)]
"""Standard deviation of a logarithm, 0 to 2."""
Factor = Annotated[float, Field(ge=0, le=100)]
"""So many times the usual, 0 to 100."""
PositiveFactor = Annotated[float, Field(ge=0.01, le=100)]
"""So many times the usual, 0.01 to 100."""
LevelShares = tuple[Share, Share, Share, Share, Share]
"""A share for each level of technician, 1 to 5."""
LevelFactors = tuple[PositiveFactor, PositiveFactor, PositiveFactor, PositiveFactor, PositiveFactor]
"""A factor for each level of technician, 1 to 5."""
DurationShape = Literal["log-normal", "exponential"]
"""How real times are distributed around planned ones."""


def _is_usual(shape: object) -> bool:
    return shape == "log-normal"


class RealDuration(Record):
    """How long a type of job really takes, beside what is planned."""

    median: PositiveFactor = 1.0
    """Middle of real ÷ planned time on site: half of the visits take longer. Default: planned times are right
    (assumption)."""
    spread: Spread = 0.3
    """Standard deviation of ln(real ÷ planned). Service times are close to log-normal (Brown and others 2005,
    doi:10.1198/016214504000001808); 0.3 is an assumption. Not asked for where they are exponential."""
    shape: Annotated[DurationShape, Field(exclude_if=_is_usual)] = "log-normal"
    """How real ÷ planned is distributed. ``exponential``: as queueing formulas have it, most visits short and a few
    very long, the mean 1.44 times the median; absent from a file where it is log-normal."""


class Durations(Record):
    """Real time on site around the planned time."""

    usual: RealDuration = RealDuration()
    """For types that are not named."""
    by_type: dict[Name, RealDuration] = {}
    """Job type → how long it really takes."""
    by_level: LevelFactors = (1.0, 1.0, 1.0, 1.0, 1.0)
    """Real ÷ planned time for technicians of level 1 to 5, beside what the rule `DURATION` plans for the level.
    Default: the plan is right about levels (assumption)."""

    def of(self, job_type: str) -> RealDuration:
        """Return how long a type of job really takes."""
        return self.by_type.get(job_type, self.usual)


class TravelChances(Record):
    """Real travel time ÷ planned: log-normal, a part shared by the whole day and a part of each leg."""

    median: PositiveFactor = 1.0
    """Middle of real ÷ planned travel time. Default: the travel model is right in the middle (assumption)."""
    day_spread: Spread = 0.08
    """Standard deviation of ln(real ÷ planned) from day to day: weather, holidays (assumption)."""
    leg_spread: Spread = 0.2
    """Standard deviation of ln(real ÷ planned) from leg to leg of one day (assumption)."""


class Failures(Record):
    """What goes wrong with a visit; each is asked only where those before it did not happen."""

    cancelled: Share = 0.02
    """Share of reports that the customer takes back before anybody comes (assumption)."""
    no_access: Share = 0.03
    """Share of visits at which nobody opens (assumption)."""
    site_not_ready: Share = 0.04
    """Share of installations whose site turns out not to be ready (assumption)."""
    part_missing: LevelShares = (0.14, 0.12, 0.10, 0.08, 0.06)
    """Share of visits that fail for want of a part, by level of technician. With `not_fixed` 85 % are mended at the
    first visit at level 3: average companies reach 80 %, the best 88 % (Aberdeen Group, told by ServiceMax 2015,
    "First Time Fix Rate"); that it falls with the level is an assumption."""
    not_fixed: LevelShares = (0.09, 0.07, 0.05, 0.04, 0.03)
    """Share of the other visits after which the fault is still there, by level of technician; see `part_missing`."""


class Absences(Record):
    """Who does not come, or comes late, without a plan."""

    sick: Share = 0.03
    """Share of technicians who are ill on a day (assumption: 7 to 8 of 250 working days)."""
    sick_days: Annotated[float, Field(ge=1, le=30)] = 3.0
    """How long an illness lasts in the mean, in days, weekends counted; no more than 30 (assumption)."""
    call_off_min: Annotated[int, Field(ge=0, le=240)] = 30
    """So many minutes before the shift a technician who fell ill calls off (assumption)."""
    late: Share = 0.02
    """Share of shifts that begin late (assumption)."""
    late_min: Annotated[float, Field(ge=1, le=240)] = 20.0
    """How late in the mean, in minutes; exponential, at most four hours (assumption)."""


class WindowShape(Record):
    """An appointment window that the company offers, and how often customers take it."""

    start: WallClock
    """Opens at this local time."""
    end: WallClock
    """Closes at this local time, after `start`."""
    weight: Annotated[float, Field(gt=0, le=1_000_000)] = 1.0
    """How often it is taken, beside the others."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError("the window ends before it starts; swap start and end")
        return self

    @property
    def minutes(self) -> float:
        """Its length in minutes."""
        opens, closes = (datetime.combine(date.min, at) for at in (self.start, self.end))
        return (closes - opens).total_seconds() / 60


Weights = Annotated[
    tuple[Annotated[float, Field(ge=0, le=1_000_000)], ...], Field(min_length=1, max_length=60)
]
"""How often each of several things happens beside the others; only their ratio counts."""


class Appointments(Record):
    """What customers agree with the desk when they report."""

    share: Share = 0.0
    """Share of customers who ask for a window; the others take any time. Default: nobody."""
    shapes: Annotated[tuple[WindowShape, ...], Field(max_length=500)] = ()
    """Windows on offer; at least one where `share` is above 0."""
    length_percent: Annotated[int, Field(ge=10, le=1000)] = 100
    """Length of the windows in percent of `shapes`, around the same middle and within the earliest opening and the
    latest closing of all."""
    days_ahead: Weights = (50.0, 35.0, 15.0)
    """How often a window lies on the day of the report, one working day later, two, … (assumption)."""
    days_ahead_by_type: dict[Name, Weights] = {}
    """Job type → the same for this type."""
    lead_min: Annotated[int, Field(ge=0, le=1440)] = 120
    """A window on the day of the report closes at least so many minutes after the desk has written the order
    (assumption)."""

    @model_validator(mode="after")
    def _offered(self) -> Self:
        if self.share > 0 and not self.shapes:
            raise ValueError("customers ask for windows but none is on offer; give shapes, or 0 as share")
        for weights in (self.days_ahead, *self.days_ahead_by_type.values()):
            if sum(weights) <= 0:
                raise ValueError("no day is ever taken; give one of the days ahead a number above 0")
        return self
