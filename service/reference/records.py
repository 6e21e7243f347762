"""What the service says of itself beside what `optimizer.cli.documents` says already."""

from optimizer.domain.base import Name, Record


class EngineEntry(Record):
    """One engine."""

    name: Name
    """What a run calls it."""
    meaning: str
    """How it searches, in a sentence."""
    handles: tuple[str, ...]
    """What a question may use beyond jobs, shifts and travel; something else is refused."""


class EngineList(Record):
    """Every engine."""

    engines: tuple[EngineEntry, ...]
    """The engines, the usual one first."""


class FormatList(Record):
    """Every document whose format is published."""

    formats: tuple[Name, ...]
    """Names for `GET /schemas/{name}`; `scenario` first."""
