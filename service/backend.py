"""What stands behind the HTTP: the settings, the store, who computes, the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Protocol

from optimizer.settings import Settings
from service.store import Store
from service.studio import Studio


def _now() -> datetime:
    return datetime.now(UTC)


class Computing(Protocol):
    """How an executor of runs stands, for those who watch it; requests submit nothing to it."""

    @property
    def slots(self) -> int:
        """How many runs it has room for side by side at present; 0: nobody is there to compute them."""
        ...

    def alive(self) -> frozenset[str]:
        """Return what is under way."""
        ...


@dataclass(frozen=True)
class Backend:
    """Everything a request may use.

    Parameters
    ----------
    settings : what the operator decided
    store : where everything acknowledged is kept
    studio : computes what callers wait for; its processes start with the first question, or with `Studio.open`
    computing : how the executor of the runs that this process keeps going stands; none: it keeps none
    now : the present moment
    closing : set when the service is about to end, so that open streams end too
    """

    settings: Settings
    store: Store
    studio: Studio = field(default_factory=Studio)
    computing: Computing | None = None
    now: Callable[[], datetime] = _now
    closing: Event = field(default_factory=Event)
