"""What everybody has really done on days that are over, as it is counted by week and month."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final

from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.requirements import kind
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, WorkKind
from optimizer.domain.time import seconds_between
from optimizer.replan.rest_of_day import Days

REPAIR: Final[WorkKind] = "repair"
"""The kind of work that is counted apart."""

Period = Callable[[date], tuple[int, int]]
"""Which week or month a day lies in: the year, and its number in the year."""


def work_done(
    scenario: Scenario, real: Plan, days: Days, done: Collection[str], until: date
) -> dict[ShiftKey, Ledger]:
    """Return what was done on each day that is over.

    Jobs are counted for everybody of a crew, of a job over several days on each of them; repairs once they are done.
    The time of visits in vain counts as worked. What stands in `Shift.so_far` was done before the plan was made.

    Parameters
    ----------
    scenario : the question that was planned
    real : its plan as it was
    days : how each day went
    done : jobs that are done
    until : the last day that is over
    """
    repairs = {
        job.job_id for job in scenario.jobs if job.job_id in done and kind(job, scenario.policy) == REPAIR
    }
    last = {stop.job_id: 0 for shift in real.shifts for stop in shift.stops}
    for shift in real.shifts:
        for stop in shift.stops:
            last[stop.job_id] = max(last[stop.job_id], stop.part)
    found: dict[ShiftKey, Ledger] = {}
    for one in roster(scenario):
        so_far = one.shift.so_far
        if so_far is not None and one.key.day <= until:
            orders = so_far.orders
            found[one.key] = Ledger(
                jobs=sum(orders.values()), repairs=orders.get(REPAIR, 0), hours=so_far.hours
            )
    for shift in real.shifts:
        if shift.day <= until:
            made = Ledger(
                jobs=len(shift.stops),
                repairs=sum(
                    stop.job_id in repairs and stop.part == last[stop.job_id] for stop in shift.stops
                ),
                hours=(work_s(shift) + in_vain_s(shift.key, days)) / 3600,
            )
            found[shift.key] = advanced(found.get(shift.key, Ledger()), made)
    return found


def in_period(
    before: Ledger, work: Mapping[ShiftKey, Ledger], technician_id: str, first: date, period: Period
) -> Ledger:
    """Return somebody's ledger of the week or month of a day, with the days in it that are over.

    Parameters
    ----------
    before : what it held before them
    work : what was done on each day
    technician_id : whose
    first : the day
    period : which week or month a day lies in
    """
    for key, done in work.items():
        if key.technician_id == technician_id and period(key.day) == period(first):
            before = advanced(before, done)
    return before


def advanced(before: Ledger, done: Ledger) -> Ledger:
    """Return a ledger with more work in it.

    Parameters
    ----------
    before : what it holds
    done : what comes to it
    """
    return Ledger(
        jobs=before.jobs + done.jobs,
        repairs=before.repairs + done.repairs,
        hours=before.hours + done.hours,
    )


def work_s(shift: ShiftPlan) -> int:
    """Return the seconds of work of a day: service, set-up, loading on the way and driving.

    Parameters
    ----------
    shift : the day, as planned or as it was
    """
    on_site_s = sum(stop.setup_s + stop.service_s for stop in shift.stops)
    loading_s = sum(seconds_between(halt.start, halt.end) for halt in shift.restocks)
    return on_site_s + loading_s + sum(leg.travel_s for leg in shift.work_legs)


def in_vain_s(key: ShiftKey, days: Days) -> int:
    """Return the seconds of a day that were spent on visits in vain.

    Parameters
    ----------
    key : which day
    days : how each day went
    """
    visits = days[key].visits if key in days else ()
    return sum(round(one.ended_s) - round(one.started_s) for one in visits if one.state == "failed")
