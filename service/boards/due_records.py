"""What is due on a running day, as data."""

from typing import Literal

from optimizer.domain.assessment import DeskTask
from optimizer.domain.base import Id, Record
from optimizer.domain.time import Instant


class DueTask(Record):
    """A task of the desk or a technician that is to be done now."""

    task: DeskTask
    """The task, its times moved along with a visit that began earlier or later than planned."""
    overdue: bool
    """It should have been done already."""


class DueClock(Record):
    """A clock or promised window that is about to be missed, or has just been."""

    code: str
    """The clock's rule; `APPOINTMENT`: the end of a promised window."""
    label: str
    """Which of the rule's clocks."""
    job_id: Id
    """The job."""
    due: Instant
    """By when what meets it must have happened."""
    planned: Instant | None
    """When it happens by the plan; none: not at all."""
    technician_id: Id | None
    """Who leads; none: nobody is sent."""


class NotAppeared(Record):
    """A technician of whom nothing was heard although the limit has passed by which one must have appeared."""

    technician_id: Id
    """Who."""
    job_id: Id
    """The first job of the day."""
    start: Instant
    """When it was to begin."""
    limit: Instant
    """By when the technician must have appeared."""


class AwayElsewhere(Record):
    """Somebody of a visit of two branches who has dropped out, as the other branch's board alone knows."""

    technician_id: Id
    """Who."""
    branch_id: Id
    """The branch on whose board it was told."""
    kind: Literal["call_off", "no_show"]
    """What was told."""
    at: Instant
    """When it happened."""
    jobs: tuple[Id, ...]
    """The visits of two branches that it concerns."""


class Due(Record):
    """What is due on a board at a moment."""

    at: Instant
    """The moment."""
    tasks: tuple[DueTask, ...]
    """Desk tasks and progress checks to be done now, the most urgent first."""
    clocks: tuple[DueClock, ...]
    """Clocks and promised windows about to be missed, the most urgent first."""
    not_appeared: tuple[NotAppeared, ...]
    """Who has not appeared: report `no_show`, or what was heard of them."""
    away_elsewhere: tuple[AwayElsewhere, ...] = ()
    """Who has dropped out of a visit of two branches and was reported on the other board: report it here too."""
