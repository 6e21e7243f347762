"""Cuts the branch's part out of a plan: its technicians, jobs and stops, what to tell customers, the dispatch orders.

This is done once, when a plan comes on a board as its draft, so that everybody who looks at the board afterwards reads
a few kilobytes instead of the whole plan and scenario.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from optimizer.dispatch_orders import DispatchOrders, dispatch_orders
from optimizer.dispatch_orders.sheet import plan_mark
from optimizer.domain.assessment import ClockState
from optimizer.domain.document import PlanDocument
from optimizer.domain.event_issues import Known, known_of
from optimizer.domain.one_branch import of_branch
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.requirements import branches_in_charge
from optimizer.domain.scenario import Scenario
from optimizer.promise_windows import promises_to_tell
from optimizer.rules.no_show import must_appear_by
from service.boards.records import BoardGuest, BoardTechnician, PlanPart
from service.store import tables


class Cut(NamedTuple):
    """The branch's part of a plan."""

    part: PlanPart
    """What is shown on the board."""
    orders: DispatchOrders
    """The sheets of the branch's technicians on the day, and the branch's picking list."""
    known: Known
    """The names that events may use while it is followed, and whom it sends where, on all its days."""

    def row(self, board_id: str) -> tables.BoardPart:
        """Return it as it is stored."""
        return tables.BoardPart(
            board_id=board_id,
            plan_id=self.part.plan_id,
            body=self.part.model_dump_json(exclude_defaults=True).encode(),
            orders=self.orders.model_dump_json().encode(),
            known=self.known.model_dump_json().encode(),
        )


def cut(
    scenario: Scenario,
    document: PlanDocument,
    *,
    plan_id: str,
    revision: int,
    branch_id: str,
    day: date,
    window_min: int,
) -> Cut:
    """Return the branch's part of a plan.

    Parameters
    ----------
    scenario : the question the plan answers
    document : the plan with its assessment
    plan_id : the plan's id
    revision : the scenario's revision it answers
    branch_id, day : of which board
    window_min : minutes of the window that a customer is told where none was agreed
    """
    staff = [one for one in scenario.technicians if one.branch_id == branch_id]
    ids = frozenset(one.technician_id for one in staff)
    plan = document.plan
    shifts = tuple(one for one in plan.shifts if one.day == day and one.technician_id in ids)
    unserved = _unserved(scenario, document, branch_id)
    shown = {stop.job_id for shift in shifts for stop in shift.stops} | unserved
    today = plan.model_copy(update={"shifts": shifts})
    question, own_plan = of_branch(scenario, plan, branch_id)
    known = known_of(question, own_plan)
    jobs = frozenset(known.jobs)
    part = PlanPart(
        plan_id=plan_id,
        revision=revision,
        plan_mark=plan_mark(document),
        findings=len(document.assessment.findings),
        technicians=tuple(BoardTechnician(technician_id=one.technician_id, name=one.name) for one in staff),
        guests=tuple(
            BoardGuest(technician_id=one.technician_id, branch_id=one.branch_id, jobs=one.lent_for)
            for one in question.technicians
            if one.lent_for is not None
        ),
        jobs=tuple(job for job in scenario.jobs if job.job_id in shown),
        shifts=shifts,
        unserved=tuple(job_id for job_id in plan.unserved if job_id in unserved),
        promises=tuple(promises_to_tell(scenario, today, ids, window_min)),
        clocks=_clocks(document, shifts, unserved),
        desk=tuple(one for one in document.assessment.desk if one.job_id in jobs),
        appear_by={
            key.technician_id: limit
            for key, limit in must_appear_by(scenario).items()
            if key.day == day and key.technician_id in ids
        },
    )
    return Cut(part, _orders(scenario, document, branch_id, ids, day), known)


def _unserved(scenario: Scenario, document: PlanDocument, branch_id: str) -> frozenset[str]:
    """Return the jobs a plan leaves out that the branch is in charge of."""
    left_out = frozenset(document.plan.unserved)
    jobs = [job for job in scenario.jobs if job.job_id in left_out]
    found = branches_in_charge(jobs, scenario)
    return frozenset(job_id for job_id, branch in found.items() if branch.branch_id == branch_id)


def _clocks(
    document: PlanDocument, shifts: Iterable[ShiftPlan], unserved: frozenset[str]
) -> tuple[ClockState, ...]:
    """Return the clocks that run while people are on their way; of a crew's job they are the leader's."""
    led = {stop.job_id for shift in shifts for stop in shift.stops if not stop.seat} | unserved
    return tuple(
        one
        for one in document.assessment.clocks
        if one.event in ("arriving", "finishing") and one.job_id in led
    )


def _orders(
    scenario: Scenario, document: PlanDocument, branch_id: str, ids: frozenset[str], day: date
) -> DispatchOrders:
    # Picking lists need all sheets of the day: people of other branches may load here.
    every = dispatch_orders(scenario, document, days=(day,))
    return DispatchOrders(
        sheets=tuple(one for one in every.sheets if one.technician_id in ids),
        picking_lists=tuple(one for one in every.picking_lists if one.branch_id == branch_id),
    )
