"""The plan as it stands, with everything that is looked up again and again while moves are tried."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy

from optimizer.compile import Compiled
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.orders import OrderedDay, OrderedTool
from optimizer.domain.parts import required_parts
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.preview.groups import tied_groups
from optimizer.preview.part import part_of
from optimizer.retime import order_issues, orders_of
from optimizer.rules.book import RuleBook

Days = Mapping[ShiftKey, ShiftPlan]
"""Days by shift; a day without work is not in it."""


class Standing:
    """A plan that moves are tried on; nothing of it ever changes.

    Parameters
    ----------
    compiled : the question
    document : its plan and what it is worth
    """

    def __init__(self, compiled: Compiled, document: PlanDocument) -> None:
        scenario, plan = compiled.scenario, document.plan
        self.compiled = compiled
        self.scenario = scenario
        self.document = document
        self.plan = plan
        self.book = RuleBook.of(scenario.policy)
        self.jobs = {job.job_id: job for job in scenario.jobs}
        self.job_row = {job_id: row for row, job_id in enumerate(self.jobs)}
        self.technicians = {one.technician_id: one for one in scenario.technicians}
        self.technician_row = {one: row for row, one in enumerate(self.technicians)}
        self.groups = tied_groups(scenario)
        self.days = {day.key: day for day in plan.shifts}
        self.ways = plan.travel.by_way()
        self.unserved = frozenset(plan.unserved)
        orders = orders_of(plan, scenario)
        self.orders = {ShiftKey(one.technician_id, one.day): one for one in orders.routes}
        self.tools: tuple[OrderedTool, ...] = orders.tools
        self.row_of_shift = {one.key: row for row, one in enumerate(compiled.shifts)}
        """The rows of people's days, by technician in the scenario's order, then by day."""
        self.shifts_of: defaultdict[str, list[ShiftKey]] = defaultdict(list)
        """The shifts of each technician on the planned days."""
        for shift in compiled.shifts:
            self.shifts_of[shift.key.technician_id].append(shift.key)
        self.visitors = visitors(self.orders)
        """Job id → the shifts in which it is done."""
        self.travels = {one.technician_id for one in orders.routes if one.away}
        """Technicians with a night away."""
        self.takes_parts = any(required_parts(job, scenario.policy) for job in scenario.jobs)
        """Whether any job takes a spare part: then all days of a technician share a van's pieces."""
        visits = list(zip(self.jobs, compiled.visits.parts, strict=True))
        self.parts_of = {job_id: len(parts) for job_id, parts in visits}
        """Job id → on how many days it is done."""
        self.seats_of = {job_id: len(parts[0].people) for job_id, parts in visits}
        """Job id → how many people it takes at once."""

    def with_scenario(self, scenario: Scenario) -> "Standing":
        """Return the same plan standing beside another state of the question: what was told, say, is another.

        Parameters
        ----------
        scenario : the same technicians and jobs
        """
        other = copy(self)
        other.scenario = scenario
        other.jobs = {job.job_id: job for job in scenario.jobs}
        return other

    def with_job(self, compiled: Compiled) -> "Standing":
        """Return the plan standing beside the question with one job more, which it leaves out.

        Parameters
        ----------
        compiled : the question with the job, its last one
        """
        scenario, job = compiled.scenario, compiled.scenario.jobs[-1]
        plan = self.plan.model_copy(update={"unserved": (*self.plan.unserved, job.job_id)})
        other = self.with_scenario(scenario)
        other.compiled = compiled
        other.document = self.document.model_copy(update={"plan": plan})
        other.plan = plan
        other.job_row = {**self.job_row, job.job_id: len(self.job_row)}
        other.groups = tied_groups(scenario)
        other.unserved = self.unserved | {job.job_id}
        other.takes_parts = self.takes_parts or bool(required_parts(job, scenario.policy))
        parts = compiled.visits.parts[-1]
        other.parts_of = {**self.parts_of, job.job_id: len(parts)}
        other.seats_of = {**self.seats_of, job.job_id: len(parts[0].people)}
        return other

    def takes_one_visit(self, job_id: str) -> bool:
        """Tell whether a job is done by one person on one day."""
        return self.parts_of[job_id] == self.seats_of[job_id] == 1

    def is_tied(self, job_id: str) -> bool:
        """Tell whether when a job starts hangs on more than the day it stands in."""
        return job_id in self.groups or not self.takes_one_visit(job_id)

    def part(self, people: Iterable[str], jobs: Iterable[str]) -> Scenario:
        """Return the scenario with some technicians and jobs alone.

        Parameters
        ----------
        people, jobs : their ids
        """
        return part_of(
            self.scenario,
            [self.technicians[one] for one in sorted(people, key=self.technician_row.__getitem__)],
            [self.jobs[one] for one in sorted(jobs, key=self.job_row.__getitem__)],
        )

    def in_order(self, keys: Iterable[ShiftKey]) -> list[ShiftKey]:
        """Return shifts by technician in the scenario's order, then by day."""
        return sorted(keys, key=self.row_of_shift.__getitem__)


def plan_issues(scenario: Scenario, document: PlanDocument) -> tuple[Issue, ...]:
    """Return why a plan cannot be looked at beside a scenario: it is another one's, or names what that does not know.

    Parameters
    ----------
    scenario : the question
    document : a plan
    """
    if document.plan.scenario_sha256 != scenario_sha256(scenario):
        cause = "The plan was made for another scenario, or for another state of it."
        action = "Load the scenario the plan was made from, or plan again."
        return (Issue("other-scenario", "plan.scenario_sha256", cause, action),)
    return order_issues(scenario, orders_of(document.plan, scenario))


def visitors(orders: Mapping[ShiftKey, OrderedDay]) -> dict[str, frozenset[ShiftKey]]:
    """Return the shifts in which each job is done.

    Parameters
    ----------
    orders : days by shift
    """
    found: defaultdict[str, set[ShiftKey]] = defaultdict(set)
    for key, job_id in _named(orders):
        found[job_id].add(key)
    return {job_id: frozenset(keys) for job_id, keys in found.items()}


def _named(orders: Mapping[ShiftKey, OrderedDay]) -> Iterator[tuple[ShiftKey, str]]:
    for key, day in orders.items():
        for job_id in day.jobs:
            yield key, job_id
