"""What the close of a day works out; it is computed in the studio."""

import json
from datetime import date, datetime
from typing import NamedTuple

from optimizer.domain.event import Event, Events
from optimizer.interchange.scenario_text import scenario_json
from service.executor.branch_part import BranchPart, branch_part
from service.plans.questions import Texts, roads
from service.studio import Shelf


class ChapterTexts(NamedTuple):
    """A part of a day in which one plan was followed."""

    texts: Texts
    """The plan and its question."""
    happened: bytes
    """What has happened meanwhile, and what customers were told, as JSON."""
    late: bytes
    """What was reported of it only after it was over, as JSON of `Events`."""
    until: datetime
    """When it was planned again, or the present moment."""


class DayOver(NamedTuple):
    """A day that is to be closed."""

    branch_id: str
    """Whose day."""
    day: date
    """The day."""
    chapters: tuple[ChapterTexts, ...]
    """Its parts in order; the last ends with the close."""
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


def close(_shelf: Shelf, over: DayOver) -> ClosedTexts:
    """Return the question of the days after a day that is over, and its report.

    Parameters
    ----------
    over : the day

    Raises
    ------
    InvalidInput
        Somebody is still at work, or something does not go together; lists all.
    """
    # Imported here: the service's own process does without the search.
    from optimizer.replan.whole_day import Chapter, close_chapters

    parts = [_part(one, over.branch_id) for one in over.chapters]
    closed = close_chapters(
        [
            Chapter(
                part.question, part.plan, _events(one), one.until, Events.model_validate_json(one.late).events
            )
            for part, one in zip(parts, over.chapters, strict=True)
        ],
        over.day,
        days=over.days,
        same_shifts=over.same_shifts,
        roads=roads(),
    )
    following = closed.scenario.model_copy(update={"policy": parts[-1].whole.policy})
    return ClosedTexts(scenario_json(following).encode(), closed.report.model_dump_json().encode())


def _part(chapter: ChapterTexts, branch_id: str) -> BranchPart:
    told = json.dumps(json.loads(chapter.happened)["told"]).encode()
    return branch_part(chapter.texts.scenario, chapter.texts.plan, branch_id, told)


def _events(chapter: ChapterTexts) -> tuple[Event, ...]:
    said = json.dumps({"events": json.loads(chapter.happened)["events"]})
    return Events.model_validate_json(said).events
