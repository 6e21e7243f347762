"""The study: the same demand under other staffing or rules."""

from datetime import date, time
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, model_validator

from optimizer.domain.base import Id, Name, Record
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.scenario import MAX_JOBS, MAX_TECHNICIANS
from optimizer.domain.season import Season
from optimizer.domain.study_patches import MAX_PEOPLE, Patch, Who
from optimizer.domain.time import WallClock

Measure = Literal[
    "on_time",
    "appointments_kept",
    "done",
    "first_visit_fix",
    "jobs_a_technician_day",
    "km_a_job",
    "travel_share",
    "overtime_h_a_day",
    "open_jobs",
    "moved_a_day",
    "hours_uneven_h",
    "bill_cents_a_day",
    "cost_cents_a_day",
    "cost_cents_a_job",
]
"""What is measured, over all days of a chain that count.

``on_time``: clocks of service kept ÷ ended; those of the desk, and targets without a fine (`COMPLETE`), left out.
``appointments_kept``: visits that began in the window the customer was told first ÷ visits told. ``done``: jobs done
÷ jobs reported; above 1 where older ones are caught up with. ``first_visit_fix``: jobs done at the first visit ÷ jobs
done. ``jobs_a_technician_day``: jobs done ÷ days of technicians who were to work, the ill ones among them.
``km_a_job``: km driven ÷ jobs done. ``travel_share``: hours driven ÷ hours worked. ``overtime_h_a_day``: everybody's
overtime in hours ÷ days. ``open_jobs``: jobs left at the close, mean of the days. ``moved_a_day``: customers who were
told otherwise in the course of a day ÷ days. ``hours_uneven_h``: standard deviation of the hours worked among those
at work, mean of the days; 0 is perfectly fair. ``bill_cents_a_day``: the whole bill ÷ days, prices put on poor
service among it. ``cost_cents_a_day``: the bill and regular wages ÷ days. ``cost_cents_a_job``: the bill and regular
wages ÷ jobs done."""

MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
"""All measures, in the order of tables."""

SHARES: Final[frozenset[Measure]] = frozenset(
    ("on_time", "appointments_kept", "done", "first_visit_fix", "travel_share")
)
"""Measures that are shares: a limit for one lies from 0 to 1."""

MORE_IS_BETTER: Final[frozenset[Measure]] = frozenset(
    ("on_time", "appointments_kept", "done", "first_visit_fix", "jobs_a_technician_day")
)
"""Measures of which more is better; of all others less is."""

MAX_VARIANTS: Final = 100
MAX_CHANGES: Final = 50
BASE: Final = "base"
"""What the scenario without changes is called beside the variants."""


class GeneratedArea(Record):
    """What an area of a generated base asks for."""

    area: Name
    """A city, in Latin letters or in Chinese, or a made-up town."""
    units: Annotated[int, Field(ge=0, le=100_000_000)]
    """Installed units."""
    failures_per_day: Annotated[float, Field(ge=0, le=1)]
    """Jobs a unit brings a day on the year's average."""


class GeneratedTies(Record):
    """Jobs of a generated base that are tied to each other."""

    crew_percent: Annotated[int, Field(ge=0, le=100)] = 0
    """Percent of the jobs that take two or three people."""
    hoists: Annotated[int, Field(ge=0, le=100)] = 0
    """Shared hoists at the busiest branch."""
    chain_percent: Annotated[int, Field(ge=0, le=100)] = 0
    """Percent of the jobs that follow another one."""


class Generated(Record):
    """A base that is made up; the same fields always give the same one, as `paigong generate` does."""

    technicians: Annotated[int, Field(ge=1, le=MAX_TECHNICIANS)]
    """Number of technicians."""
    jobs: Annotated[int, Field(ge=0, le=MAX_JOBS)] | None = None
    """Number of jobs; none only with `demand`."""
    seed: Annotated[int, Field(ge=0)] = 0
    """Any whole number."""
    days: Annotated[int, Field(ge=1, le=14)] = 1
    """Planned days."""
    first_day: date = date(2026, 7, 15)
    """First planned day, local date."""
    load: Annotated[float, Field(ge=0.1, le=5)] = 1.0
    """Hours of work asked for ÷ hours that the staff has; 1 with `demand`."""
    cities: tuple[Name, ...] = ()
    """Real cities; empty: those of `demand` if all its areas are cities, else made-up towns."""
    demand: Annotated[tuple[GeneratedArea, ...], Field(min_length=1)] | None = None
    """Installed units and failure rate by area, from which the jobs are drawn, instead of `jobs`."""
    season: Season = "none"
    """Part of the year, which decides what is asked for."""
    ties: GeneratedTies = GeneratedTies()
    """Jobs for several people, shared tools, jobs that follow each other."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.jobs is None) == (self.demand is None):
            said = (
                "neither jobs nor demand is given" if self.jobs is None else "jobs and demand are both given"
            )
            raise ValueError(f"{said}; give one of the two")
        return self


class Chains(Record):
    """How many chains of days are simulated, each with chance of its own: the samples of the study."""

    least: Annotated[int, Field(ge=2, le=10_000)] = 10
    """So many at least: an interval of fewer says little."""
    most: Annotated[int, Field(ge=2, le=10_000)] = 60
    """So many at most, however wide the intervals still are."""


class Effort(Record):
    """How hard each simulated day is planned."""

    plan_iterations: Annotated[int, Field(ge=0, le=10_000_000)] = 2_000
    """Iterations of the search for the morning's plan."""
    replan_iterations: Annotated[int, Field(ge=0, le=10_000_000)] = 400
    """Iterations of the search each time the day is planned again."""
    replan_at: Annotated[tuple[WallClock, ...], Field(max_length=48)] = (
        time(8),
        time(11),
        time(14),
        time(16),
    )
    """Local times at which the day is planned again, in order; none: never."""


