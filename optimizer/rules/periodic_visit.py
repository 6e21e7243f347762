"""PERIODIC_VISIT: under warranty a customer is visited once a year; a key customer every half year, always.

The clock runs for maintenance of customers whose last visit is known: customers under warranty on the first planned
day, and key customers with or without a warranty. A year, or half a year, is counted in calendar months from that
day: half a year after 31 August is the last day of February. Service starts by the end of that day, local time. A
last visit after the first planned day is no last visit and starts no clock.

Once a month the desk calls, if the day of the last call is known: a clock of its own for each customer of the
scenario's jobs, in whose record the latest call counts. A call can be made some days before it is due; it owes
nothing, and none is due after the warranty's end.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import ClockState
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.job import Customer
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.domain.time import INSTANT_YEARS, Timeline
from optimizer.errors import Issue
from optimizer.rules.base import Source
from optimizer.rules.call_clock import clock_of
from optimizer.rules.desk_tasks import DESK, Call, DeskRule, timetable
from optimizer.rules.lateness import horizon_end_s
from optimizer.rules.visit_clock import Due, VisitClock, VisitClockParams


class PeriodicVisitParams(VisitClockParams):
    """Parameters of `PERIODIC_VISIT`."""

    kinds: tuple[WorkKind, ...] = ("maintenance",)
    """Kinds of work that are such a visit."""
    months: Annotated[int, Field(ge=1, le=60)] = 12
    """Calendar months from the last visit to the next one at most."""
    key_months: Annotated[int, Field(ge=1, le=60)] = 6
    """Calendar months for key customers."""
    missed_cents: Cents = 1_000
    """Price of missing the clock."""
    cents_per_hour_late: Cents = 0
    """Price of every hour beyond it; none, because such a clock may be overdue for months."""
    at_risk_margin_min: Minutes = 24 * 60
    """A clock met with less than these minutes to spare is at risk."""
    call_months: Annotated[int, Field(ge=1, le=60)] = 1
    """Calendar months from the last call to the next one at most."""
    call_ahead_days: Annotated[int, Field(ge=0, le=28)] = 7
    """A call can be made so many days before the day it is due."""
    call_at_risk_margin_min: Minutes = 4 * 60
    """A call's clock met with less than these minutes to spare is at risk."""


class PeriodicVisit(VisitClock[PeriodicVisitParams], DeskRule[PeriodicVisitParams]):
    """Customers under warranty are visited once a year, key customers twice."""

    code = "PERIODIC_VISIT"
    title = "Under warranty a customer is called every month and visited every year; a key customer every half year."
    section = "clock"
    hard = False
    source = (Source("002", "§3"), Source("000", "key customers"), Source("assumption", "prices"))
    params = PeriodicVisitParams
    event = "start"
    in_vain_counts = False

    def validate(self, scenario: Scenario, params: PeriodicVisitParams) -> Iterator[Issue]:
        """Yield the last visits and calls in years that no clock can run from."""
        for i, job in enumerate(scenario.jobs):
            if job.customer is not None:
                last = {
                    "last_visit_on": job.customer.last_visit_on,
                    "last_call_on": job.customer.last_call_on,
                }
                for name, day in last.items():
                    if day is not None and day.year not in INSTANT_YEARS:
                        yield Issue(
                            "far-date",
                            f"jobs[{i}].customer.{name}",
                            f"The year {day.year} is out of reach.",
                            "Correct the day.",
                        )

    def dues(self, scenario: Scenario, params: PeriodicVisitParams, timeline: Timeline) -> Iterator[Due]:
        """Yield the maintenance jobs of customers under warranty, and of key customers."""
        for job in scenario.jobs:
            if job.customer is None or kind(job, scenario.policy) not in params.kinds:
                continue
            day = visit_due_on(job.customer, scenario.horizon.first_day, params)
            if day is not None:
                # The last second of that day: the next midnight is the next day, and perhaps the horizon's end.
                yield Due(job, timeline.at(day + timedelta(days=1), time()) - 1)

    def calls(self, scenario: Scenario, params: PeriodicVisitParams, timeline: Timeline) -> Iterator[Call]:
        """Yield the monthly calls that can be made before the planned days end."""
        for customer_id, due_on in _calls_due(scenario, params).items():
            release_s = timeline.at(due_on - timedelta(days=params.call_ahead_days), time())
            if release_s < horizon_end_s(scenario, timeline):
                yield Call(
                    self.code,
                    DESK,
                    release_s=release_s,
                    due_s=timeline.at(due_on + timedelta(days=1), time()) - 1,
                    sentence=f"Call customer {customer_id}, as every month under warranty.",
                    customer_id=customer_id,
                )

    def clocks(self, scenario: Scenario, params: PeriodicVisitParams, plan: Plan) -> Iterator[ClockState]:
        """Yield how the visits stand, then the calls."""
        yield from super().clocks(scenario, params, plan)
        for one in timetable(scenario, plan).booked.get(self.code, ()):
            yield clock_of(one, "calling", params.call_at_risk_margin_min, scenario)


RULE = PeriodicVisit()


def visit_due_on(customer: Customer, first_day: date, params: PeriodicVisitParams) -> date | None:
    """Return the day by which a customer has to be visited again, or none where no clock runs.

    Parameters
    ----------
    customer : the customer
    first_day : the first planned day; the warranty must cover it, unless it is a key customer
    params : how often customers are visited
    """
    last = customer.last_visit_on
    if last is None or last > first_day:
        return None
    if customer.key_customer:
        return months_after(last, params.key_months)
    if customer.warranty_until is None or customer.warranty_until < first_day:
        return None
    return months_after(last, params.months)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it is shorter."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _calls_due(scenario: Scenario, params: PeriodicVisitParams) -> dict[str, date]:
    """Return the day by which each customer under warranty has to be called, in the order of the jobs."""
    first_day = scenario.horizon.first_day
    due: dict[str, date] = {}
    for job in scenario.jobs:
        customer = job.customer
        if customer is None or customer.warranty_until is None or customer.last_call_on is None:
            continue
        if customer.last_call_on > first_day or customer.warranty_until < first_day:
            continue
        day = months_after(customer.last_call_on, params.call_months)
        if day <= customer.warranty_until:
            due[customer.customer_id] = max(day, due.get(customer.customer_id, day))
    return due
