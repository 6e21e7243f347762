"""UNSERVED: leaving a job out costs priority weight and money, by the job's priority class.

A strong complaint counts as an emergency; a key customer's job, and one whose customer was told a time, at least as
VIP, also while the customer is asked for another one; a job sold with a service commitment at least as contract. A
left-out job also owes every clock that runs out before the horizon's end; those are the clocks' own lines of the bill.
Leaving out a job of an approved day, or one that has begun, costs so much on top that no plan does it for gain.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.base import Cents
from optimizer.domain.job import PRIORITIES, Job, Priority
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import Issue
from optimizer.rules.approved_days import approved_jobs
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.hours import shifts_worn_out, working_hours
from optimizer.rules.lateness import DeadlineRule, horizon_end_s, lateness_cents, service_line
from optimizer.rules.promise import told_promises
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.words.numbers import money

Weight = Annotated[int, Field(ge=0, le=10_000)]


class UnservedParams(Params):
    """Parameters of `UNSERVED`."""

    active: Literal[True] = True
    """Always applies: without it an empty plan would be the cheapest."""
    emergency_weight: Weight = 20
    """Priority weight of an emergency or a strong complaint."""
    vip_weight: Weight = 10
    """Priority weight of a job of a key customer, or promised to a customer."""
    contract_weight: Weight = 5
    """Priority weight of a job sold with a service commitment."""
    normal_weight: Weight = 2
    """Priority weight of a normal job."""
    flexible_weight: Weight = 1
    """Priority weight of a job that can wait."""
    emergency_cents: Cents = 500_000
    """Price of leaving out an emergency or a strong complaint."""
    vip_cents: Cents = 250_000
    """Price of leaving out a job of a key customer, or promised to a customer."""
    contract_cents: Cents = 125_000
    """Price of leaving out a job sold with a service commitment."""
    normal_cents: Cents = 50_000
    """Price of leaving out a normal job."""
    flexible_cents: Cents = 25_000
    """Price of leaving out a job that can wait."""
    approved_weight: Weight = 1_000
    """Priority weight on top for a job with a visit on an approved day, or on which work has begun."""
    approved_cents: Cents = 5_000_000
    """Price on top of leaving out a job with a visit on an approved day, or on which work has begun."""

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
        Source("assumption", "contract and flexible classes, promises as VIP, weights, prices"),
    )
    params = UnservedParams

    def validate(self, scenario: Scenario, params: UnservedParams) -> Iterator[Issue]:
        """Yield the classes in which dropping a job would be cheaper than being late for it.

        The price of a class must exceed what being late for one of its jobs costs at once, all clocks
        together, and what a job can still be late for after the horizon's end, in a shift over midnight: a
        left-out job is charged only up to there.
        """
        worst: dict[Priority, tuple[int, str]] = {}
        classes = priority_classes(scenario)
        for job_id, cents in _lateness(scenario).items():
            priority = classes[job_id]
            worst[priority] = max(worst.get(priority, (0, "")), (cents, job_id))
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
        for job_id, priority in priority_classes(scenario).items():
            draft.price_unserved(job_id, weight=params.weight(priority), cents=params.cents(priority))
        for job_id in held_jobs(scenario):
            draft.price_unserved(job_id, weight=params.approved_weight, cents=params.approved_cents)

    def bill(self, scenario: Scenario, params: UnservedParams, plan: Plan) -> Iterator[BillLine]:
        """Yield the price of each left-out job."""
        left_out, told = set(plan.unserved), told_promises(scenario)
        classes, held = priority_classes(scenario), held_jobs(scenario)
        for job in scenario.jobs:
            cents = params.cents(classes[job.job_id])
            cents += params.approved_cents if job.job_id in held else 0
            if job.job_id in left_out and cents:
                stands = _class_in_words(job, classes[job.job_id], promised=job.job_id in told)
                if job.job_id in held and not job.has_started:
                    stands += ", on an approved day"
                sentence = f"{job.job_id} ({stands}) is left out: {money(cents)}."
                yield service_line(
                    self.code, job, None, quantity=1, unit="job", cents=cents, sentence=sentence
                )


RULE = Unserved()


def held_jobs(scenario: Scenario) -> frozenset[str]:
    """Return the jobs that no plan leaves out for gain: of approved days, and those on which work has begun.

    Parameters
    ----------
    scenario : the question
    """
    approved = approved_jobs(scenario)
    return frozenset(job.job_id for job in scenario.jobs if job.job_id in approved or job.has_started)


def priority_classes(scenario: Scenario) -> dict[str, Priority]:
    """Return the priority class each job is treated as, by job id in scenario order.

    Parameters
    ----------
    scenario : the question
    """
    told = told_promises(scenario)
    return {job.job_id: priority_class(job, promised=job.job_id in told) for job in scenario.jobs}


def priority_class(job: Job, *, promised: bool) -> Priority:
    """Return the priority class a job is treated as: its own, or a higher one that its facts ask for.

    Parameters
    ----------
    job : the job
    promised : its customer was told a time
    """
    classes = [job.priority]
    if job.complaint == "strong" or job.has_started:
        classes.append("emergency")
    if promised or (job.customer is not None and job.customer.key_customer):
        classes.append("vip")
    if job.contract:
        classes.append("contract")
    return min(classes, key=PRIORITIES.index)


def _class_in_words(job: Job, counts_as: Priority, *, promised: bool) -> str:
    """Return the class a left-out job counts as, and why where it is not the one that was entered."""
    if counts_as == job.priority:
        return counts_as
    match counts_as:
        case "emergency":
            why = "begun already" if job.has_started else "a strong complaint"
            return f"{why}, so it counts as an emergency"
        case "vip":
            return f"{'told a time' if promised else 'a key customer'}, so it counts as VIP"
        case _:
            return f"sold with a service commitment, so it counts as {counts_as}"


def _lateness(scenario: Scenario) -> dict[str, int]:
    """Return for each job with priced clocks what must be less than leaving it out, in cents."""
    from optimizer.rules import RULES  # imported here: the list contains this rule

    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    end_s = horizon_end_s(scenario, timeline)
    hours = working_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)
    worn_out = shifts_worn_out(scenario)
    ends_s = (one.latest_end_s for key, one in hours.items() if key not in worn_out)
    last_s = max(ends_s, default=end_s)
    at_once: dict[str, int] = {}
    after_end: dict[str, int] = {}
    for rule in RULES:
        params: Any = params_of(rule, scenario.policy)
        if not (isinstance(rule, DeadlineRule) and params.active):
            continue
        for job, steps in rule.deadlines(scenario, params):
            at_once[job.job_id] = at_once.get(job.job_id, 0) + sum(step.cents for step in steps)
            later = lateness_cents(steps, max(last_s, end_s), timeline) - lateness_cents(
                steps, end_s, timeline
            )
            after_end[job.job_id] = after_end.get(job.job_id, 0) + later
    return {job_id: max(cents, after_end[job_id]) for job_id, cents in at_once.items()}
