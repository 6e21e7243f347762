"""What each side is to be told after a publication, as data."""

from datetime import date, datetime
from typing import Literal

from optimizer.domain.base import Id, Record
from optimizer.domain.job import Customer
from optimizer.domain.time import Instant, Window

CustomerChange = Literal["visit", "time", "technician", "day", "asked", "nobody"]
"""What a customer is to be told: of a first visit, another time, another technician, another day; that another time is
asked for; that nobody comes."""

TechnicianChange = Literal["added", "taken away", "moved"]
"""What a technician is to be told: a job more, a job less, another time."""


class CustomerMessage(Record):
    """What one customer is to be told."""

    job_id: Id
    """The job."""
    customer: Customer | None
    """Who is to be told; none: the job names nobody, or the caller has not the right `personal`."""
    changes: tuple[CustomerChange, ...]
    """What is different from what the customer knows."""
    technician_id: Id | None
    """Who comes now, of a crew who leads; none: nobody."""
    window: Window | None
    """When somebody comes now; none: not on the board's day."""
    day: date | None
    """On which day somebody comes now; none: on none of the planned ones."""
    was_technician_id: Id | None
    """Who was to come; none: nothing was said."""
    was_window: Window | None
    """When somebody was to come; none: nothing was said."""


class TechnicianMessage(Record):
    """What one technician is to be told of one job of the day."""

    technician_id: Id
    """Who is to be told."""
    job_id: Id
    """The job."""
    change: TechnicianChange
    """What has become of it."""
    start: Instant | None
    """When service starts now; none: the technician does not go there any more."""
    was_start: Instant | None
    """When it was to start; none: the technician was not to go there."""


class PublicationMessages(Record):
    """What each side is to be told after one publication."""

    version: int
    """The board's version by it."""
    plan_id: str
    """The plan that was published."""
    at: datetime
    """When."""
    customers: tuple[CustomerMessage, ...]
    """What customers are to be told, by job."""
    technicians: tuple[TechnicianMessage, ...]
    """What technicians are to be told."""


class MessageList(Record):
    """What each side was to be told on a board, publication by publication, the newest first."""

    publications: tuple[PublicationMessages, ...]
    """The publications."""
