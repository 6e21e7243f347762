"""What the service says of windows that are held."""

from datetime import datetime

from optimizer.domain.base import Id, Record
from optimizer.domain.job import Job
from optimizer.domain.time import Window


class SlotHold(Record):
    """A window that is kept free for a customer who makes up their mind."""

    window: Window
    """The window."""
    technician_id: Id
    """Who would come, as planned; of a crew the one who leads."""
    start: datetime
    """When service would start, as planned."""
    until: datetime
    """Until then nobody else gets what it needs; later it counts no more."""


class HeldSlot(SlotHold):
    """A window that is held on a board, and for what."""

    offers_id: str
    """The offers it is of."""
    job: Job
    """The new job; without the right `personal` without names, telephone numbers, addresses and free text."""
