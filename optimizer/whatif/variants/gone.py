"""A scenario without some of its people, in which nothing points to them any more."""

from collections.abc import Iterator, Set
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from optimizer.domain.approval import Approval
from optimizer.domain.job import Job
from optimizer.domain.lent import with_those_present
from optimizer.domain.promise import Pin, Promise, counting_promises
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import LONG_DISTANCE, Matrix, Travel
from optimizer.domain.validation import day_spans


def without_people(scenario: Scenario, ids: Set[str]) -> Scenario:
    """Return the question as it is without these people.

    - Standing crews are those of whom two at least are left.
    - Customers know, and have refused, only people who are there.
    - A pin loses the person, and a start in a night in which nobody works any more; one that then says nothing is gone.
    - Where a customer was promised one of them, the promised window stays as the job's appointment, with anybody. A
      promise to be kept internally, or that the customer was asked to move, is gone.
    - What one of them was on the way to, or at work on, waits for somebody else from its beginning.
    - Approved visits of theirs are given back, their whole crew's and the tools for them too.
    - Who installed what leaks now may have left; that stays.
    - Trains and ships that nobody left may take are gone, and so are the places in given matrices.

    Parameters
    ----------
    scenario : a valid scenario
    ids : of its technicians
    """
    lost = {
        job_id for job_id, one in counting_promises(scenario.promises).items() if one.technician_id in ids
    }
    left = with_those_present(
        scenario.model_copy(
            update={
                "technicians": tuple(one for one in scenario.technicians if one.technician_id not in ids),
                "promises": tuple(
                    one
                    for one in scenario.promises
                    if one.job_id not in lost and one.technician_id not in ids
                ),
                "approvals": tuple(_given_back(one, ids) for one in scenario.approvals),
                "jobs": _jobs(scenario, ids, lost),
            }
        )
    )
    return left.model_copy(update={"travel": _travel(scenario, left), "pins": tuple(_pins(left, ids))})


def _pins(left: Scenario, ids: Set[str]) -> Iterator[Pin]:
    spans = day_spans(left, ZoneInfo(left.time_zone))
    for pin in left.pins:
        days = spans.values() if pin.day is None else [spans[pin.day]]
        start = pin.start if pin.start and any(first <= pin.start < last for first, last in days) else None
        person = None if pin.technician_id in ids else pin.technician_id
        mates = {who: place for who, place in pin.mates.items() if who not in ids}
        if person is not None or pin.day is not None or start is not None or mates:
            yield pin.model_copy(update={"technician_id": person, "start": start, "mates": mates})


def _jobs(scenario: Scenario, ids: Set[str], lost: Set[str]) -> tuple[Job, ...]:
    promises = counting_promises(scenario.promises)
    return tuple(
        _freed(_appointed(scenario, job, promises[job.job_id]) if job.job_id in lost else job, ids)
        for job in scenario.jobs
    )


def _appointed(scenario: Scenario, job: Job, promise: Promise) -> Job:
    """Return a job whose promised window is its appointment, if it can still be kept on the planned days."""
    if promise.asked:
        return job.model_copy(update={"windows": ()})
    days = scenario.horizon.dates()
    opens, closes = (
        datetime.combine(day, time(), tzinfo=ZoneInfo(scenario.time_zone))
        for day in (days[0], days[-1] + timedelta(days=1))
    )
    if scenario.now is not None and scenario.now.timestamp() > opens.timestamp():
        opens = scenario.now
    window = promise.window
    to_come = window.end.timestamp() >= opens.timestamp() and window.start.timestamp() < closes.timestamp()
    return job.model_copy(update={"windows": (window,)}) if promise.told and to_come else job


def _freed(job: Job, ids: Set[str]) -> Job:
    if job.under_way is None or ids.isdisjoint(job.under_way.technicians):
        return job
    return job.model_copy(update={"under_way": None})


def _given_back(day: Approval, ids: Set[str]) -> Approval:
    jobs = {visit.job_id for visit in day.visits if visit.technician_id in ids}
    return day.model_copy(
        update={
            "visits": tuple(visit for visit in day.visits if visit.job_id not in jobs),
            "tools": tuple(tool for tool in day.tools if tool.job_id not in jobs),
        }
    )


def _travel(scenario: Scenario, left: Scenario) -> Travel:
    travel = scenario.travel
    update: dict[str, object] = {}
    if travel.lines and not any(LONG_DISTANCE in one.all_means for one in left.technicians):
        update["lines"] = ()
    places = place_book(scenario).keys() - place_book(left).keys() if travel.matrices else set()
    if places:
        update["matrices"] = {means: _narrowed(one, places) for means, one in travel.matrices.items()}
    return travel.model_copy(update=update) if update else travel


def _narrowed(matrix: Matrix, places: Set[str]) -> Matrix:
    """Return a matrix without some places."""
    rows = [row for row, name in enumerate(matrix.places) if name not in places]
    if len(rows) == len(matrix.places):
        return matrix
    return matrix.model_copy(
        update={
            "places": tuple(matrix.places[row] for row in rows),
            "seconds": tuple(tuple(matrix.seconds[a][b] for b in rows) for a in rows),
            "metres": tuple(tuple(matrix.metres[a][b] for b in rows) for a in rows),
        }
    )
