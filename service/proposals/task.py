"""Turns a re-plan into a task for the executor."""

import json
from datetime import datetime
from typing import Final

from optimizer.control import USUAL_REPLAN_S, Iterations, Seconds
from optimizer.settings import Settings
from service.executor.task import ReplanTask
from service.plans.find import find_question
from service.proposals.records import ReplanRequest
from service.store import Transaction, tables

_AROUND_S: Final = 60.0
"""Seconds for reading, timing and checking, beside the search."""


def replan_task(
    tx: Transaction, row: tables.Proposals, run: tables.Run, task_id: str, settings: Settings, now: datetime
) -> ReplanTask:
    """Return what is to be computed for a re-plan that was just begun.

    Parameters
    ----------
    row : the re-plan
    run : its run
    task_id : name of the attempt
    settings : how long it may take
    now : the present moment
    """
    plan = tx.get_one(tables.Plan, row.plan_id)
    board = tx.get_one(tables.Board, row.board_id)
    asked, happened = ReplanRequest.model_validate(row.asked), json.loads(row.happened)
    seconds = min(asked.seconds or USUAL_REPLAN_S, settings.run_limit_s)
    deadline_s = settings.run_limit_s + _AROUND_S
    if run.deadline_at is not None:
        deadline_s = min(deadline_s, max(0.0, (run.deadline_at - now).total_seconds()))
    return ReplanTask(
        task_id=task_id,
        scenario=find_question(tx, plan),
        document=plan.body,
        branch_id=board.branch_id,
        events=json.dumps({"events": happened["events"]}).encode(),
        told=json.dumps(happened["told"]).encode(),
        at=row.at,
        stop=Seconds(seconds) if asked.iterations is None else Iterations(asked.iterations),
        keep=asked.keep,
        seed=asked.seed,
        deadline_s=deadline_s,
    )
