"""UNSERVED: leaving a job out costs priority weight and money, by the job's priority class.

A strong complaint counts as an emergency, a key customer's job at least as VIP, a job sold with a service
commitment at least as contract. A left-out job also owes every clock that runs out before the horizon's end;
those are the clocks' own lines of the bill.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from optimizer.domain.assessment import BillLine, Finding
from optimizer.domain.base import Cents
from optimizer.domain.job import PRIORITIES, Job, Priority
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.hours import working_hours
from optimizer.rules.lateness import LatenessRule, horizon_end_s, lateness_cents, service_line
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.words import money

Weight = Annotated[int, Field(ge=0, le=10_000)]


class UnservedParams(Params):
    """Parameters of `UNSERVED`."""

    active: Literal[True] = True
    """Always applies: without it an empty plan would be the cheapest."""
    emergency_weight: Weight = 20
    """Priority weight of an emergency or a strong complaint."""
    vip_weight: Weight = 10
    """Priority weight of a key customer's job."""
    contract_weight: Weight = 5
    """Priority weight of a job sold with a service commitment."""
    normal_weight: Weight = 2
    """Priority weight of a normal job."""
    flexible_weight: Weight = 1
    """Priority weight of a job that can wait."""
    emergency_cents: Cents = 500_000
    """Price of leaving out an emergency or a strong complaint."""
    vip_cents: Cents = 250_000
    """Price of leaving out a key customer's job."""
    contract_cents: Cents = 125_000
    """Price of leaving out a job sold with a service commitment."""
    normal_cents: Cents = 50_000
    """Price of leaving out a normal job."""
    flexible_cents: Cents = 25_000
    """Price of leaving out a job that can wait."""

    def weight(self, priority: Priority) -> int:
        """Return the priority weight of a class."""
        return {
            "emergency": self.emergency_weight,
            "vip": self.vip_weight,
            "contract": self.contract_weight,
            "normal": self.normal_weight,
            "flexible": self.flexible_weight,
        }[priority]

    def cents(self, priority: Priority) -> int:
        """Return the price of leaving out a job of a class."""
        return {
            "emergency": self.emergency_cents,
            "vip": self.vip_cents,
            "contract": self.contract_cents,
            "normal": self.normal_cents,
            "flexible": self.flexible_cents,
        }[priority]


class Unserved(Rule[UnservedParams]):
    """Leaving a job out."""

    code = "UNSERVED"
    title = "Leaving a job out costs, by its priority class, far more than being late for it."
    section = "price"
    hard = False
    source = (
        Source("000", "urgent first"),
        Source("002", "key customers first"),
        Source("004", "第8篇 ch. 12 §4"),
        Source("assumption", "contract and flexible classes, weights, prices"),
    )
    params = UnservedParams

    def validate(self, scenario: Scenario, params: UnservedParams) -> Iterator[Issue]:
        """Yield the classes in which dropping a job would be cheaper than being late for it.

        The price of a class must exceed what being late for one of its jobs costs at once, all clocks
        together, and what a job can still be late for after the horizon's end, in a shift over midnight: a
        left-out job is charged only up to there.
        """
        worst: dict[Priority, tuple[int, str]] = {}
        lateness = _lateness(scenario)
        for job in scenario.jobs:
            if job.job_id in lateness:
                priority = priority_class(job)
                worst[priority] = max(worst.get(priority, (0, "")), (lateness[job.job_id], job.job_id))
        for priority in PRIORITIES:
            cents, job_id = worst.get(priority, (-1, ""))
            if params.cents(priority) <= cents:
                yield Issue(
                    "cheaper-to-drop",
                    f"policy.rules.UNSERVED.{priority}_cents",
                    f"Leaving out {job_id} ({priority}) costs {money(params.cents(priority))}, "
                    f"being late for it up to {money(cents)}, so a plan would rather drop it.",
                    f"Set {priority}_cents above {cents}, or lower the prices of lateness.",
                )

    def compile(self, scenario: Scenario, params: UnservedParams, draft: Draft) -> None:
        """Price leaving out every job."""
        for job in scenario.jobs:
            priority = priority_class(job)
            draft.price_unserved(job.job_id, weight=params.weight(priority), cents=params.cents(priority))

    def bill(self, scenario: Scenario, params: UnservedParams, plan: Plan) -> Iterator[BillLine]:
        """Yield the price of each left-out job."""
        left_out = set(plan.unserved)
        for job in scenario.jobs:
            cents = params.cents(priority_class(job))
            if job.job_id in left_out and cents:
                sentence = f"{job.job_id} ({priority_class(job)}) is left out: {money(cents)}."
                yield service_line(
                    self.code, job, None, quantity=1, unit="job", cents=cents, sentence=sentence
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "See what stops the job: another window, another day or one more technician may make room."


RULE = Unserved()


def priority_class(job: Job) -> Priority:
    """Return the priority class a job is treated as: its own, or a higher one that its facts ask for."""
    classes = [job.priority]
    if job.complaint == "strong":
        classes.append("emergency")
    if job.customer is not None and job.customer.key_customer:
        classes.append("vip")
    if job.contract:
        classes.append("contract")
    return min(classes, key=PRIORITIES.index)


def _lateness(scenario: Scenario) -> dict[str, int]:
    """Return for each job with priced clocks what must be less than leaving it out, in cents."""
    from optimizer.rules import RULES  # imported here: the list contains this rule

    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    end_s = horizon_end_s(scenario, timeline)
    hours = working_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)
    last_s = max((one.latest_end_s for one in hours.values()), default=end_s)
    at_once: dict[str, int] = {}
    after_end: dict[str, int] = {}
    for rule in RULES:
        params: Any = params_of(rule, scenario.policy)
        if not (isinstance(rule, LatenessRule) and params.active):
            continue
        for job, steps in rule.deadlines(scenario, params):
            at_once[job.job_id] = at_once.get(job.job_id, 0) + sum(step.cents for step in steps)
            later = lateness_cents(steps, max(last_s, end_s), timeline) - lateness_cents(
                steps, end_s, timeline
            )
            after_end[job.job_id] = after_end.get(job.job_id, 0) + later
    return {job_id: max(cents, after_end[job_id]) for job_id, cents in at_once.items()}
