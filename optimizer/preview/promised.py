"""Which starts of a move were told or agreed with the customer."""

from collections.abc import Iterator
from datetime import datetime

from optimizer.domain.plan_diff import JobChange
from optimizer.domain.preview import PromisedStart
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.rules.promise import told_promises


def promised_starts(scenario: Scenario, jobs: tuple[JobChange, ...]) -> Iterator[PromisedStart]:
    """Yield the starts that move although a time was told or agreed; where both, what was told.

    A promise that the customer is asked to move is named too: until they agree, it is what they know.

    Parameters
    ----------
    scenario : the question, or the part of it that has these jobs
    jobs : what becomes of jobs
    """
    told = told_promises(scenario)
    agreed = {job.job_id: job.windows for job in scenario.jobs}
    for change in jobs:
        old, new = (visits[0].start if visits else None for visits in (change.old, change.new))
        if old == new:
            continue
        promise = told.get(change.job_id)
        windows = agreed[change.job_id] if promise is None else (promise.window,)
        if windows:
            inside = next((one for one in windows if new is not None and _in(one, new)), None)
            yield PromisedStart(
                job_id=change.job_id,
                told=promise is not None,
                window=inside if promise is None else promise.window,
                old=old,
                new=new,
                kept=inside is not None,
            )


def _in(window: Window, at: datetime) -> bool:
    return window.start.timestamp() <= at.timestamp() <= window.end.timestamp()
