"""Deletes what need not be kept any longer, now and then."""

from typing import Final

import structlog

from service.backend import Backend
from service.regularly import Regularly
from service.store.retention import sweep

EVERY_S: Final = 3600.0
"""Pause between two sweeps."""


class Housekeeper(Regularly):
    """Sweeps the store in a thread of its own.

    Parameters
    ----------
    backend : settings, store and clock
    """

    def __init__(self, backend: Backend) -> None:
        super().__init__("housekeeper", lambda: _swept(backend), EVERY_S)


def _swept(backend: Backend) -> None:
    rows = sweep(backend.store, backend.settings, backend.now())
    if rows:
        structlog.get_logger("paigong.housekeeper").info("swept", rows=rows)
