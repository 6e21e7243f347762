"""What the service says of its errors."""

from optimizer.domain.base import Record


class KindOfProblem(Record):
    """One kind of error."""

    type: str
    """Address of its page, as in the field `type` of an error."""
    status: int
    """HTTP status."""
    title: str
    """What happened, in a few words."""
    meaning: str
    """When it is answered."""
    remedy: str
    """What the caller does about it."""


class KindsOfProblems(Record):
    """Every kind of error."""

    problems: tuple[KindOfProblem, ...]
    """The kinds, by status."""
