"""What the close of a day works out; it is computed in the studio."""

import json
from datetime import date, datetime
from typing import NamedTuple

from optimizer.domain.event import Events
from optimizer.interchange.scenario_text import scenario_json
from service.executor.branch_part import branch_part
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

    happened = json.loads(over.happened)
    told = json.dumps(happened["told"]).encode()
    whole, question, plan = branch_part(texts.scenario, texts.plan, over.branch_id, told)
    closed = close_day(
        question,
        plan,
        Events.model_validate_json(json.dumps({"events": happened["events"]})).events,
        over.day,
        over.at,
        days=over.days,
        same_shifts=over.same_shifts,
        roads=roads(),
    )
    following = closed.scenario.model_copy(update={"policy": whole.policy})
    return ClosedTexts(scenario_json(following).encode(), closed.report.model_dump_json().encode())
