"""CONTACT: whoever has the dispatch order calls the customer soon: repairs in 20 minutes, installations in two
hours.

The clock runs in desk hours from the dispatch order; a report without one has it when the plan is published.
The planned technician calls, of a crew the one who leads, one customer after the other; for a job that is left out
the desk calls, with the time that its other calls leave. A customer who could not be reached, where the dispatcher
knew at once, needs no call and owes nothing: the agreed appointment stands.

A repair with a complaint owes a fine when it is not called within four hours of desk time, more when the
complaint has reached the manufacturer. Who calls, and after how many others, depends on the plan; so the fine
is owed only where it is certain: the next moment in desk hours is already too late. A call that was made owes
nothing more.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import Field

from optimizer.domain.assessment import BillLine, ClockState
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.desk_hours import desk_due, desk_moment
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Source
from optimizer.rules.call_clock import clock_of
from optimizer.rules.desk_tasks import DESK, Call, DeskRule, timetable
from optimizer.rules.draft import Draft
from optimizer.rules.lateness import service_line
from optimizer.rules.publication import published
from optimizer.rules.visits import led
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import money

DeskMinutes = Annotated[int, Field(ge=1, le=14 * 24 * 60)]


class ContactParams(Params):
    """Parameters of `CONTACT`."""

    repair_kinds: tuple[WorkKind, ...] = ("repair",)
    """Kinds of work that are called as repairs; a complaint about them may owe the fine."""
    repair_within_min: DeskMinutes = 20
    """Minutes of desk time from the dispatch order to the call at most, repairs."""
    installation_kinds: tuple[WorkKind, ...] = ("installation",)
    """Kinds of work that are called as installations."""
    installation_within_min: DeskMinutes = 120
    """Minutes of desk time from the dispatch order to the call at most, installations."""
    fined_after_min: DeskMinutes = 240
    """Minutes of desk time after which a repair with a complaint owes the fine."""
    fine_cents: Cents = 3_000
    """Fine of a repair with a complaint that is not called in time."""
    fine_manufacturer_cents: Cents = 20_000
    """Fine instead, when the complaint has reached the manufacturer."""
    at_risk_margin_min: Minutes = 5
    """A clock met with less than these minutes to spare is at risk."""


class _Order(NamedTuple):
    """A job whose customer has to be called."""

    job: Job
    since_s: int
    """When the dispatch order is written, in seconds from the horizon's start."""
    within_min: int
    """Minutes of desk time from there to the call."""


class Contact(DeskRule[ContactParams]):
    """Customers are called soon after the dispatch order."""

    code = "CONTACT"
    title = "After the dispatch order the customer is called: repairs in 20 min, installations in 2 h."
    section = "clock"
    hard = False
    source = (
        Source("004", "第8篇 ch. 1 art. 1"),
        Source("004", "第8篇 ch. 3 art. 7"),
        Source("004", "第8篇 维修人员综合考核条例 art. 10"),
        Source("assumption", "the 4 h run in desk hours; the desk calls for jobs left out"),
    )
    params = ContactParams

    def compile(self, scenario: Scenario, params: ContactParams, draft: Draft) -> None:
        """Charge the fines that are certain."""
        owed = sum(_fine(order.job, params) for order, _ in _fined(scenario, params))
        if owed:
            draft.charge(owed)

    def bill(self, scenario: Scenario, params: ContactParams, plan: Plan) -> Iterator[BillLine]:
        """Yield each certain fine."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for order, due_s in _fined(scenario, params):
            cents = _fine(order.job, params)
            due = exact_moment(timeline.moment(due_s))
            where = " that reached the manufacturer" if order.job.desk.reached_manufacturer else ""
            if cents:
                yield service_line(
                    self.code,
                    order.job,
                    None,
                    quantity=1,
                    unit="call",
                    cents=cents,
                    sentence=f"{order.job.job_id}, a repair with a complaint{where}, was to be called by "
                    f"{due} and was not: {money(cents)}.",
                )

    def clocks(self, scenario: Scenario, params: ContactParams, plan: Plan) -> Iterator[ClockState]:
        """Yield how the clock of each call stands."""
        for one in timetable(scenario, plan).booked.get(self.code, ()):
            yield clock_of(one, "calling", params.at_risk_margin_min, scenario)

    def calls_after(
        self, scenario: Scenario, params: ContactParams, plan: Plan, timeline: Timeline
    ) -> Iterator[Call]:
        """Yield the call to each customer by who is planned and leads, else by the desk."""
        seen = led(scenario, plan)
        for job, since_s, within_min in _orders(scenario, params, timeline):
            days = seen.get(job.job_id)
            called = job.desk.contacted_at
            yield Call(
                self.code,
                DESK if days is None else days[0].technician.technician_id,
                release_s=since_s,
                due_s=timeline.seconds(desk_due(scenario, timeline.moment(since_s), within_min)),
                sentence=f"Call the customer of {job.job_id}"
                + (": nobody has room yet." if days is None else " and confirm the visit."),
                job_id=job.job_id,
                done_s=None if called is None else timeline.seconds(called),
            )


RULE = Contact()


def _orders(scenario: Scenario, params: ContactParams, timeline: Timeline) -> Iterator[_Order]:
    within = dict.fromkeys(params.installation_kinds, params.installation_within_min)
    within |= dict.fromkeys(params.repair_kinds, params.repair_within_min)
    published_s = published(scenario, timeline)
    for job in scenario.jobs:
        within_min = within.get(kind(job, scenario.policy))
        if within_min is None or job.desk.unreachable:
            continue
        if job.dispatched_at is not None:
            yield _Order(job, timeline.seconds(job.dispatched_at), within_min)
        elif job.intake_at is not None:
            yield _Order(job, max(published_s, timeline.seconds(job.intake_at)), within_min)


def _fined(scenario: Scenario, params: ContactParams) -> Iterator[tuple[_Order, int]]:
    """Yield the repairs that owe the fine whoever is planned for them, each with the second it was due."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    published_s = published(scenario, timeline)
    for order in _orders(scenario, params, timeline):
        job = order.job
        if job.complaint == "none" or job.desk.contacted_at is not None:
            continue
        if kind(job, scenario.policy) not in params.repair_kinds:
            continue
        due = desk_due(scenario, timeline.moment(order.since_s), params.fined_after_min)
        first = desk_moment(scenario, timeline.moment(max(order.since_s, published_s)))
        if first.timestamp() > due.timestamp():
            yield order, timeline.seconds(due)


def _fine(job: Job, params: ContactParams) -> int:
    return params.fine_manufacturer_cents if job.desk.reached_manufacturer else params.fine_cents
