"""The scenario: the whole question a plan answers."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.approval import Approval
from optimizer.domain.base import Name, Record, is_unset
from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.place import CoordinateSystem
from optimizer.domain.policy import Policy
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.technician import Means, Technician
from optimizer.domain.ties import Crew, JobGroup
from optimizer.domain.time import Horizon, Instant
from optimizer.domain.travel import Travel

MAX_JOBS = 20_000
MAX_TECHNICIANS = 2_000
MAX_BRANCHES = 500


class HolidayCalendar(Record):
    """Which days are not working days."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166 country whose public holidays count; none: no public holidays."""
    free_weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    """ISO weekdays that are free (6 Saturday, 7 Sunday); empty: work all week."""
    extra_free_days: tuple[date, ...] = ()
    """Further free days."""
    extra_working_days: tuple[date, ...] = ()
    """Days that are worked although they would be free."""


class Scenario(Record):
    """The question: technicians, jobs, branches, policy, promises already made, the present time."""

    format: Literal["paigong-scenario-1"] = "paigong-scenario-1"
    """Name and version of this format."""
    name: Name
    """Short name of the scenario."""
    story: str = ""
    """What happens here, in prose."""
    time_zone: Name = "Asia/Shanghai"
    """IANA time zone of the local times."""
    coordinate_system: CoordinateSystem = "WGS-84"
    """What all coordinates refer to."""
    horizon: Horizon
    """The planned days."""
    now: Instant | None = None
    """The present time; none: the horizon's start. Nothing is planned before it."""
    calendar: HolidayCalendar = HolidayCalendar()
    """Which days are not working days."""
    branches: Annotated[tuple[Branch, ...], Field(min_length=1, max_length=MAX_BRANCHES)]
    """Branches, at least one."""
    technicians: Annotated[tuple[Technician, ...], Field(max_length=MAX_TECHNICIANS)]
    """Technicians."""
    jobs: Annotated[tuple[Job, ...], Field(max_length=MAX_JOBS)]
    """Jobs."""
    crews: tuple[Crew, ...] = ()
    """Standing crews."""
    groups: tuple[JobGroup, ...] = ()
    """Jobs for the same technician, or each for another one."""
    promises: tuple[Promise, ...] = ()
    """What was already told."""
    pins: tuple[Pin, ...] = ()
    """What the dispatcher decided."""
    approvals: Annotated[tuple[Approval, ...], Field(exclude_if=is_unset)] = ()
    """Days of the plan that were approved; `paigong approve` writes them."""
    policy: Policy = Policy()
    """Rules and prices."""
    travel: Travel = Travel()
    """How long it takes to get somewhere."""

    @property
    def means_in_use(self) -> frozenset[Means]:
        """How technicians get about, usually or where it was granted."""
        return frozenset(means for technician in self.technicians for means in technician.all_means)
