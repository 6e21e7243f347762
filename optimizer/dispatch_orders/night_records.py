"""What a dispatch order says about a night away, as facts."""

from optimizer.domain.base import Count, Id, Record
from optimizer.domain.plan import Night
from optimizer.domain.time import Instant


class NightLine(Record):
    """Where the night after a day is spent, who pays for it, and when the next day begins."""

    job_id: Id | None
    """The job near which it is, or to which it is ridden; none: the ride goes to the end place."""
    night: Night
    """In a hotel, in a branch's own beds, or on board."""
    branch: str
    """The branch whose beds they are: its name, else its id; empty: a hotel, or on board."""
    bed_cents: Count | None
    """Cents for the bed at most; none: the branch's beds, or the policy does not say."""
    board_cents: Count | None
    """Cents for food and small things; none: the policy does not say."""
    starts: Instant | None
    """When the next day begins; none: it is stayed there, without jobs."""
