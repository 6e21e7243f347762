"""Stores what comes of a run: its progress, its plan, or why there is none."""

from datetime import datetime
from typing import Final

from service.door.problem import issue_of
from service.executor.base import DEADLINE
from service.executor.events import Failed, Finished, Lost, Progressed
from service.plans.keep import Packed, keep_plan
from service.proposals.keep import Ready, keep
from service.runs.records import RunProgress
from service.runs.states import Ended, end, put_back
from service.store import Transaction, tables
from service.store.proposals import proposals_of_run
from service.store.runs import tell

OVERDUE: Final = {
    "title": "The deadline has passed",
    "detail": "There was no plan yet when the deadline came.",
}
"""Why a run failed that was not done in time."""


def progressed(tx: Transaction, row: tables.Run, event: Progressed, now: datetime) -> None:
    """Store how far a search is; a better plan is told as `improved`."""
    seen = RunProgress(
        elapsed_s=round(event.elapsed_s, 2),
        iterations=event.iterations,
        share=round(event.share, 4),
        unserved_weight=event.weight,
        cents=event.cents,
        unserved=event.unserved,
    )
    before = None if row.progress is None else RunProgress.model_validate(row.progress)
    better = before is None or (seen.unserved_weight, seen.cents) < (before.unserved_weight, before.cents)
    row.progress = seen.model_dump(mode="json")
    tell(tx, row.run_id, "improved" if better else "progress", row.progress, now)


def finished(tx: Transaction, row: tables.Run, event: Finished, plan: Packed, now: datetime) -> None:
    """Store the plan of a run; one that was cancelled keeps the best it had."""
    stored = keep_plan(
        tx,
        plan,
        scenario_id=row.scenario_id,
        revision=row.revision,
        run_id=row.run_id,
        made_by=row.made_by,
        now=now,
    )
    state: Ended = "cancelled" if event.ended_by == "cancelled" else "finished"
    end(tx, row, state, now, plan_id=stored.plan_id, ended_by=event.ended_by)


def proposed(tx: Transaction, row: tables.Run, new: Ready, now: datetime) -> None:
    """Store what a re-plan has found so far; what is new is told as `proposed`."""
    replan = proposals_of_run(tx, row.run_id)
    assert replan is not None  # a run goes with the proposals it computes
    if names := keep(tx, replan, new, row.scenario_id, now):
        tell(tx, row.run_id, "proposed", {"names": names, "proposals_id": replan.proposals_id}, now)


def replanned(tx: Transaction, row: tables.Run, event: Finished, new: Ready, now: datetime) -> None:
    """Store what a re-plan has found at last."""
    proposed(tx, row, new, now)
    state: Ended = "cancelled" if event.ended_by == "cancelled" else "finished"
    end(tx, row, state, now, ended_by=event.ended_by)


def failed(tx: Transaction, row: tables.Run, event: Failed, now: datetime) -> None:
    """Store why a run failed."""
    problem = event.problem
    said = {
        "title": "The scenario cannot be planned" if problem.issues else "The run failed",
        "detail": problem.sentence,
        "kind": problem.kind,
        "issues": [issue_of(one).model_dump(mode="json") for one in problem.issues],
    }
    end(tx, row, "failed", now, problem=said)


def lost(tx: Transaction, row: tables.Run, event: Lost, tries: int, now: datetime) -> None:
    """Queue a run again whose worker was lost; one that was not done in time has failed."""
    if event.why == DEADLINE:
        end(tx, row, "failed", now, problem=OVERDUE)
    else:
        put_back(tx, row, event.why, tries, now)
