"""Which window a customer is told for a visit."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window, zone_named
from optimizer.rules.promise import told_promises

_QUARTER_S: Final = 15 * 60


def promises_to_tell(
    scenario: Scenario, plan: Plan, technicians: frozenset[str], window_min: int
) -> Iterator[Promise]:
    """Yield what the customers of some technicians are to be told of a plan, one promise for each job.

    Of a crew the one who leads counts, of a job over several days the first one. A window that was told before is
    told again if the visit still lies in it; else it is the agreed appointment window, else one around the start. So it
    is for customers who are asked for another time: who is visited in the told window after all need not be told anew.

    Parameters
    ----------
    scenario : the question the plan answers
    plan : the plan
    technicians : whose visits
    window_min : minutes of a window around the start
    """
    jobs = {job.job_id: job for job in scenario.jobs}
    told = told_promises(scenario)
    zone = zone_named(scenario.time_zone)
    for shift in plan.shifts:
        if shift.technician_id not in technicians:
            continue
        for stop in shift.stops:
            if stop.seat or stop.part:
                continue
            before = told.get(stop.job_id)
            kept = before is not None and lies_in(stop.start, before.window)
            yield Promise(
                job_id=stop.job_id,
                technician_id=shift.technician_id,
                start=stop.start,
                window=before.window
                if before is not None and kept
                else _window(jobs[stop.job_id], stop.start.astimezone(zone), window_min),
                told=kept,
                told_at=before.told_at if before is not None and kept else None,
            )


def lies_in(start: datetime, window: Window) -> bool:
    """Tell whether a service starts within a window, both ends included.

    Parameters
    ----------
    start : when service starts
    window : when it may start
    """
    return window.start <= start <= window.end


def _window(job: Job, start: datetime, window_min: int) -> Window:
    agreed = next((one for one in job.windows if lies_in(start, one)), None)
    return agreed or around(start, window_min)


def around(start: datetime, window_min: int) -> Window:
    """Return a window around a planned start: it opens a quarter of its length before it, at a full quarter of an hour.

    Parameters
    ----------
    start : the planned start
    window_min : length of the window in minutes, 30 at least
    """
    opens = start.timestamp() - window_min * 60 / 4
    first = datetime.fromtimestamp(opens // _QUARTER_S * _QUARTER_S, tz=start.tzinfo)
    return Window(start=first, end=first + timedelta(minutes=window_min))
