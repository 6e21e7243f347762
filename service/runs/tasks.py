"""Turns a run into a task for the executor."""

import json
from datetime import datetime
from typing import Final

from optimizer.control import stop_of
from optimizer.settings import Settings
from service.executor.task import PlanTask, Task
from service.proposals.task import replan_task
from service.runs.records import RunRequest
from service.store import Transaction, tables
from service.store.proposals import proposals_of_run
from service.store.scenarios import revision_row

USUAL_S: Final = 10.0
"""Seconds of search when a run names no limits."""
_AROUND_S: Final = 60.0
"""Seconds for reading, compiling and checking, beside the search."""


def task_name(row: tables.Run) -> str:
    """Return the name of the task that computes a run in its present attempt."""
    return f"{row.run_id}.{row.attempt}"


def task_of(tx: Transaction, row: tables.Run, settings: Settings, now: datetime) -> Task:
    """Return what is to be computed for a run that was just begun.

    Parameters
    ----------
    row : the run
    settings : how long it may take
    now : the present moment
    """
    replan = proposals_of_run(tx, row.run_id)
    if replan is not None:
        return replan_task(tx, replan, row, task_name(row), settings, now)
    revision = revision_row(tx, row.scenario_id, row.revision)
    assert revision is not None  # a revision that a queued run needs is not deleted
    asked = RunRequest.model_validate(row.asked)
    limits = asked.limits
    stop = stop_of(
        limits.seconds,
        limits.iterations,
        limits.no_improvement_s,
        usual_s=min(USUAL_S, settings.run_limit_s),
        jobs=len(json.loads(revision.body).get("jobs", ())),
    )
    deadline_s = settings.run_limit_s + _AROUND_S
    if row.deadline_at is not None:
        deadline_s = min(deadline_s, max(0.0, (row.deadline_at - now).total_seconds()))
    return PlanTask(
        task_id=task_name(row),
        scenario=revision.body,
        stop=stop,
        engine=asked.engine,
        seed=asked.seed,
        threads=asked.threads,
        preset=asked.preset,
        deadline_s=deadline_s,
    )
