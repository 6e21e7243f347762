"""What the service says of its own state."""

from typing import Literal

from optimizer.domain.base import Name, Record


class Live(Record):
    """The process answers."""

    status: Literal["live"] = "live"
    """Always `live`."""


class Check(Record):
    """One thing the service needs for its work."""

    name: Name
    """What is looked at: `store`, `tables`, `studio`, `executor`."""
    ok: bool
    """It is as it should be."""
    detail: str
    """How it stands, in a sentence without secrets."""


class Readiness(Record):
    """Whether the service can do its work."""

    ready: bool
    """Everything is as it should be."""
    checks: tuple[Check, ...]
    """What was looked at."""
