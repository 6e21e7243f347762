"""Random days in their middle: planned, then followed as planned up to some moment."""

from datetime import datetime, time
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.control import Iterations
from optimizer.domain.branch import Branch
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_scenario
from optimizer.replan import DaySoFar
from optimizer.replan.revision import what_is_left
from tests.property.random_facts import clocked_in_by, known_by


class RunningDay(NamedTuple):
    """A planned day at some moment."""

    before: Scenario
    document: PlanDocument
    """The plan that is followed."""
    now: datetime
    days: dict[ShiftKey, DaySoFar]
    """How far everybody is."""
    rest: Scenario
    """What is left of it."""


def running_day(scenario: Scenario, seed: int) -> RunningDay | None:
    """Return a day in its middle; none where its question is of a later moment.

    Parameters
    ----------
    scenario : any
    seed : any whole number
    """
    rng = Random(f"moment {seed}")
    day = rng.choice(scenario.horizon.dates())
    clock = time(rng.randint(8, 19), rng.randint(0, 59), rng.randint(0, 59))
    now = datetime.combine(day, clock, tzinfo=ZoneInfo(scenario.time_zone))
    if scenario.now is not None and scenario.now > now:
        return None
    scenario = known_by_then(scenario, now)
    document = plan_scenario(scenario, stop=Iterations(60), seed=seed)
    return at_moment(scenario, document, now)


def known_by_then(scenario: Scenario, now: datetime) -> Scenario:
    """Return the question without what is reported only later.

    Parameters
    ----------
    scenario : any
    now : the moment
    """
    promises = tuple(
        one.model_copy(update={"told_at": None}) if one.told_at is not None and one.told_at > now else one
        for one in scenario.promises
    )
    return scenario.model_copy(
        update={
            "technicians": tuple(clocked_in_by(now, one) for one in scenario.technicians),
            "jobs": tuple(_done_by(known_by(now, one), now) for one in scenario.jobs),
            "branches": tuple(_handed_back_by(one, now) for one in scenario.branches),
            "promises": promises,
        }
    )


def _done_by(job: Job, now: datetime) -> Job:
    later = [
        name
        for name in ("answered_at", "contacted_at", "replied_in_writing_at", "confirmed_at")
        if (at := getattr(job.desk, name)) is not None and at > now
    ]
    rework = job.rework
    if rework is not None and rework.noticed_at is not None and rework.noticed_at > now:
        rework = rework.model_copy(update={"noticed_at": None})
    desk = job.desk.model_copy(update=dict.fromkeys(later))
    return job.model_copy(update={"desk": desk, "rework": rework})


def _handed_back_by(branch: Branch, now: datetime) -> Branch:
    bench = tuple(
        one.model_copy(update={"handed_back_at": None})
        if one.handed_back_at is not None and one.handed_back_at > now
        else one
        for one in branch.bench
    )
    return branch.model_copy(update={"bench": bench})


def at_moment(scenario: Scenario, document: PlanDocument, now: datetime) -> RunningDay:
    """Return a planned day as it is then, with nothing reported.

    Parameters
    ----------
    scenario : the question
    document : its plan
    now : the moment
    """
    revision = what_is_left(scenario, document.plan, (), now)
    return RunningDay(scenario, document, now, revision.days, revision.scenario)
