"""Many days in a row: planned, run with random events, closed, and the next one planned from what is left."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.control import Iterations
from optimizer.domain.event import CallOff, Event, Finished, NewJob, PartArrived, SiteReady, ToolReplaced
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Horizon, Window
from optimizer.errors import InvalidInput
from optimizer.generate import Ties, generate_scenario
from optimizer.planning import plan_scenario
from optimizer.replan import Closed, close_day
from tests.property.random_events import random_events

MOST_TRIES = 5
"""So often what stands against the close of a day is reported."""

PARTS = ("fan motor", "belt")


class ClosedDay(NamedTuple):
    """One day of a chain."""

    before: Scenario
    plan: Plan
    events: tuple[Event, ...]
    closed: Closed


def chain(seed: int, length: int) -> Iterator[ClosedDay]:
    """Yield days in a row; every few chains have three planned days at a time, and jobs tied to each other.

    Parameters
    ----------
    seed : any whole number
    length : how many days
    """
    rng = Random(f"chain {seed}")
    days = (1, 3, 1, 2)[seed % 4]
    scenario, demand = _first(rng, seed, days), list(_demand(seed, rng))
    waiting: tuple[Job, ...] = ()
    for number in range(length):
        document = plan_scenario(scenario, stop=Iterations(60), seed=seed)
        scenario = _told(scenario, document.plan, rng)
        today = scenario.horizon.first_day
        new = [*waiting, *(demand.pop() for _ in range(min(len(demand), rng.randint(1, 5))))]
        events = _events(scenario, document.plan, today, new, rng, number)
        closed, told = _closed(scenario, document.plan, events, today, days)
        yield ClosedDay(scenario, document.plan, told, closed)
        scenario, waiting = closed.scenario, closed.report.waiting


def _first(rng: Random, seed: int, days: int) -> Scenario:
    ties = Ties(crew_percent=15, hoists=1, chain_percent=15) if seed % 2 else Ties()
    made = generate_scenario(
        technicians=4, jobs=10 * days, seed=seed, days=days, first_day=date(2026, 7, 24), ties=ties
    )
    stocked = (one.model_copy(update={"stock": dict.fromkeys(PARTS, 4)}) for one in made.branches)
    # half of them have the usual shift every working day, the others shifts written for a month
    skills = {skill: level for one in made.technicians for skill, level in one.skills.items()}
    people = (
        one.model_copy(
            update={
                "shifts": None if row % 2 else _month(one.shifts or (), made.horizon),
                "skills": skills,
                "kits": ("installer", "repairer"),
            }
        )
        for row, one in enumerate(made.technicians)
    )
    return made.model_copy(
        update={
            "branches": tuple(stocked),
            "technicians": tuple(people),
            "jobs": tuple(_with_parts(one, rng) for one in made.jobs),
        }
    )


def _month(shifts: Any, horizon: Horizon) -> Any:
    if not shifts:
        return ()
    like = shifts[0].model_copy(update={"absences": (), "start_at": None, "end_at": None})
    ahead = (horizon.first_day + timedelta(days=number) for number in range(31))
    return tuple(like.model_copy(update={"day": day}) for day in ahead if day.isoweekday() != 7)


def _with_parts(job: Job, rng: Random) -> Job:
    return (
        job.model_copy(update={"parts": {rng.choice(PARTS): rng.randint(1, 2)}})
        if rng.random() < 0.4
        else job
    )


def _demand(seed: int, rng: Random) -> Iterator[Job]:
    more = generate_scenario(technicians=4, jobs=100, seed=seed + 1000, first_day=date(2026, 7, 24))
    for row, job in enumerate(more.jobs):
        new: dict[str, Any] = {
            "job_id": f"later {row}",
            "windows": (),
            "intake_at": None,
            "dispatched_at": None,
        }
        new |= {"branch_id": None, "desk": type(job.desk)(), "rework": None, "customer": None}
        yield _with_parts(job.model_copy(update=new), rng)


def _told(scenario: Scenario, plan: Plan, rng: Random) -> Scenario:
    """Tell half of the customers when somebody comes."""
    known = {one.job_id for one in scenario.promises}
    promises = [
        Promise(
            job_id=stop.job_id,
            technician_id=shift.technician_id,
            window=Window(start=stop.start, end=stop.start + timedelta(hours=1)),
            start=stop.start,
        )
        for shift in plan.shifts
        for stop in shift.stops
        if not (stop.seat or stop.part) and stop.job_id not in known and rng.random() < 0.5
    ]
    return scenario.model_copy(update={"promises": (*scenario.promises, *promises)})


def _events(
    scenario: Scenario, plan: Plan, today: date, new: list[Job], rng: Random, number: int
) -> tuple[Event, ...]:
    zone = ZoneInfo(scenario.time_zone)
    noon = datetime.combine(today, time(rng.randint(9, 18), 30), tzinfo=zone)
    found: list[Event] = [
        event for event in random_events(scenario, plan, noon, rng) if not isinstance(event, NewJob)
    ]
    found.extend(NewJob(kind="new_job", at=noon, job=job) for job in new)
    found.extend(
        SiteReady(kind="site_ready", at=noon, job_id=job.job_id)
        for job in scenario.jobs
        if not (job.site.power_supply_fit and job.site.property_consent)
    )
    found.extend(
        ToolReplaced(kind="tool_replaced", at=noon, technician_id=one.technician_id)
        for one in scenario.technicians
        if one.missing_tools
    )
    if number % 2 == 0:
        branch = rng.choice(scenario.branches).branch_id
        found.append(
            PartArrived(kind="part_arrived", at=noon, branch_id=branch, parts=dict.fromkeys(PARTS, 5))
        )
    return tuple(found)


def _closed(
    scenario: Scenario, plan: Plan, events: tuple[Event, ...], today: date, days: int
) -> tuple[Closed, tuple[Event, ...]]:
    """Close a day as a dispatcher does: what stands against it is reported first, as the messages say."""
    now = datetime.combine(today, time(23, 30), tzinfo=ZoneInfo(scenario.time_zone))
    crews, told = crews_of(plan), events
    for _ in range(MOST_TRIES):
        try:
            return close_day(scenario, plan, told, today, now, days=days), told
        except InvalidInput as error:
            for issue in error.issues:
                job_id = issue.path.removeprefix("jobs.")
                if issue.code == "no-end-reported":
                    told += (Finished(kind="finished", at=now, job_id=job_id),)
                else:
                    assert issue.code == "still-at-work"
                    told += (CallOff(kind="call_off", at=now, technician_id=crews[job_id][0]),)
    raise AssertionError("the day cannot be closed")
