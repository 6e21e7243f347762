"""Plans the rest of a day again: tells the first proposal at once and better ones as they come."""

import json
import time
from collections.abc import Callable

from optimizer.control import Cancel, EndedBy, Iterations
from optimizer.domain.event import Events
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_text import scenario_json
from optimizer.replan import Replanner, answered, next_revision
from optimizer.travel import Roads
from service.executor.branch_part import branch_part
from service.executor.events import Finished, Found, Proposal, Proposed
from service.executor.last_moment import LastMoment, seconds_left
from service.executor.task import ReplanTask


def replanned(
    task: ReplanTask, roads: Callable[[], Roads | None], tell: Callable[[Proposed], None], cancel: Cancel
) -> Finished:
    """Do a re-plan.

    Parameters
    ----------
    task : what to do
    roads : the operator's road data
    tell : is told what was found so far
    cancel : flag that ends the search early and keeps what was found

    Raises
    ------
    InvalidInput
        What has happened or is to be kept does not go with the plan.
    """
    began_s = time.monotonic()
    _, question, plan = branch_part(task.scenario, task.document, task.branch_id, task.told)
    last = LastMoment(seconds_left(task.deadline_s, began_s), len(question.jobs), cancel)
    happened = Events.model_validate_json(task.events).events
    road_data = roads()
    with last.watched():
        revision = next_revision(question, plan, happened, task.at, roads=road_data)
        replanner = Replanner(revision, plan, keep=task.keep, seed=task.seed, roads=road_data, cancel=cancel)
        replanner.repaired()
        tell(Proposed(task.task_id, _found(replanner)))
        for _ in replanner.searched(task.stop):
            tell(Proposed(task.task_id, _found(replanner)))
    ended_by: EndedBy = "iterations" if isinstance(task.stop, Iterations) else "time"
    if cancel.asked and not last.came:
        ended_by = "cancelled"
    return Finished(task.task_id, b"", ended_by, _found(replanner))


def _found(replanner: Replanner) -> Found:
    """Return the short list so far, each with the question it answers."""
    found = replanner.proposals()
    return Found(
        proposals=tuple(
            Proposal(
                name=one.name,
                scenario=scenario_json(answered(found, one)).encode(),
                document=plan_json(one.document).encode(),
                said=json.dumps(one.model_dump(mode="json", exclude={"document"})).encode(),
            )
            for one in found.proposals
        ),
        assumed=found.assumed,
        later=found.later,
    )
