"""Reports that come after the day was planned again, of jobs that were taken to be done then and left the question."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from optimizer.domain.event import (
    Event,
    NewJob,
    NoAccess,
    OrderRefused,
    PartMissing,
    Postponed,
    SiteNotReady,
    SiteReady,
    ToolMissing,
)
from optimizer.domain.job import Job
from optimizer.domain.job_after import job_after
from optimizer.errors import Issue

_OF_THE_REST: Final = (OrderRefused, SiteReady, ToolMissing)
"""These change what is still to be planned, which the plan that is followed knows nothing of."""
_NOT_DONE: Final = (NoAccess, PartMissing, Postponed, SiteNotReady)
"""After these somebody has to come again."""


def plan_of_late(plans: Sequence[Collection[str]], new: Iterable[Event], event: Event) -> int | None:
    """Return which plan of a day knew the job of a late report last; none: the report is about the present.

    Parameters
    ----------
    plans : the jobs of each plan's question, in the order in which they were followed; the last one still is
    new : what happened since the last question was put
    event : a report
    """
    job_id = getattr(event, "job_id", None)
    here = {one.job.job_id for one in new if isinstance(one, NewJob)}.union(plans[-1])
    if job_id is None or job_id in here:
        return None
    return next((row for row in reversed(range(len(plans) - 1)) if job_id in plans[row]), None)


def too_late(event: Event, row: int) -> Issue | None:
    """Return why an event cannot be reported any more of a job that has left the question; none: it can.

    Parameters
    ----------
    event : a late report
    row : its place among those that are reported
    """
    if not isinstance(event, _OF_THE_REST):
        return None
    cause = (
        f"{event.job_id} was taken to be done when the day was planned again, and left the plan with that."
    )
    action = "Report it no_access, if somebody has to come again, or leave the event out."
    return Issue("planned-since", f"events[{row}].kind", cause, action)


def comes_back(job: Job, event: Event, before: Iterable[Event]) -> NewJob | None:
    """Return the job that a late report makes work again, as it was not done after all; none: it was, or is given up.

    It is as what was reported has made it; what it waited for is forgotten.

    Parameters
    ----------
    job : as the last question had it that knew it
    event : the late report
    before : what else was reported while that question's plan was followed, of any job
    """
    if not isinstance(event, _NOT_DONE):
        return None
    about = [one for one in (*before, event) if getattr(one, "job_id", None) == job.job_id]
    for one in about:
        job = job_after(job, one)
    # where nobody has said when it came in, it was there when something was reported of it
    intake_at = job.intake_at or min((one.at for one in about), key=datetime.timestamp)
    again = job.model_copy(update={"after": (), "under_way": None, "intake_at": intake_at})
    return NewJob(kind="new_job", at=event.at, job=again)
