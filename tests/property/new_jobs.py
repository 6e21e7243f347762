"""Plans of random scenarios from which one job was taken out, to be asked for again as a new one."""

from datetime import timedelta
from random import Random
from typing import NamedTuple

from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.domain.validation import validate_scenario
from optimizer.planning import plan_scenario
from tests.property.preview_moves import FAMILIES
from tests.property.running_days import running_day


def _running(seed: int) -> Scenario:
    """Return what is left of a day in its middle."""
    whole = FAMILIES["tied" if seed % 2 else "plain"](seed)
    day = running_day(whole, seed)
    return whole if day is None else day.rest


PLANS = {**FAMILIES, "running": _running}
"""Whose scenarios they are, by name."""


class NewJob(NamedTuple):
    """A plan, and a job that it does not know."""

    scenario: Scenario
    document: PlanDocument
    job: Job


def new_job(family: str, seed: int, *, told: bool = True) -> NewJob | None:
    """Return a plan in which some customers were told a time, and a job that comes on top; none: no job can be missed.

    Parameters
    ----------
    family : whose scenarios
    seed : any whole number
    told : whether customers were told anything
    """
    whole = PLANS[family](seed)
    rng = Random(f"new job {family} {seed}")
    for job in rng.sample(whole.jobs, len(whole.jobs)):
        scenario = without_job(whole, job.job_id)
        if job.under_way is None and scenario is not None:
            document = plan_scenario(scenario, stop=Iterations(40), seed=seed)
            if told and chosen(rng):
                scenario = _told(rng, scenario, document)
                document = plan_scenario(scenario, stop=Iterations(40), seed=seed)
            suits = job.windows if family != "running" and rng.random() < 0.5 else ()
            return NewJob(scenario, document, job.model_copy(update={"windows": suits}))
    return None


def chosen(rng: Random) -> bool:
    """Return whether customers are told anything, in two cases of three."""
    return rng.random() < 0.67


def without_job(whole: Scenario, job_id: str) -> Scenario | None:
    """Return the scenario without a job and what is said of it; none: others need it."""
    scenario = whole.model_copy(
        update={
            "jobs": tuple(one for one in whole.jobs if one.job_id != job_id),
            "promises": tuple(one for one in whole.promises if one.job_id != job_id),
            "pins": tuple(one for one in whole.pins if one.job_id != job_id),
            "groups": tuple(one for one in whole.groups if job_id not in one.jobs),
        }
    )
    return None if validate_scenario(scenario) else scenario


def _told(rng: Random, scenario: Scenario, document: PlanDocument) -> Scenario:
    """Return the scenario in which every second customer was told the planned time, within an hour or two."""
    promised = {one.job_id for one in scenario.promises}
    told = []
    for day in document.plan.shifts:
        for stop in day.stops:
            if stop.job_id in promised or stop.seat or stop.part or rng.random() < 0.5:
                continue
            job = next(one for one in scenario.jobs if one.job_id == stop.job_id)
            inside = [one for one in job.windows if one.start <= stop.start <= one.end]
            until = stop.start + timedelta(minutes=rng.choice((30, 90, 180)))
            window = inside[0] if inside else Window(start=stop.start, end=until)
            told.append(
                Promise(job_id=stop.job_id, technician_id=day.technician_id, window=window, start=stop.start)
            )
    return scenario.model_copy(update={"promises": (*scenario.promises, *told)})
