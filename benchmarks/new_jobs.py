"""Generated days whose customers have been told their windows, and new jobs that come on top."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from optimizer.assess import assess
from optimizer.control import Stop
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.job import Job
from optimizer.domain.plan import Stop as Visit
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.engines.lns import warm_up
from optimizer.generate import generate_scenario
from optimizer.planning import plan_scenario

TOLD_FOR: Final = timedelta(hours=2)
"""How long a window is told to customers without an agreed one."""


def told_days(
    *, technicians: int, jobs: int, days: int, load: float, seed: int, stop: Stop
) -> tuple[Scenario, PlanDocument]:
    """Return planned days of which every customer in the plan was told a window.

    Parameters
    ----------
    technicians, jobs, days, load, seed : see `optimizer.generate.generate_scenario`
    stop : when the search for the plan ends
    """
    warm_up()
    scenario = generate_scenario(technicians=technicians, jobs=jobs, days=days, load=load, seed=seed)
    document = plan_scenario(scenario, stop=stop, seed=seed)
    told = scenario.model_copy(update={"promises": tuple(_promises(scenario, document))})
    plan = document.plan.model_copy(update={"scenario_sha256": scenario_sha256(told)})
    assessment = assess(told, plan).model_copy(update={"unserved": document.assessment.unserved})
    assert not assessment.findings
    return told, PlanDocument(plan=plan, assessment=assessment)


def new_jobs(scenario: Scenario, *, load: float, seed: int, number: int) -> list[Job]:
    """Return jobs that the same staff could be asked for as well, at any time.

    Parameters
    ----------
    scenario : the days
    load, seed : those of the days
    number : how many jobs
    """
    days, before = scenario.horizon.days, len(scenario.jobs)
    more = generate_scenario(
        technicians=len(scenario.technicians), jobs=before + number, days=days, load=load, seed=seed
    )
    rng = Random(f"new jobs {seed}")
    return [
        job.model_copy(
            update={
                "job_id": f"N{row:03}",
                "windows": (),
                "customer": job.customer and job.customer.model_copy(update={"customer_id": f"N{row:03}"}),
            }
        )
        for row, job in enumerate(rng.sample(more.jobs[before:], number))
    ]


def _promises(scenario: Scenario, document: PlanDocument) -> Iterator[Promise]:
    jobs = {job.job_id: job for job in scenario.jobs}
    for day in document.plan.shifts:
        for visit in day.stops:
            if not visit.seat and not visit.part:
                yield Promise(
                    job_id=visit.job_id,
                    technician_id=day.technician_id,
                    window=_window(jobs[visit.job_id], visit),
                    start=visit.start,
                )


def _window(job: Job, visit: Visit) -> Window:
    agreed = (one for one in job.windows if one.start <= visit.start <= one.end)
    return next(agreed, Window(start=visit.start, end=visit.start + TOLD_FOR))
