"""Technicians and their shifts: who can work, with what, from where, and when."""

from datetime import date, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Cents, Count, Id, Minutes, Name, Record, is_unset
from optimizer.domain.place import Place
from optimizer.domain.time import DateRange, DaySpan, Instant, WallClock

WorkKind = Literal["installation", "repair", "complaint", "maintenance", "survey", "other"]
"""What kind of work an order is; a skill is such a kind, or a kind and a product line."""

Means = Literal["car", "motorcycle", "public_transport", "long_distance"]
"""How a technician gets about; ``long_distance``: public transport in town, trains and ships between."""

Level = Annotated[int, Field(ge=1, le=5)]
"""Proficiency from 1 (trained) to 5 (master)."""


class Certificate(Record):
    """A statutory certificate and the days on which it is valid."""

    name: Name
    """Which certificate, e.g. ``electrician``."""
    valid_from: date | None = None
    """First valid day; none: since ever."""
    valid_until: date | None = None
    """Last valid day, included; none: without end."""

    def valid_on(self, day: date) -> bool:
        """Tell whether the certificate is valid on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class BreakRule(Record):
    """A rest of a given length that lies inside a window."""

    minutes: Annotated[int, Field(ge=1, le=240)]
    """Length in minutes."""
    inside: DaySpan
    """The whole rest, from begin to end, lies inside this span, local time; at least as long as the rest."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.inside.length() < timedelta(minutes=self.minutes):
            raise ValueError(
                "the rest is longer than the span it lies in; shorten the rest or widen the span"
            )
        return self


class SoFar(Record):
    """What is done of a shift; the plan goes on from there."""

    free_at: Instant
    """From when on the technician can be sent on, from where the shift then starts. Of who is at work on a job, when
    that work began: the job stands first in the plan. Of who is on the way, when the job is reached."""
    orders: dict[WorkKind, Count] = {}
    """Orders done: kind of work → how many."""
    hours: Annotated[float, Field(ge=0, le=48)] = 0.0
    """Hours worked: service, set-up, loading on the way and driving."""
    only_finish: Annotated[bool, Field(exclude_if=is_unset)] = False
    """The day's limits do not hold any more: what has begun is finished, and nothing else is planned."""

    to_set_up: Annotated[bool, Field(exclude_if=is_unset)] = False
    """Who is on the way or waits has nothing set up at the start place: the first visit there takes its set-up."""


class Shift(Record):
    """One technician's working day."""

    day: date
    """The day, local date."""
    start: WallClock = time(9)
    """Earliest leaving from the start place, local time."""
    end: WallClock = time(18)
    """Regular end: later presence is overtime. Not after `start`: the shift ends on the next day."""
    overtime_limit_min: Annotated[int, Field(ge=0, le=480)] | None = None
    """Minutes beyond the regular end at most; none: the policy's value."""
    rest: BreakRule | Literal["policy", "none"] = "policy"
    """The midday rest: the policy's, none, or one's own."""
    absences: tuple[DaySpan, ...] = ()
    """Times away within the day (a doctor's visit): no driving, no service; in order, not overlapping."""
    start_at: Place | None = None
    """Start place of this day if not the technician's usual one."""
    end_at: Place | None = None
    """End place of this day if not the technician's usual one."""
    so_far: Annotated[SoFar | None, Field(exclude_if=is_unset)] = None
    """What is done of it; none: nothing is known to be. Absent from a file where it is none."""


class Onboarding(Record):
    """What a new technician must have before the first job."""

    examined: bool = True
    """Passed the entrance examination."""
    insured: bool = True
    """Insured against accidents."""
    safety_agreement: bool = True
    """Signed the safety agreement."""
    trained_products: tuple[Name, ...] | None = None
    """Product lines trained on; none: all."""


class Territory(Record):
    """Where a technician works."""

    areas: tuple[Name, ...] = ()
    """Names of areas served; empty: any."""
    branches: tuple[Id, ...] = ()
    """Branches whose jobs are served; empty: any."""
    radius_km: Annotated[float, Field(gt=0, le=2000)] | None = None
    """Personal great-circle radius in km around the usual start place; none: unlimited."""


