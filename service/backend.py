"""What stands behind the HTTP: the settings, the store, the studio, the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event

from optimizer.settings import Settings
from service.store import Store
from service.studio import Studio


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Backend:
    """Everything a request may use.

    Parameters
    ----------
    settings : what the operator decided
    store : where everything acknowledged is kept
    studio : computes what callers wait for; its processes start with the first question, or with `Studio.open`
    now : the present moment
    closing : set when the service is about to end, so that open streams end too
    """

    settings: Settings
    store: Store
    studio: Studio = field(default_factory=Studio)
    now: Callable[[], datetime] = _now
    closing: Event = field(default_factory=Event)
