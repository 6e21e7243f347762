"""Jobs that no question has yet: reported since the day was planned, or agreed for a day that is not planned so far."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.desk_hours import desk_due
from optimizer.domain.job import DeskFacts, Job
from optimizer.domain.scenario import Scenario
from optimizer.whatif.simulate.world import World


class Reported(NamedTuple):
    """A job that was reported."""

    job: Job
    at: datetime
    """When the desk wrote the order for it, or heard of it where none is needed."""


class Waiting:
    """Keeps jobs until their day comes."""

    def __init__(self) -> None:
        self._jobs: dict[str, Reported] = {}

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Those that wait."""
        return tuple(one.job for one in self._jobs.values())

    def add(self, some: Iterable[Reported]) -> None:
        """Let jobs wait; one that waits already is replaced."""
        self._jobs |= {one.job.job_id: one for one in some}

    def drop(self, job_id: str) -> None:
        """Forget a job, where it waits."""
        self._jobs.pop(job_id, None)

    def due(self, scenario: Scenario, now: datetime) -> tuple[Reported, ...]:
        """Take out the jobs that can be planned: reported by now, and not agreed for later days alone.

        Parameters
        ----------
        scenario : the question they come into
        now : when it is planned
        """
        last = scenario.horizon.dates()[-1]
        found = []
        for one in tuple(self._jobs.values()):
            windows = tuple(span for span in one.job.windows if span.end.timestamp() > now.timestamp())
            later = bool(windows) and min(span.start for span in windows).date() > last
            if not later and one.at.timestamp() <= now.timestamp():
                found.append(Reported(one.job.model_copy(update={"windows": windows}), one.at))
                self.drop(one.job.job_id)
        return tuple(found)


def again(world: World, scenario: Scenario, job: Job, at: datetime) -> Reported:
    """Return the job of a customer whose fault is still there after the visit.

    Parameters
    ----------
    world : what really happens
    scenario : the question: desk hours
    job : the one that was done
    at : when the customer reports it again
    """
    dispatched = desk_due(scenario, at, world.model.dispatch_min)
    facts = {
        "job_id": f"{job.job_id}-again",
        "intake_at": at,
        "dispatched_at": dispatched,
        "windows": (),
        "after": (),
        "parts": {},
        "on_site_at": None,
        "late_told_at": None,
        "under_way": None,
        "second_visit": "fault_back",
        "desk": DeskFacts(),
    }
    return Reported(job.model_copy(update=facts), dispatched)
