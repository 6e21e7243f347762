"""What the close of a day works out; it is computed in the studio."""

import json
from datetime import date, datetime
from typing import NamedTuple

from pydantic import TypeAdapter

from optimizer.domain.document import PlanDocument
from optimizer.domain.event import Events
from optimizer.domain.one_branch import of_branch
from optimizer.domain.promise import Promise
from optimizer.interchange.scenario_file import parse_scenario, with_preset
from optimizer.interchange.scenario_text import scenario_json
from service.plans.questions import Texts, roads
from service.studio import Shelf


class DayOver(NamedTuple):
    """A day that is to be closed."""

    branch_id: str
    """Whose day."""
    day: date
    """The day."""
    at: datetime
    """The present moment."""
    happened: bytes
    """What has happened, and what customers were told, as JSON."""
    days: int | None
    """Planned days of the next question; none: those left, else one."""
    same_shifts: bool
    """On days not planned so far people work as on the closed day."""


class ClosedTexts(NamedTuple):
    """What comes of a close, as JSON."""

    scenario: bytes
    """The question of the days after it."""
    report: bytes
    """How the day was."""


def close(_shelf: Shelf, texts: Texts, over: DayOver) -> ClosedTexts:
    """Return the question of the days after a day that is over, and its report.

    Parameters
    ----------
    texts : the plan that was followed and its question
    over : the day

    Raises
    ------
    InvalidInput
        Somebody is still at work, or something does not go together; lists all.
    """
    # Imported here: the service's own process does without the search.
    from optimizer.replan import close_day

    document = PlanDocument.model_validate_json(texts.plan)
    scenario = parse_scenario(texts.scenario.decode(), json=True)
    policy = scenario.policy
    scenario = with_preset(scenario, document.plan.preset)
    question, plan = of_branch(scenario, document.plan, over.branch_id)
    happened = json.loads(over.happened)
    jobs = {job.job_id for job in question.jobs}
    promises = TypeAdapter(tuple[Promise, ...]).validate_json(json.dumps(happened["told"]))
    told = tuple(one for one in promises if one.job_id in jobs)
    closed = close_day(
        question.model_copy(update={"promises": (*question.promises, *told)}),
        plan,
        Events.model_validate_json(json.dumps({"events": happened["events"]})).events,
        over.day,
        over.at,
        days=over.days,
        same_shifts=over.same_shifts,
        roads=roads(),
    )
    following = closed.scenario.model_copy(update={"policy": policy})
    return ClosedTexts(scenario_json(following).encode(), closed.report.model_dump_json().encode())
