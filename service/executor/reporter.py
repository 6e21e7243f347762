"""How often the progress of a search is told: enough to watch it, not enough to slow anybody down."""

import time
from collections.abc import Callable
from typing import Final

from optimizer.control import Progress
from service.executor.events import Progressed

USUAL_S: Final = 0.5
"""Seconds between two reports of a search that finds nothing better."""
BETTER_S: Final = 0.2
"""Seconds between two reports of one that does."""


class Reporter:
    """Passes on the progress of a search, at most five times a second.

    Parameters
    ----------
    task_id : the task that searches
    tell : takes the reports
    clock : seconds, never going back
    """

    def __init__(
        self, task_id: str, tell: Callable[[Progressed], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._task_id = task_id
        self._tell = tell
        self._clock = clock
        self._told_s = float("-inf")
        self._told: tuple[int, int] | None = None

    def watch(self, progress: Progress) -> None:
        """Take the progress of the search; a `optimizer.control.Watcher`."""
        best = (progress.weight, progress.cents)
        better = self._told is None or best < self._told
        now_s = self._clock()
        if now_s - self._told_s < (BETTER_S if better else USUAL_S):
            return
        self._told_s, self._told = now_s, best
        self._tell(
            Progressed(
                task_id=self._task_id,
                elapsed_s=progress.elapsed_s,
                iterations=progress.iterations,
                share=progress.share,
                weight=progress.weight,
                cents=progress.cents,
                unserved=progress.unserved,
            )
        )