class ExactEnough(Record):
    """No more chains are simulated once a measure is known so well."""

    measure: Measure = "on_time"
    """Which measure."""
    half_width: Annotated[float, Field(gt=0)] = 0.01
    """Half the width of its 95 % interval, and of its difference from the base, for every variant."""


class Target(Record):
    """A level of service that is wanted."""

    measure: Measure = "on_time"
    """Which measure."""
    at_least: float | None = None
    """It is to be so much or more."""
    at_most: float | None = None
    """It is to be so much or less."""

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        limits = [one for one in (self.at_least, self.at_most) if one is not None]
        if len(limits) != 1:
            raise ValueError("a target has one limit; give at_least or at_most")
        if self.measure in SHARES and not 0 <= limits[0] <= 1:
            raise ValueError(f"{self.measure} is a share; give a limit from 0 to 1, such as 0.9 for 90 %")
        return self


class Variant(Record):
    """The base with some changes, under the same demand."""

    name: Name
    """Short name, unique in the study."""
    story: str = ""
    """What is tried and why, in prose."""
    changes: Annotated[tuple[Patch, ...], Field(max_length=MAX_CHANGES)] = ()
    """Changes, made one after another in this order; none: the base once more."""


class SmallestStaff(Record):
    """How few people meet all targets?"""

    like: Id
    """People like this technician are added."""
    branch_id: Id | None = None
    """At this branch; none: at that technician's."""
    remove: Who | None = None
    """Who may go, the last first; none: people of that branch with the skills of `like`."""
    fewest: Annotated[int, Field(ge=-MAX_PEOPLE, le=MAX_PEOPLE)]
    """People more than in the base, the least number that is tried; below 0: fewer."""
    most: Annotated[int, Field(ge=-MAX_PEOPLE, le=MAX_PEOPLE)]
    """People more than in the base, the largest number that is tried."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.most < self.fewest:
            raise ValueError("most is below fewest; swap them")
        return self


OneMoreKind = Literal["technician", "skill", "certificate", "shared_tool", "part"]
"""What there could be one more of."""


class OneMore(Record):
    """What is one more of something worth?"""

    kinds: Annotated[tuple[OneMoreKind, ...], Field(min_length=1)]
    """What is tried."""
    branch_ids: tuple[Id, ...] = ()
    """At which branches, each by itself; empty: at all."""


class Questions(Record):
    """What is asked beside the comparison of the variants."""

    smallest_staff: SmallestStaff | None = None
    """How few people meet all targets; none: not asked."""
    value_of_one_more: OneMore | None = None
    """What one more of something is worth; none: not asked."""


class Study(Record):
    """A base, variants of it, and how exactly they are compared."""

    format: Literal["paigong-study-1"] = "paigong-study-1"
    """Name and version of this format."""
    name: Name
    """Short name of the study."""
    story: str = ""
    """What is asked and why, in prose."""
    base: Name | None = None
    """The scenario: a path from the study's file, or the name of one that comes with the program."""
    generate: Generated | None = None
    """A base that is made up, instead of `base`."""
    demand: DemandModel | None = None
    """Who asks for what, and what chance makes of a day; none: as many jobs a day as the base has, see
    `default_model`, or as a history says."""
    always: Annotated[tuple[Patch, ...], Field(max_length=MAX_CHANGES)] = ()
    """What is otherwise than in the scenario for the base and all variants, such as less demand than on its day:
    changes, made one after another before those of a variant."""
    days: Annotated[int, Field(ge=1, le=366)] = 10
    """Simulated days of each chain that count."""
    warm_up_days: Annotated[int, Field(ge=0, le=90)] = 5
    """Simulated days before them that do not count: the open jobs first have to become as many as usual."""
    chains: Chains = Chains()
    """How many chains of days are simulated."""
    seed: Annotated[int, Field(ge=0, le=2**53)] = 0
    """Same seed, same samples."""
    effort: Effort = Effort()
    """How hard each day is planned."""
    stop: ExactEnough = ExactEnough()
    """When the answer is exact enough."""
    targets: Annotated[tuple[Target, ...], Field(min_length=1, max_length=20)] = (Target(at_least=0.9),)
    """What is to be reached, the most important first."""
    variants: Annotated[tuple[Variant, ...], Field(max_length=MAX_VARIANTS)] = ()
    """What is compared with the base."""
    questions: Questions = Questions()
    """What is asked beside that."""

    @model_validator(mode="after")
    def _one_base(self) -> Self:
        if (self.base is None) == (self.generate is None):
            said = "there is no base" if self.base is None else "base and generate are both given"
            raise ValueError(f"{said}; give base or generate, one of the two")
        return self
