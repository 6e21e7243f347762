"""What an event changes in the job that it is about."""

from collections import Counter

from optimizer.domain.event import (
    Contacted,
    Event,
    NoAccess,
    PartMissing,
    Postponed,
    SiteNotReady,
    SiteReady,
    ToolMissing,
)
from optimizer.domain.job import Job


def job_after(job: Job, event: Event) -> Job:
    """Return a job as it is after an event that is about it; what was promised is not part of it.

    Parameters
    ----------
    job : the job
    event : what happened to it
    """
    match event:
        case Contacted():
            done = {"contacted_at": event.at} if event.reached else {"unreachable": True}
            return job.model_copy(update={"desk": job.desk.model_copy(update=done)})
        case Postponed():
            return job.model_copy(update={"windows": event.windows, "delay_agreed": True})
        case NoAccess():
            return job.model_copy(update={"windows": event.windows})
        case PartMissing():
            needed = dict(Counter(job.parts) + Counter(event.parts))
            return job.model_copy(update={"windows": event.windows, "parts": needed, "second_visit": "parts"})
        case ToolMissing():
            return job.model_copy(update={"windows": event.windows, "second_visit": "tools"})
        case SiteNotReady():
            return _site(job, dict.fromkeys(event.lacks, False))
        case SiteReady():
            ready = ("power_supply_fit", "property_consent", "confirmations_signed")
            return _site(job, dict.fromkeys(ready, True))
        case _:
            return job


def _site(job: Job, facts: dict[str, bool]) -> Job:
    return job.model_copy(update={"site": job.site.model_copy(update=facts)})