class Attendance(Record):
    """Whether somebody has clocked in on a day."""

    day: date
    """The day, local date."""
    clocked_in_at: Instant | None = None
    """When the technician clocked in; none: not so far."""


class Ledger(Record):
    """What somebody has worked so far in a period, before the horizon."""

    jobs: Count = 0
    """Jobs done."""
    repairs: Count = 0
    """Repair orders among them."""
    hours: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Hours worked: service and travel."""


class Technician(Record):
    """A person who visits customers: installer, repairer, or both."""

    technician_id: Id
    """The technician's id, unique in the scenario."""
    name: str = ""
    """What people call the technician. Personal data."""
    branch_id: Id
    """The branch the technician belongs to."""
    home: Place | None = None
    """Home. Personal data."""
    starts_from: Literal["branch", "home"] = "branch"
    """Where the day starts."""
    ends_at: Literal["branch", "home"] = "branch"
    """Where the day ends."""
    skills: dict[Name, Level] = {}
    """Kind of work, or kind/product such as ``repair/aircon`` → level."""
    level: Level = 3
    """General proficiency; scales service times."""
    certificates: tuple[Certificate, ...] = ()
    """Statutory certificates."""
    kits: tuple[Name, ...] = ()
    """Names of tool kits of the policy, e.g. ``installer``."""
    tools: tuple[Name, ...] = ()
    """Tools carried beyond the kits."""
    missing_tools: tuple[Name, ...] = ()
    """Tools of the kits that were missing at the last inspection and not yet replaced."""
    last_inspection: date | None = None
    """Day of the last tool inspection; none: not recorded, taken as passed."""
    parts: dict[Name, Count] = {}
    """Spare parts on the van: part → pieces."""
    means: Means = "car"
    """Usual means of transport."""
    other_means: Annotated[tuple[Means, ...], Field(exclude_if=is_unset)] = ()
    """Means granted beside it, each for a whole day or trip; absent from a file where there are none."""
    nights_away: Annotated[int, Field(ge=0, le=13, exclude_if=is_unset)] = 0
    """Nights in a row for which trips of this person are approved; absent from a file where it is 0: home every day."""
    territory: Territory = Territory()
    """Where the technician works; empty: everywhere."""
    lent_for: Annotated[tuple[Id, ...] | None, Field(min_length=1, max_length=200, exclude_if=is_unset)] = (
        None
    )
    """Comes from a branch that is planned apart, for these jobs and no others; absent from a file where not."""
    shifts: tuple[Shift, ...] | None = None
    """Working days; none: the policy's usual shift on every working day of the horizon."""
    usual_otherwise: Annotated[bool, Field(exclude_if=is_unset)] = False
    """Works the policy's usual shift on every working day that is not among `shifts`; absent from a file where not."""
    min_rest_min: Minutes = 11 * 60
    """Rest in minutes between the end of one shift's work and the start of the next shift."""
    leave: tuple[DateRange, ...] = ()
    """Approved leave, sickness, training."""
    suspended: tuple[DateRange, ...] = ()
    """Days under suspension."""
    attendance: tuple[Attendance, ...] = ()
    """Days on which it is known whether the technician has clocked in; at most one record a day."""
    onboarding: Onboarding = Onboarding()
    """What the technician had before the first job."""
    wage_cents_per_hour: Cents | None = None
    """Regular wage per hour in cents; overtime is priced from it; none: the policy's rate."""
    piece_pay: bool = True
    """Paid by the piece: work is shared out evenly among these people."""
    month_to_date: Ledger = Ledger()
    """Work done this month before the horizon."""
    week_to_date: Ledger = Ledger()
    """Work done this week before the horizon."""

    @property
    def all_means(self) -> tuple[Means, ...]:
        """The usual means of transport and those granted beside it."""
        return (self.means, *(means for means in self.other_means if means != self.means))

    @model_validator(mode="after")
    def _home_known(self) -> Self:
        if self.home is None and "home" in (self.starts_from, self.ends_at):
            raise ValueError("the day starts or ends at home but no home is given; add home or use branch")
        return self
