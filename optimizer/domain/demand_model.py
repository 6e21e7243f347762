"""The demand model: who asks for what, where and when, and what chance makes of a day.

The number of reports of a type in an area on a day is Poisson distributed around

    installed units × failures per unit and day × the type's share × season × weekday × level of the day × demand

where the level of the day is the same for all areas and swings around 1 (gamma distributed) by `day_variation`: with
it, a day's total is negative binomial. `demand` is what a study's variants change.
"""

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Name, Record
from optimizer.domain.demand_chances import (
    Absences,
    Appointments,
    Durations,
    Factor,
    Failures,
    RealDuration,
    Share,
    TravelChances,
)
from optimizer.domain.job import Priority

Weight = Annotated[float, Field(ge=0, le=1_000_000)]
"""How often something happens beside others; only the ratio counts."""

USUAL_HOURS: Final = (1, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 9, 6, 7, 8, 8, 7, 6, 4, 3, 3, 2, 1, 1)
"""Reports by hour of the day, 0 to 23: most in the morning, a dip at noon, few at night (assumption)."""


class DemandSource(Record):
    """The units of a product in an area, and how often one of them asks for a visit."""

    area: Name | None = None
    """Area, as jobs of the scenario name it; none: jobs without an area."""
    product: Name | None = None
    """Product line; none: jobs that name none."""
    units: Annotated[int, Field(ge=0, le=100_000_000)]
    """Installed units."""
    failures_per_day: Share
    """Reports of any type that a unit brings on a day whose factors are all 1."""


class ProductMix(Record):
    """What is asked for where a product is installed."""

    product: Name | None = None
    """Product line; none: jobs that name none."""
    types: Annotated[dict[Name, Weight], Field(min_length=1, max_length=200)]
    """Job type → how often, beside the others, on a day whose factors are all 1."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if sum(self.types.values()) <= 0:
            raise ValueError("no type is ever asked for; give one a number above 0")
        return self

    def share(self, job_type: str) -> float:
        """Return the share of a type among all reports of the product."""
        return self.types[job_type] / sum(self.types.values())


class DemandFactor(Record):
    """More or less demand than usual; several that concern the same jobs are multiplied."""

    factor: Factor
    """So many times the usual demand."""
    type: Name | None = None
    """Of this job type; none: of all."""
    area: Name | None = None
    """In this area; none: in all."""
    product: Name | None = None
    """For this product line; none: for all."""

    def covers(self, source: DemandSource, job_type: str) -> bool:
        """Tell whether the jobs of a type from a source are meant."""
        return (
            self.type in (None, job_type)
            and self.area in (None, source.area)
            and self.product in (None, source.product)
        )


class DemandModel(Record):
    """Who asks for what, where and when, and what chance makes of a day."""

    format: Literal["paigong-demand-1"] = "paigong-demand-1"
    """Name and version of this format."""
    sources: Annotated[tuple[DemandSource, ...], Field(max_length=20_000)] = ()
    """Areas and products with their installed units; empty: nobody asks for anything."""
    mixes: Annotated[tuple[ProductMix, ...], Field(max_length=1_000)] = ()
    """What is asked for by product; one for each product of `sources`."""
    demand: Annotated[tuple[DemandFactor, ...], Field(max_length=200)] = ()
    """More or less than usual; empty: as usual."""
    months: dict[Name, Annotated[tuple[Factor, ...], Field(min_length=12, max_length=12)]] = {}
    """Job type → demand in January to December ÷ the year's mean; a type that is not named: the same all year."""
    weekdays: Annotated[tuple[Factor, ...], Field(min_length=7, max_length=7)] = (1.0,) * 7
    """Demand from Monday to Sunday ÷ the week's mean. Default: the same every day (assumption)."""
    hours: Annotated[tuple[Weight, ...], Field(min_length=24, max_length=24)] = tuple(map(float, USUAL_HOURS))
    """How often customers report in each hour of the local day."""
    day_variation: Annotated[float, Field(ge=0, le=3)] = 0.0
    """Standard deviation of the level of a day around 1: weather, campaigns. 0: plain Poisson (assumption). The
    variance of a day's total is then its mean m × (1 + m × `day_variation`²)."""
    priorities: dict[Priority, Weight] = {}
    """How often each priority class comes; empty: as with the scenario's jobs."""
    strong_complaints: Share = 0.25
    """Share of strong ones among complaints (assumption, the same as for generated scenarios)."""
    dispatch_min: Annotated[int, Field(ge=0, le=1440)] = 15
    """Desk minutes from a report to its dispatch order (assumption; the sources ask for 30 at most)."""
    place_spread_m: Annotated[float, Field(ge=0, le=20_000)] = 300.0
    """How far new customers live from one of the scenario's in their area, in metres: the standard deviation to the
    east and to the north. 0: at the same addresses (assumption)."""
    appointments: Appointments = Appointments()
    """What customers agree with the desk."""
    durations: Durations = Durations()
    """How long work really takes."""
    travel: TravelChances = TravelChances()
    """How long driving really takes."""
    failures: Failures = Failures()
    """What goes wrong with visits."""
    absences: Absences = Absences()
    """Who does not come, or comes late."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        seen: set[tuple[str | None, str | None]] = set()
        for one in self.sources:
            if (one.area, one.product) in seen:
                raise ValueError(
                    f"{one.product} in {one.area} comes twice in sources; put the units together"
                )
            seen.add((one.area, one.product))
        mixed = [mix.product for mix in self.mixes]
        if len(set(mixed)) < len(mixed):
            raise ValueError("a product comes twice in mixes; make one of the two")
        if lacking := {one.product for one in self.sources}.difference(mixed):
            names = ", ".join(sorted(str(product) for product in lacking))
            raise ValueError(f"mixes do not say what is asked for with {names}; add it")
        if sum(self.hours) <= 0:
            raise ValueError("customers report in no hour of the day; give one a number above 0")
        if self.priorities and sum(self.priorities.values()) <= 0:
            raise ValueError("no priority ever comes; give one a number above 0, or leave them out")
        return self

    def mix(self, product: str | None) -> ProductMix:
        """Return what is asked for with a product of `sources`."""
        return next(mix for mix in self.mixes if mix.product == product)

    def season(self, job_type: str, day: date) -> float:
        """Return the demand for a type in the month of a day ÷ the year's mean."""
        return self.months[job_type][day.month - 1] if job_type in self.months else 1.0

    def expected(self, source: DemandSource, job_type: str, day: date) -> float:
        """Return how many reports of a type are to be expected from a source on a day."""
        mean = source.units * source.failures_per_day * self.mix(source.product).share(job_type)
        mean *= self.season(job_type, day) * self.weekdays[day.weekday()]
        for one in self.demand:
            if one.covers(source, job_type):
                mean *= one.factor
        return mean

    def jobs_a_day(self, day: date) -> float:
        """Return how many reports are to be expected on a day, all together."""
        return sum(
            self.expected(source, job_type, day)
            for source in self.sources
            for job_type in self.mix(source.product).types
        )

    def certain(self) -> Self:
        """Return the same demand without chance in the doing: work and driving take what is planned, nothing fails."""
        none = (0.0,) * 5
        return self.model_copy(
            update={
                "durations": Durations(usual=RealDuration(spread=0.0)),
                "travel": TravelChances(day_spread=0.0, leg_spread=0.0),
                "failures": Failures(
                    cancelled=0.0, no_access=0.0, site_not_ready=0.0, part_missing=none, not_fixed=none
                ),
                "absences": Absences(sick=0.0, late=0.0),
            }
        )
